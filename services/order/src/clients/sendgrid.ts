import type { MailProvider } from "@tradepost/mail/mail-provider";
import { createSendgrid, type SendgridOptions } from "@tradepost/mail/sendgrid";
import { waitable } from "./waitable.ts";

/** SendGrid for handlers of events: what passes by itself is marked `unavailable`, so that the event waits. */
export function createMailProvider(options: SendgridOptions): MailProvider {
  const sendgrid = createSendgrid(options);
  const fail = (error: unknown) => {
    throw waitable(error, Number((error as { code?: unknown }).code));
  };
  return {
    send: (to, mail, reference) => sendgrid.send(to, mail, reference).catch(fail),
    wasAccepted: (reference) => sendgrid.wasAccepted(reference).catch(fail),
  };
}
