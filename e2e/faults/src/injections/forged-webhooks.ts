import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { newVisitor } from "@tradepost/e2e/visitor";
import { keptSecrets } from "@tradepost/local-stack/secrets";
import type { Violation } from "../history/expected.ts";
import type { Rig } from "../rig/rig.ts";
import type { Injection } from "./injection.ts";

/** A webhook of Stripe's as it went over the wire. */
export interface Overheard {
  payload: string;
  signature: string;
}

/** What somebody makes of it who means the shop ill. */
export interface Hostile {
  what: string;
  payload: string;
  signature?: string;
  /** Stripe's own words with a signature that still counts: it may be taken, and changes nothing. */
  isRepetition?: true;
}

interface StripeEvent {
  id: string;
  type: string;
  data: { object: Record<string, unknown> };
}

const FORGERS_SECRET = "whsec_guessed";
/** The payment service's tolerance, and some seconds more. */
const TOO_OLD_MS = 310_000;
const LAST_ANSWERS_MS = 1_000;

/**
 * Somebody listens to Stripe's webhooks and sends the shop, through its front door, each once more, an old one, some
 * that are altered or signed by a stranger, and for each payment that was begun the news that it has been paid.
 */
export const forgeWebhooks = (forMs: number): Injection => ({
  name: `webhooks are overheard, repeated and forged for ${forMs / 1000} s`,
  forMs,
  begin: async (rig) => {
    const { stripeWebhookSecret: secret } = keptSecrets(rig.dir);
    const sent: Promise<Violation[]>[] = [];
    const stop = rig.links.get("sandbox>payment").tap((direction, chunk) => {
      const overheard = direction === "request" ? overhear(chunk.toString()) : undefined;
      if (overheard) sent.push(...hostileCopies(overheard, secret, Date.now()).map((copy) => send(rig, copy)));
    });
    return async () => {
      stop();
      await sleep(LAST_ANSWERS_MS);
      return { hits: sent.length, broken: (await Promise.all(sent)).flat() };
    };
  },
});

/** Undefined for a piece of something else, or of a webhook that came in several. */
export function overhear(request: string): Overheard | undefined {
  const [head = "", payload = ""] = request.split(/\r\n\r\n(.*)/s);
  const signature = /^stripe-signature: *(.+)$/im.exec(head)?.[1]?.trim();
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1]);
  return signature !== undefined && Buffer.byteLength(payload) === length ? { payload, signature } : undefined;
}

export function hostileCopies({ payload, signature }: Overheard, secret: string, nowMs: number): Hostile[] {
  const event = JSON.parse(payload) as StripeEvent;
  const forged = (what: string, of: StripeEvent): Hostile => {
    const text = JSON.stringify(of);
    return { what, payload: text, signature: sign(text, FORGERS_SECRET, nowMs) };
  };
  const copies: Hostile[] = [
    { what: "repeated", payload, signature, isRepetition: true },
    { what: "old", payload, signature: sign(payload, secret, nowMs - TOO_OLD_MS) },
    { what: "unsigned", payload },
    { what: "altered", payload: payload.replace(event.id, madeUp(event.id)), signature },
    forged("signed by a stranger", { ...event, id: madeUp(event.id) }),
  ];
  return event.type === "payment_intent.created"
    ? [...copies, forged("about a payment that never was", paid(event))]
    : copies;
}

function paid(created: StripeEvent): StripeEvent {
  const { object } = created.data;
  const changes = { status: "succeeded", amount_received: object.amount, latest_charge: "ch_forged" };
  return {
    ...created,
    id: madeUp(created.id),
    type: "payment_intent.succeeded",
    data: { object: { ...object, ...changes } },
  };
}

const madeUp = (id: string): string => `${id}_forged`;

/** As in https://docs.stripe.com/webhooks#verify-manually; not the sandbox's code, which it is held against. */
function sign(payload: string, secret: string, atMs: number): string {
  const time = Math.floor(atMs / 1000);
  return `t=${time},v1=${createHmac("sha256", secret).update(`${time}.${payload}`).digest("hex")}`;
}

async function send({ stack }: Rig, { what, payload, signature, isRepetition }: Hostile): Promise<Violation[]> {
  const headers = {
    "content-type": "application/json; charset=utf-8",
    ...(signature === undefined ? {} : { "stripe-signature": signature }),
  };
  const init = { method: "POST", headers, body: payload, signal: AbortSignal.timeout(30_000) };
  const answer = await newVisitor(stack.url)
    .fetch("/v1/webhooks/stripe", init)
    .catch(() => undefined);
  if (isRepetition || !answer?.ok) return [];
  const { id, type } = JSON.parse(payload) as StripeEvent;
  const message = `a webhook that was ${what}, ${type} ${id}, was answered ${answer.status}`;
  return [{ rule: "webhook-refused", message, history: [] }];
}
