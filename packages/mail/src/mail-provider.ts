export interface Mail {
  subject: string;
  text: string;
  html: string;
}

/** Sends mail. `reference` is the sender's own, kept with the message so that it can be asked for later. */
export interface MailProvider {
  /** Throws NotAccepted or RecipientRefused; any other error leaves open whether the mail was taken. */
  send: (to: string, mail: Mail, reference: string) => Promise<void>;
  /** Whether a message with this reference was accepted; some seconds after it was. */
  wasAccepted: (reference: string) => Promise<boolean>;
}

/** The provider surely did not take the message: it may be sent again without asking first. */
export class NotAccepted extends Error {
  override readonly name = "NotAccepted";
}

/** The address is not one that mail can be sent to: no other attempt can end differently. */
export class RecipientRefused extends Error {
  override readonly name = "RecipientRefused";
}
