import client from "@sendgrid/client";
import mailService from "@sendgrid/mail";
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
          throw wasRefused(error) ? new MailRefused("SendGrid refused the message", { cause: error }) : error;
        });
    },
    wasAccepted: async (reference) => {
      const query = `(unique_args['reference']="${reference}")`;
      const [{ body }] = await client.request({ method: "GET", url: "/v3/messages", qs: { query, limit: 1 } });
      return (body as { messages?: unknown[] }).messages?.length !== 0;
    },
  };
}

/** An answer in the 4xx range was not accepted; a timeout or a 5xx may have been. */
function wasRefused(error: unknown): boolean {
  const status = (error as { code?: unknown }).code;
  return typeof status === "number" && status >= 400 && status < 500;
}
