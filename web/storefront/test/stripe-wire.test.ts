import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { confirmWithCard, retrievePayment } from "../src/features/checkout/payment/stripe-wire.ts";

const payment = { id: "pi_1", clientSecret: "pi_1_secret_x", publishableKey: "pk_test_1" };
const card = { number: "4242424242424242", expMonth: 12, expYear: 2030, cvc: "123" };

interface Seen {
  method: string;
  path: string;
  contentType: string | undefined;
  form: Record<string, string>;
}
let seen: Seen[] = [];
let confirmAnswer: { status: number; body: object } = { status: 200, body: {} };

const body = async (request: IncomingMessage) => Buffer.concat(await request.toArray()).toString();
const server = createServer(async (request, response) => {
  const [path = "", query] = (request.url ?? "").split("?");
  const form = Object.fromEntries(new URLSearchParams(query ?? (await body(request))));
  seen.push({ method: request.method ?? "", path, contentType: request.headers["content-type"], form });
  const { status, body: answer } = path.endsWith("/payment_methods")
    ? { status: 200, body: { id: "pm_1" } }
    : confirmAnswer;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
});
let apiUrl: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  seen = [];
});

const confirm = (status: number, answer: object) => {
  confirmAnswer = { status, body: answer };
  return confirmWithCard({ apiUrl }, payment, card, "https://shop.example/checkout/return?order=o1");
};

it("makes a payment method and confirms the intent in Stripe's form encoding", async () => {
  expect(await confirm(200, { id: "pi_1", status: "succeeded" })).toEqual({ kind: "paid" });
  expect(seen).toEqual([
    {
      method: "POST",
      path: "/v1/payment_methods",
      contentType: "application/x-www-form-urlencoded;charset=UTF-8",
      form: {
        type: "card",
        "card[number]": "4242424242424242",
        "card[exp_month]": "12",
        "card[exp_year]": "2030",
        "card[cvc]": "123",
        key: "pk_test_1",
      },
    },
    {
      method: "POST",
      path: "/v1/payment_intents/pi_1/confirm",
      contentType: "application/x-www-form-urlencoded;charset=UTF-8",
      form: {
        payment_method: "pm_1",
        client_secret: "pi_1_secret_x",
        return_url: "https://shop.example/checkout/return?order=o1",
        key: "pk_test_1",
      },
    },
  ]);
});

it("takes a payment that is still processing as paid", async () => {
  expect(await confirm(200, { id: "pi_1", status: "processing" })).toEqual({ kind: "paid" });
});

it("hands over to the bank's page", async () => {
  const url = "https://bank.example/3ds";
  const answer = { id: "pi_1", status: "requires_action", next_action: { redirect_to_url: { url } } };
  expect(await confirm(200, answer)).toEqual({ kind: "redirect", url });
});

it.each([
  [{ code: "card_declined", decline_code: "insufficient_funds" }, "insufficient_funds"],
  [{ code: "expired_card" }, "expired_card"],
  [{ code: "incorrect_cvc" }, "incorrect_cvc"],
  [{ code: "payment_intent_authentication_failure" }, "authentication"],
  [{ code: "card_declined", decline_code: "lost_card" }, "generic"],
])("says why a card was declined: %j", async (error, decline) => {
  expect(await confirm(402, { error })).toEqual({ kind: "declined", decline });
});

it("does not call a payment declined that another tab has already made", async () => {
  const error = { code: "payment_intent_unexpected_state", payment_intent: { status: "succeeded" } };
  expect(await confirm(400, { error })).toEqual({ kind: "paid" });
});

it("asks how a payment stands with the client secret", async () => {
  confirmAnswer = { status: 200, body: { id: "pi_1", status: "requires_payment_method" } };
  expect(await retrievePayment({ apiUrl }, payment)).toEqual({ kind: "declined", decline: "generic" });
  expect(seen[0]).toMatchObject({
    method: "GET",
    path: "/v1/payment_intents/pi_1",
    form: { client_secret: "pi_1_secret_x", key: "pk_test_1" },
  });
});

it("says when the payment service cannot be reached", async () => {
  const unreachable = { apiUrl: "http://127.0.0.1:1" };
  expect(await confirmWithCard(unreachable, payment, card, "")).toEqual({ kind: "declined", decline: "unreachable" });
});
