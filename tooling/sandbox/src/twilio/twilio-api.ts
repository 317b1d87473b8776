import type { FastifyInstance } from "fastify";
import { applyFaults, delayEffect } from "../faults/apply-faults.ts";
import type { Message } from "../inbox/message.ts";
import type { ProviderParts } from "../sendgrid/sendgrid-api.ts";
import { describeMessage, describePage } from "./message-resource.ts";
import { newMessageSid } from "./message-sid.ts";
import { readSms, TwilioError } from "./sms.ts";

const base = "/2010-04-01/Accounts/:account";

/** Twilio's API as far as a shop needs it: send a text message, and look messages up. */
export function mountTwilioApi(app: FastifyInstance, { store, faults, nowMs }: ProviderParts): void {
  applyFaults(app, faults, "twilio", (status) =>
    status === 429
      ? new TwilioError(429, 20429, "Too Many Requests").body
      : new TwilioError(status, 20500, "An internal server error has occurred").body,
  );
  app.addHook("onRequest", async (request) => {
    const { account } = request.params as { account: string };
    const [user = "", password = ""] = basicCredentials(request.headers.authorization);
    const known = /^AC[0-9a-zA-Z]{32}$/.test(account) && (user === account || user.startsWith("SK")) && password !== "";
    if (!known) throw new TwilioError(401, 20003, "Authenticate");
  });
  app.setErrorHandler((error, _request, reply) => {
    const failure = error instanceof TwilioError ? error : new TwilioError(500, 20500, (error as Error).message);
    return reply.code(failure.status).send(failure.body);
  });

  app.post(`${base}/Messages.json`, async (request, reply) => {
    await delayEffect(request);
    const { account } = request.params as { account: string };
    const sms = readSms(request.body as Record<string, string | undefined>);
    const message: Message = {
      id: newMessageSid(),
      channel: "sms",
      to: sms.to,
      from: sms.from,
      subject: "",
      text: sms.body,
      at: new Date(nowMs()).toISOString(),
      customArgs: {},
      providerId: account,
    };
    store.put("messages", message);
    store.commit();
    return reply.code(201).send(describeMessage(message, "queued"));
  });

  app.get(`${base}/Messages.json`, async (request) => {
    await delayEffect(request);
    const { account } = request.params as { account: string };
    const { To: to, From: from, PageSize: size = "50", Page: page = "0" } = request.query as Record<string, string>;
    const wanted = messagesOf(account)
      .filter((message) => (to === undefined || message.to === to) && (from === undefined || message.from === from))
      .reverse();
    return describePage(wanted, {
      account,
      query: request.query as Record<string, string>,
      size: Number(size),
      page: Number(page),
    });
  });

  app.get(`${base}/Messages/:file`, async (request) => {
    await delayEffect(request);
    const { account, file } = request.params as { account: string; file: string };
    const found = messagesOf(account).find(({ id }) => `${id}.json` === file);
    if (found) return describeMessage(found, "delivered");
    const path = request.url.split("?")[0];
    throw new TwilioError(404, 20404, `The requested resource ${path} was not found`);
  });

  function messagesOf(account: string): Message[] {
    return store.all("messages").filter(({ channel, providerId }) => channel === "sms" && providerId === account);
  }
}

function basicCredentials(authorization = ""): string[] {
  const [scheme = "", value = ""] = authorization.split(" ");
  return scheme.toLowerCase() === "basic" ? Buffer.from(value, "base64").toString().split(":") : [];
}
