import { RecipientRefused } from "@tradepost/mail/mail-provider";

/**
 * Marks a provider's failure as `unavailable` unless it is a refusal (`status` in the 4xx range, 429 aside): all others
 * pass by themselves, so the event waits for as long as it takes.
 */
export function waitable(error: unknown, status: number): unknown {
  const isRefusal = status >= 400 && status < 500 && status !== 429;
  return isRefusal || error instanceof RecipientRefused ? error : Object.assign(error as Error, { unavailable: true });
}
