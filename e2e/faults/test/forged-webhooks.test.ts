import Stripe from "stripe";
import { expect, it } from "vitest";
import { hostileCopies, overhear } from "../src/injections/forged-webhooks.ts";

const SECRET = "whsec_true";
const TOLERANCE_SECONDS = 300;
const stripe = new Stripe("sk_test_forgers");

function genuine(type: string) {
  const object = { id: "pi_1", object: "payment_intent", amount: 2_390, status: "requires_payment_method" };
  const payload = JSON.stringify({ id: "evt_1", object: "event", type, data: { object } }, null, 2);
  return { payload, signature: stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET }) };
}

const isTaken = (payload: string, signature = ""): boolean => {
  try {
    return Boolean(stripe.webhooks.constructEvent(payload, signature, SECRET, TOLERANCE_SECONDS));
  } catch {
    return false;
  }
};

it("makes webhooks that Stripe's own library refuses, but for the repeated one", () => {
  const copies = hostileCopies(genuine("payment_intent.created"), SECRET, Date.now());
  const taken = copies.map(({ what, payload, signature }) => [what, isTaken(payload, signature)]);
  expect(taken).toEqual([
    ["repeated", true],
    ["old", false],
    ["unsigned", false],
    ["altered", false],
    ["signed by a stranger", false],
    ["about a payment that never was", false],
  ]);
});

it("makes an old one that only its age betrays, and an altered one that differs", () => {
  const of = genuine("payment_intent.succeeded");
  const copies = new Map(hostileCopies(of, SECRET, Date.now()).map((copy) => [copy.what, copy]));
  const { payload, signature = "" } = copies.get("old")!;
  expect(stripe.webhooks.constructEvent(payload, signature, SECRET, 600).id).toBe("evt_1");
  expect(copies.get("altered")!.payload).not.toBe(of.payload);
});

it("tells of a payment only where one was begun", () => {
  const of = (type: string) => hostileCopies(genuine(type), SECRET, Date.now()).at(-1)!;
  const { type, data } = JSON.parse(of("payment_intent.created").payload);
  expect({ type, ...data.object }).toMatchObject({
    ...{ type: "payment_intent.succeeded", id: "pi_1", status: "succeeded", amount_received: 2_390 },
  });
  expect(of("charge.succeeded").what).toBe("signed by a stranger");
});

it("hears a webhook that comes in one piece, and nothing else", () => {
  const { payload, signature } = genuine("charge.succeeded");
  const head = (length: number) =>
    `POST /v1/webhooks/stripe HTTP/1.1\r\nHost: x\r\nStripe-Signature: ${signature}\r\ncontent-length: ${length}\r\n\r\n`;
  expect(overhear(head(Buffer.byteLength(payload)) + payload)).toEqual({ payload, signature });
  expect(overhear(head(Buffer.byteLength(payload)))).toBeUndefined();
  expect(overhear(`${head(Buffer.byteLength(payload) + 1)}${payload}`)).toBeUndefined();
  expect(overhear("GET / HTTP/1.1\r\n\r\n")).toBeUndefined();
});
