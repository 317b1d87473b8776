import client from "@sendgrid/client";
import mailService from "@sendgrid/mail";
import { z } from "zod";
import { type MailProvider, NotAccepted, RecipientRefused } from "./mail-provider.ts";

export interface SendgridOptions {
  /** `https://api.sendgrid.com`, or a stand-in's address. */
  baseUrl: string;
  apiKey: string;
  /** The shop's sender. */
  from: { email: string; name: string };
  timeoutMs: number;
}

/** Mail through SendGrid's v3 API; the reference travels as a custom argument. The library has one client per process. */
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
          throw isRecipientRefused(error) ? new RecipientRefused("SendGrid refuses the address") : toMailError(error);
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

/** A 400 whose every complaint is about the address. */
const BadRecipient = z.object({
  code: z.literal(400),
  response: z.object({
    body: z.object({
      errors: z.array(z.object({ field: z.string().regex(/^personalizations\.\d+\.to(\.|$)/) })).min(1),
    }),
  }),
});
const isRecipientRefused = (error: unknown): boolean => BadRecipient.safeParse(error).success;

/** Without a connection nothing was accepted. */
const NOT_CONNECTED = new Set<unknown>(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** An answer in the 4xx range was surely not accepted; a timeout or a 5xx may have been. Errors quote no mail. */
function toMailError(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  const isRefused = typeof code === "number" && code >= 400 && code < 500;
  if (!isRefused && !NOT_CONNECTED.has(code)) return error;
  return Object.assign(new NotAccepted("SendGrid did not take the message"), { code: String(code) });
}
