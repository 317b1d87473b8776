import type { Locale } from "@tradepost/contracts/market";
import type { AccountLetter } from "./account-letter.ts";

interface LetterText {
  subject: string;
  paragraphs: readonly string[];
  /** The button. */
  action: string;
}

/** The words of the letters about accounts. */
export type LetterTexts = Record<AccountLetter["kind"], LetterText> & {
  hello: string;
  helloUnknown: string;
  facts: { device: string; network: string; time: string };
  signature: string;
};

const en: LetterTexts = {
  verify: {
    subject: "Confirm your e-mail address",
    paragraphs: [
      "Somebody, we hope you, has opened a Tradepost account with this address. Confirm it to make the account yours. The link works for 24 hours.",
      "If it was not you, do nothing: without your confirmation the account has no claim to your address.",
    ],
    action: "Confirm address",
  },
  "account-exists": {
    subject: "You already have an account",
    paragraphs: [
      "Somebody has just tried to use this address for another Tradepost account. You have one already, and nothing about it has changed.",
      "If it was you, sign in as before. If you do not know the password any more, you can set a new one.",
    ],
    action: "Sign in",
  },
  reset: {
    subject: "Set a new password",
    paragraphs: [
      "Somebody, we hope you, has asked for a new password for the account with this address. The link works once, for an hour. It ends all sessions of the account.",
      "If it was not you, do nothing: your password stays as it is.",
    ],
    action: "Set a new password",
  },
  "change-email": {
    subject: "Confirm your new e-mail address",
    paragraphs: [
      "A Tradepost account is to use this address from now on. Confirm it to make the change. The link works for 24 hours.",
      "If you did not ask for this, do nothing.",
    ],
    action: "Confirm new address",
  },
  "email-changed": {
    subject: "Your e-mail address was changed",
    paragraphs: [
      "Your Tradepost account has another e-mail address now, and nothing will be sent to this one any more.",
      "If it was not you, somebody else may be using your account: please write to us at once.",
    ],
    action: "Open the shop",
  },
  "password-changed": {
    subject: "Your password was changed",
    paragraphs: [
      "The password of your Tradepost account has just been changed, and other devices were signed out.",
      "If it was not you, set a new password at once.",
    ],
    action: "Set a new password",
  },
  "factors-changed": {
    subject: "The ways to sign in were changed",
    paragraphs: [
      "An authenticator app, a passkey, a recovery code list or another provider was just added to your Tradepost account, replaced or removed.",
      "If it was not you, look at the ways to sign in, remove what you do not know, and set a new password.",
    ],
    action: "See the ways to sign in",
  },
  "new-device": {
    subject: "A new device has signed in",
    paragraphs: [
      "Somebody has signed in to your Tradepost account from a device we have not seen before.",
      "If it was you, there is nothing to do. If it was not, sign that device out and change your password.",
    ],
    action: "See where you are signed in",
  },
  "account-deleted": {
    subject: "Your account was deleted",
    paragraphs: [
      "As you asked, we have deleted your Tradepost account and signed out all your devices.",
      "What tax law makes us keep of your orders is kept, and nothing else.",
    ],
    action: "Open the shop",
  },
  hello: "Hello {name},",
  helloUnknown: "Hello,",
  facts: { device: "Device", network: "Network", time: "Time" },
  signature: "Kind regards, your Tradepost team",
};

const de: LetterTexts = {
  verify: {
    subject: "Bestätigen Sie Ihre E-Mail-Adresse",
    paragraphs: [
      "Jemand, hoffentlich Sie, hat mit dieser Adresse ein Konto bei Tradepost eröffnet. Bestätigen Sie sie, damit das Konto Ihres wird. Der Link gilt 24 Stunden.",
      "Waren Sie es nicht, müssen Sie nichts tun: ohne Ihre Bestätigung hat das Konto keinen Anspruch auf Ihre Adresse.",
    ],
    action: "Adresse bestätigen",
  },
  "account-exists": {
    subject: "Sie haben schon ein Konto",
    paragraphs: [
      "Jemand wollte diese Adresse eben für ein weiteres Konto bei Tradepost verwenden. Sie haben schon eines, und daran hat sich nichts geändert.",
      "Waren Sie es, melden Sie sich wie gewohnt an. Wissen Sie das Passwort nicht mehr, können Sie ein neues setzen.",
    ],
    action: "Anmelden",
  },
  reset: {
    subject: "Neues Passwort setzen",
    paragraphs: [
      "Jemand, hoffentlich Sie, hat für das Konto mit dieser Adresse ein neues Passwort angefordert. Der Link gilt einmal und eine Stunde lang. Er meldet alle Geräte des Kontos ab.",
      "Waren Sie es nicht, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.",
    ],
    action: "Neues Passwort setzen",
  },
  "change-email": {
    subject: "Bestätigen Sie Ihre neue E-Mail-Adresse",
    paragraphs: [
      "Ein Konto bei Tradepost soll ab jetzt diese Adresse verwenden. Bestätigen Sie sie, um die Änderung abzuschließen. Der Link gilt 24 Stunden.",
      "Haben Sie das nicht verlangt, müssen Sie nichts tun.",
    ],
    action: "Neue Adresse bestätigen",
  },
  "email-changed": {
    subject: "Ihre E-Mail-Adresse wurde geändert",
    paragraphs: [
      "Ihr Konto bei Tradepost hat jetzt eine andere E-Mail-Adresse; an diese hier wird nichts mehr geschickt.",
      "Waren Sie es nicht, benutzt womöglich jemand anders Ihr Konto: bitte schreiben Sie uns sofort.",
    ],
    action: "Zum Shop",
  },
  "password-changed": {
    subject: "Ihr Passwort wurde geändert",
    paragraphs: [
      "Das Passwort Ihres Kontos bei Tradepost wurde eben geändert; andere Geräte wurden abgemeldet.",
      "Waren Sie es nicht, setzen Sie sofort ein neues Passwort.",
    ],
    action: "Neues Passwort setzen",
  },
  "factors-changed": {
    subject: "Die Wege zur Anmeldung wurden geändert",
    paragraphs: [
      "Bei Ihrem Konto bei Tradepost wurde eben eine Authenticator-App, ein Passkey, die Liste der Ersatzcodes oder ein anderer Anbieter hinzugefügt, ersetzt oder entfernt.",
      "Waren Sie es nicht, prüfen Sie die Wege zur Anmeldung, entfernen Sie, was Sie nicht kennen, und setzen Sie ein neues Passwort.",
    ],
    action: "Wege zur Anmeldung ansehen",
  },
  "new-device": {
    subject: "Ein neues Gerät hat sich angemeldet",
    paragraphs: [
      "Jemand hat sich von einem Gerät, das wir noch nicht kennen, bei Ihrem Konto angemeldet.",
      "Waren Sie es, ist nichts zu tun. Wenn nicht, melden Sie das Gerät ab und ändern Sie Ihr Passwort.",
    ],
    action: "Angemeldete Geräte ansehen",
  },
  "account-deleted": {
    subject: "Ihr Konto wurde gelöscht",
    paragraphs: [
      "Wie gewünscht haben wir Ihr Konto bei Tradepost gelöscht und alle Ihre Geräte abgemeldet.",
      "Was wir von Ihren Bestellungen steuerlich aufbewahren müssen, bleibt aufbewahrt, sonst nichts.",
    ],
    action: "Zum Shop",
  },
  hello: "Guten Tag {name},",
  helloUnknown: "Guten Tag,",
  facts: { device: "Gerät", network: "Netz", time: "Zeit" },
  signature: "Freundliche Grüße, Ihr Tradepost-Team",
};

export const LETTER_TEXTS: Record<Locale, LetterTexts> = { en, de };
