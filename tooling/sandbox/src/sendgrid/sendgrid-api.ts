import type { FastifyInstance } from "fastify";
import { applyFaults, delayEffect } from "../faults/apply-faults.ts";
import type { FaultPlan } from "../faults/fault-plan.ts";
import type { Message } from "../inbox/message.ts";
import type { Store } from "../storage/store.ts";
import { newId, randomText } from "../stripe/ids.ts";
import { MailSend, recipientsOf, validationErrors } from "./mail-send.ts";
import { type MessageQuery, parseMessageQuery } from "./message-query.ts";

export type ProviderParts = { store: Store; faults: FaultPlan; nowMs: () => number };

/** SendGrid's API as far as a shop needs it: send a mail, and ask later whether it was accepted. */
export function mountSendGridApi(app: FastifyInstance, { store, faults, nowMs }: ProviderParts): void {
  applyFaults(app, faults, "sendgrid", (status) => oneError(status === 429 ? "too many requests" : "internal error"));
  app.addHook("onRequest", async (request, reply) => {
    if (/^Bearer SG\.\S+$/.test(request.headers.authorization ?? "")) return undefined;
    return reply.code(401).send(oneError("The provided authorization grant is invalid, expired, or revoked"));
  });

  app.setErrorHandler((error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    return reply.code(status).send(oneError(status < 500 ? "Bad Request" : (error as Error).message));
  });

  app.post("/v3/mail/send", async (request, reply) => {
    await delayEffect(request);
    const mail = MailSend.safeParse(request.body);
    if (!mail.success) return reply.code(400).send(validationErrors(mail.error));
    if (mail.data.mail_settings?.sandbox_mode?.enable) return reply.code(200).send();
    const providerId = randomText(22);
    const at = new Date(nowMs()).toISOString();
    for (const recipient of recipientsOf(mail.data)) {
      const from = mail.data.from.email;
      store.put("messages", { id: newId("mail"), channel: "email", from, at, providerId, ...recipient });
    }
    store.commit();
    return reply.code(202).header("x-message-id", providerId).send();
  });

  app.get("/v3/messages", async (request, reply) => {
    await delayEffect(request);
    const { query = "", limit = "10" } = request.query as { query?: string; limit?: string };
    const wanted = parseMessageQuery(query);
    if (!wanted) return reply.code(400).send(oneError(`invalid query: ${query}`, "query"));
    const found = store.all("messages").filter((message) => message.channel === "email" && matches(message, wanted));
    return { messages: found.reverse().slice(0, Number(limit)).map(activityOf) };
  });
}

function matches(message: Message, { customArgs, toEmail, msgId }: MessageQuery): boolean {
  return (
    Object.entries(customArgs).every(([name, value]) => message.customArgs[name] === value) &&
    (toEmail === undefined || message.to === toEmail) &&
    (msgId === undefined || message.providerId === msgId)
  );
}

function activityOf(message: Message) {
  return {
    from_email: message.from,
    msg_id: message.providerId,
    subject: message.subject,
    to_email: message.to,
    status: "delivered",
    opens_count: 0,
    clicks_count: 0,
    last_event_time: message.at,
    unique_args: message.customArgs,
  };
}

function oneError(message: string, field: string | null = null) {
  return { errors: [{ message, field, help: null }] };
}
