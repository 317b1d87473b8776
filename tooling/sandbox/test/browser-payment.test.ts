import { describe, expect, test } from "vitest";
import { cardOnly, openSandbox, stripeFor } from "./sandbox-for-tests.ts";

const expYear = String(new Date().getUTCFullYear() + 2);

/** What a checkout page in the browser sends: a form, with the publishable key, from another origin. */
async function browserPost(url: string, path: string, form: Record<string, string>, key = "pk_test_shop") {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, origin: "http://localhost:8080" },
    body: new URLSearchParams(form),
  });
  return { response, body: (await response.json()) as Record<string, never> & { id: string } };
}

const card = (number: string, more: Record<string, string> = {}) => ({
  type: "card",
  "card[number]": number,
  "card[exp_month]": "12",
  "card[exp_year]": expYear,
  "card[cvc]": "123",
  ...more,
});

describe("the browser", () => {
  test("sends its card straight to the sandbox and confirms with the client secret", async () => {
    const sandbox = await openSandbox();
    const stripe = stripeFor(sandbox);
    const intent = await stripe.paymentIntents.create({ amount: 2599, currency: "eur", ...cardOnly });
    const method = await browserPost(sandbox.url, "/v1/payment_methods", {
      ...card("4242 4242 4242 4242"),
      "billing_details[name]": "Ada Lovelace",
      "billing_details[address][country]": "DE",
    });
    expect(method.response.headers.get("access-control-allow-origin")).toBe("*");
    expect(method.body).toMatchObject({
      object: "payment_method",
      card: { brand: "visa", last4: "4242", exp_month: 12, exp_year: Number(expYear) },
      billing_details: { name: "Ada Lovelace", address: { country: "DE", city: null } },
    });
    const confirmed = await browserPost(sandbox.url, `/v1/payment_intents/${intent.id}/confirm`, {
      client_secret: intent.client_secret!,
      payment_method: method.body.id,
    });
    expect(confirmed.body).toMatchObject({ id: intent.id, status: "succeeded", amount: 2599 });
    expect(confirmed.body).not.toHaveProperty("latest_charge");
    expect(confirmed.body).not.toHaveProperty("metadata");
  });

  test("may confirm in one step, and reads the intent with its secret", async () => {
    const sandbox = await openSandbox();
    const intent = await stripeFor(sandbox).paymentIntents.create({ amount: 2599, currency: "eur" });
    const data = Object.entries(card("4000000000009995")).map(([key, value]) => [
      key.replace(/^(\w+)/, "payment_method_data[$1]"),
      value,
    ]);
    const form = { client_secret: intent.client_secret!, return_url: "http://localhost:8080/done" };
    const path = `/v1/payment_intents/${intent.id}/confirm`;
    const declined = await browserPost(sandbox.url, path, { ...form, ...Object.fromEntries(data) });
    expect(declined.response.status).toBe(402);
    expect(declined.body).toMatchObject({
      error: { decline_code: "insufficient_funds", payment_intent: { id: intent.id } },
    });
    expect(declined.body.error).not.toHaveProperty("payment_intent.metadata");
    const query = new URLSearchParams({ client_secret: intent.client_secret!, key: "pk_test_shop" });
    const read = await fetch(`${sandbox.url}/v1/payment_intents/${intent.id}?${query}`);
    expect(await read.json()).toMatchObject({ status: "requires_payment_method" });
  });

  test("without the right client secret sees and changes nothing", async () => {
    const sandbox = await openSandbox();
    const intent = await stripeFor(sandbox).paymentIntents.create({ amount: 2599, currency: "eur", ...cardOnly });
    const path = `/v1/payment_intents/${intent.id}/confirm`;
    const none = await browserPost(sandbox.url, path, { payment_method: "pm_card_visa" });
    expect(none.body).toMatchObject({ error: { code: "parameter_missing", param: "client_secret" } });
    const wrong = await browserPost(sandbox.url, path, {
      payment_method: "pm_card_visa",
      client_secret: `${intent.id}_secret_x`,
    });
    expect(wrong.body).toMatchObject({ error: { code: "payment_intent_invalid_parameter" } });
    expect((await stripeFor(sandbox).paymentIntents.retrieve(intent.id)).status).toBe("requires_payment_method");
  });

  test("passes the preflight for the headers it asks for", async () => {
    const { url } = await openSandbox();
    const response = await fetch(`${url}/v1/payment_methods`, {
      method: "OPTIONS",
      headers: { origin: "http://localhost:8080", "access-control-request-headers": "authorization,content-type" },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-headers")).toBe("authorization,content-type");
  });
});

describe("a card", () => {
  const lastYear = String(new Date().getUTCFullYear() - 1);
  test.each([
    ["of a mistyped number", card("4242424242424241"), "incorrect_number", "number"],
    ["of too few digits", card("4242"), "incorrect_number", "number"],
    [
      "of a month that is none",
      card("4242424242424242", { "card[exp_month]": "13" }),
      "invalid_expiry_month",
      "exp_month",
    ],
    ["of last year", card("4242424242424242", { "card[exp_year]": lastYear }), "invalid_expiry_year", "exp_year"],
    ["with a short code", card("4242424242424242", { "card[cvc]": "12" }), "invalid_cvc", "cvc"],
    ["that is real", card("4539578763621486"), "card_declined", "number"],
  ])("%s is refused", async (_what, form, code, param) => {
    const { url } = await openSandbox();
    const { response, body } = await browserPost(url, "/v1/payment_methods", form);
    expect(response.status).toBe(402);
    expect(body).toMatchObject({ error: { type: "card_error", code, param } });
  });

  test("number is refused when a server sends it: it belongs in the browser alone", async () => {
    const { url } = await openSandbox();
    const { response, body } = await browserPost(url, "/v1/payment_methods", card("4242424242424242"), "sk_test_shop");
    expect(response.status).toBe(402);
    expect(body).toMatchObject({ error: { message: expect.stringContaining("generally unsafe") } });
  });

  test("number is never kept", async () => {
    const { url } = await openSandbox();
    await browserPost(url, "/v1/payment_methods", card("5555555555554444"));
    const state = await (await fetch(`${url}/sandbox/state`)).text();
    expect(state).toContain("4444");
    expect(state).not.toContain("5555555555554444");
  });
});
