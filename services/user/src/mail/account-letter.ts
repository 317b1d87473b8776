import type { Locale } from "@tradepost/contracts/market";
import { letterMail } from "@tradepost/mail/letter";
import type { Mail } from "@tradepost/mail/mail-provider";
import { LETTER_TEXTS } from "./letter-texts.ts";

/** What a letter about an account says. `url` leads to the page where its one thing is done. */
export type AccountLetter =
  | { kind: "verify" | "reset" | "change-email" | "account-exists"; url: string }
  | { kind: "email-changed" | "password-changed" | "factors-changed" | "account-deleted"; url: string }
  | { kind: "new-device"; url: string; device: string; network: string; at: Date };

/**
 * A letter in the recipient's locale. Without a name the greeting has none: a name that anybody could have typed with
 * somebody else's address would be mailed there.
 */
export function accountMail(letter: AccountLetter, { locale, name }: { locale: Locale; name: string | null }): Mail {
  const texts = LETTER_TEXTS[locale];
  const { subject, paragraphs, action } = texts[letter.kind];
  return letterMail({
    locale,
    subject,
    greeting: name === null ? texts.helloUnknown : texts.hello.replace("{name}", () => name),
    paragraphs,
    action: { label: action, url: letter.url },
    facts: letter.kind === "new-device" ? deviceFacts(letter, locale) : undefined,
    signature: texts.signature,
  });
}

function deviceFacts({ device, network, at }: Extract<AccountLetter, { kind: "new-device" }>, locale: Locale) {
  const { facts } = LETTER_TEXTS[locale];
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(at);
  return [
    { label: facts.device, value: device },
    { label: facts.network, value: network },
    { label: facts.time, value: `${time} UTC` },
  ].filter(({ value }) => value !== "");
}
