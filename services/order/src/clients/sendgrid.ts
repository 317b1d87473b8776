import client from "@sendgrid/client";
import mailService from "@sendgrid/mail";
import { z } from "zod";
import { type MailProvider, MailRefused } from "../use-cases/notify-shopper.ts";

export interface SendgridOptions {
  /** `https://api.sendgrid.com`, or a stand-in's address. */
  baseUrl: string;
  apiKey: string;
  /** The shop's sender. */
  from: { email: string; name: string };
  timeoutMs: number;
}

/** Mail through SendGrid's v3 API; our reference travels as a custom argument. The library has one client per process. */
export function createSendgrid({ baseUrl, apiKey, from, timeoutMs }: SendgridOptions): MailProvider {
  client.setApiKey(apiKey);
  client.setDefaultRequest("baseUrl", baseUrl);
  mailService.setClient(client);
  mailService.setTimeout(timeoutMs);
  return {
    send: async (to, mail, reference) => {
      await mailService
        .send({ to, from, ...mail, customArgs: { reference }, trackingSettings: { clickTracking: { enable: false } } })
        .catch((error: unknown) => {
          throw toMailError(error);
        });
    },
    wasAccepted: async (reference) => {
      const query = `(unique_args['reference']="${reference}")`;
      const [{ body }] = await client
        .request({ method: "GET", url: "/v3/messages", qs: { query, limit: 1 } })
        .catch((error: unknown) => {
          throw toMailError(error);
        });
      return Messages.parse(body).messages.length > 0;
    },
  };
}

const Messages = z.object({ messages: z.array(z.unknown()) });

/** Without a connection nothing was accepted. */
const NOT_CONNECTED = new Set<unknown>(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/**
 * An answer in the 4xx range was surely not accepted; a timeout or a 5xx may have been. All but a real refusal pass by
 * themselves, so the event waits for as long as it takes (`unavailable`).
 */
function toMailError(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  const status = Number(code);
  const isRefused = status >= 400 && status < 500;
  const isSurelyNotAccepted = isRefused || NOT_CONNECTED.has(code);
  const known = isSurelyNotAccepted ? new MailRefused("SendGrid did not take the message", { cause: error }) : error;
  return isRefused && status !== 429 ? known : Object.assign(known as Error, { unavailable: true });
}
