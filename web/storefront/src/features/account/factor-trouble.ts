import { CallFailed } from "@tradepost/api-client/call-error";
import { failureText } from "../../app/failure-notice.tsx";
import type { Messages } from "../../messages/load-messages.ts";
import { PasskeyFailed } from "./passkey-device.ts";

/** What to tell about a factor, passkey or provider that did not work. */
export function factorTrouble(error: unknown, messages: Messages): string {
  const { factors: words } = messages.account;
  if (error instanceof PasskeyFailed) return words.passkeyFailed;
  const code = error instanceof CallFailed ? error.problem.code : "";
  const known: Record<string, string> = {
    "factor.invalid": words.wrong,
    "factor.required": words.secondStepText,
    "factor.expired": words.expired,
    "passkey.refused": words.passkeyFailed,
    "provider.refused": words.providerFailed,
    "provider.unavailable": words.providerFailed,
    "provider.email_unverified": words.providerUnverified,
    "identity.taken": words.providerTaken,
    "identity.last": words.onlyWay,
  };
  return known[code] ?? failureText(error, messages);
}
