import { NotAccepted, RecipientRefused } from "@tradepost/mail/mail-provider";
import type { SmsProvider } from "../use-cases/text-shopper.ts";
import { waitable } from "./waitable.ts";

export interface TwilioOptions {
  /** `https://api.twilio.com`, or a stand-in's address. */
  baseUrl: string;
  accountSid: string;
  authToken: string;
  /** The shop's number or alphanumeric sender id, or the id of a messaging service (`MG…`). */
  from: string;
  timeoutMs: number;
}

/**
 * Text messages through Twilio's Messages API. Twilio has no idempotency keys and no fields of ours, so whether it took a
 * message is found out by reading the messages to the number, newest first. Redaction of message bodies must be off.
 */
export function createTwilio({ baseUrl, accountSid, authToken, from, timeoutMs }: TwilioOptions): SmsProvider {
  // The library and its API, hundreds of files, are loaded with the first text: 25 MB less where nobody wants any.
  const connect = async () => {
    const { default: twilio } = await import("twilio");
    const client = twilio(accountSid, authToken, { timeout: timeoutMs });
    client.api.baseUrl = baseUrl.replace(/\/$/, "");
    return client.messages;
  };
  let connected: ReturnType<typeof connect> | undefined;
  const messages = () => {
    connected ??= connect();
    return connected;
  };
  const sender = from.startsWith("MG") ? { messagingServiceSid: from } : { from };
  return {
    send: async (to, body) => {
      const api = await messages();
      await api.create({ to, body, ...sender }).catch((error: unknown) => {
        throw toSmsError(error);
      });
    },
    // Twilio's date filters go by the time of sending, which a message in its queue does not have yet.
    wasAccepted: async (to, reference, since) => {
      const api = await messages();
      try {
        for (let page = await api.page({ to, pageSize: 100 }); ; ) {
          if (page.instances.some(({ body }) => body.includes(reference))) return true;
          const isPast = page.instances.every(({ dateCreated }) => dateCreated < since);
          if (isPast || !page.nextPageUrl) return false;
          page = await api.getPage(page.nextPageUrl);
        }
      } catch (error) {
        throw toSmsError(error);
      }
    },
  };
}

/**
 * Refusals of the number itself, for good: invalid, a short code, premium rate, not reachable from ours, no permission
 * for its region, unsubscribed, not a mobile one. Other refusals are the shop's to mend (https://www.twilio.com/docs/api/errors).
 */
const BAD_NUMBER = new Set([21211, 21217, 21265, 21268, 21408, 21610, 21612, 21614, 21635]);

/** Without a connection nothing was accepted. */
const NOT_CONNECTED = new Set<unknown>(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** An answer in the 4xx range was surely not accepted; a timeout or a 5xx may have been. Errors quote no number. */
function toSmsError(error: unknown): unknown {
  const { status = 0, code } = error as { status?: number; code?: unknown };
  if (status === 400 && BAD_NUMBER.has(Number(code))) return new RecipientRefused(`Twilio refuses the number: ${code}`);
  const isRefused = status >= 400 && status < 500;
  const isNotAccepted = isRefused || NOT_CONNECTED.has(code);
  return waitable(isNotAccepted ? new NotAccepted("Twilio did not take the message", { cause: error }) : error, status);
}
