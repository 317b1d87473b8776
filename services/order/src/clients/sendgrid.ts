import client from "@sendgrid/client";
import mailService from "@sendgrid/mail";
import { z } from "zod";
import { RecipientRefused } from "../use-cases/deliver-once.ts";
import type { MailProvider } from "../use-cases/mail-shopper.ts";
import { toProviderError } from "./provider-error.ts";

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

/** A 400 whose every complaint is about the address: no other attempt can end differently. */
const BadRecipient = z.object({
  code: z.literal(400),
  response: z.object({
    body: z.object({
      errors: z.array(z.object({ field: z.string().regex(/^personalizations\.\d+\.to(\.|$)/) })).min(1),
    }),
  }),
});
const isRecipientRefused = (error: unknown): boolean => BadRecipient.safeParse(error).success;

function toMailError(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  return toProviderError("SendGrid", error, typeof code === "number" ? { status: code } : { code });
}
