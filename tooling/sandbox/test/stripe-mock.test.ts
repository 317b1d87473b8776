import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Sandbox, startSandbox } from "../src/start-sandbox.ts";
import { shapeDifferences } from "./same-shape.ts";

/** Stripe's own mock answers from its OpenAPI description; it lies beside the repository where it is available. */
const tool = new URL("../../../../shared/bin/tool", import.meta.url).pathname;
const available = existsSync(tool);
if (!available) console.log("stripe-mock is not here: the check against Stripe's own mock did not run");

type Form = Record<string, string>;
type Answer = { status: number; body: Record<string, unknown> };

async function call(base: string, method: string, path: string, form: Form): Promise<Answer> {
  const params = new URLSearchParams(form);
  const response = await fetch(`${base}${path}${method === "GET" && params.size > 0 ? `?${params}` : ""}`, {
    method,
    headers: { authorization: "Bearer sk_test_123" },
    ...(method === "POST" && { body: params }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe.skipIf(!available)("the sandbox beside stripe-mock", () => {
  let sandbox: Sandbox;
  let mock: ChildProcess;
  let mockUrl: string;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
    const port = await freePort();
    mockUrl = `http://127.0.0.1:${port}`;
    mock = spawn(tool, ["stripe-mock", "-http-port", String(port)], { stdio: "ignore" });
    await vi.waitFor(() => fetch(mockUrl), { timeout: 30_000 });
    await makeObjects();
  });
  afterAll(async () => {
    mock?.kill();
    await sandbox?.close();
  });

  async function makeObjects(): Promise<void> {
    const make = async (name: string, path: string, form: Form) => {
      const { status, body } = await call(sandbox.url, "POST", path, form);
      expect(status, JSON.stringify(body)).toBe(200);
      ids[name] = body.id as string;
      return body;
    };
    const order = { amount: "2599", currency: "eur", "allowed_payment_method_types[]": "card" };
    await make("customer", "/v1/customers", { email: "ada@example.com" });
    await make("method", "/v1/payment_methods", { type: "card", "card[token]": "tok_visa" });
    await make("open", "/v1/payment_intents", order);
    await make("spare", "/v1/payment_intents", order);
    await make("held", "/v1/payment_intents", {
      ...order,
      capture_method: "manual",
      payment_method: "pm_card_visa",
      confirm: "true",
    });
    const paid = await make("paid", "/v1/payment_intents", {
      ...order,
      payment_method: "pm_card_createDispute",
      confirm: "true",
    });
    ids.charge = paid.latest_charge as string;
    ids.dispute = ((await call(sandbox.url, "GET", "/v1/disputes", {})).body.data as [{ id: string }])[0].id;
    const fresh = await make("fresh", "/v1/payment_intents", {
      ...order,
      payment_method: "pm_card_visa",
      confirm: "true",
    });
    ids.freshCharge = fresh.latest_charge as string;
    const refund = await make("refund", "/v1/refunds", { payment_intent: ids.fresh as string, amount: "100" });
    ids.balance = refund.balance_transaction as string;
    await make("setup", "/v1/setup_intents", { usage: "off_session" });
    await make("spareSetup", "/v1/setup_intents", { usage: "off_session" });
    await make("endpoint", "/v1/webhook_endpoints", {
      url: "http://127.0.0.1:9/hook",
      "enabled_events[]": "charge.failed",
    });
    ids.event = ((await call(sandbox.url, "GET", "/v1/events", {})).body.data as [{ id: string }])[0].id;
  }

  const order = { amount: "2599", currency: "eur", "allowed_payment_method_types[]": "card" };
  const address = {
    "shipping[name]": "Ada",
    "shipping[address][line1]": "Elm Street 1",
    "shipping[address][country]": "DE",
  };

  test.each<[string, Form]>([
    ["POST /v1/customers", { email: "ada@example.com", name: "Ada", "metadata[user]": "1", ...address }],
    ["GET /v1/customers", { limit: "3", email: "ada@example.com" }],
    ["GET /v1/customers/:customer", {}],
    ["POST /v1/customers/:customer", { description: "a shopper", phone: "+49" }],
    ["GET /v1/customers/:customer/payment_methods", { type: "card" }],
    ["POST /v1/payment_methods", { type: "card", "card[token]": "tok_visa", "billing_details[name]": "Ada" }],
    ["GET /v1/payment_methods/:method", {}],
    ["POST /v1/payment_methods/:method", { "metadata[a]": "b" }],
    ["POST /v1/payment_methods/:method/attach", { customer: ":customer" }],
    ["GET /v1/payment_methods", { customer: ":customer", type: "card" }],
    ["POST /v1/payment_methods/:method/detach", {}],
    ["POST /v1/payment_intents", { ...order, "metadata[order]": "42", receipt_email: "ada@example.com", ...address }],
    [
      "POST /v1/payment_intents",
      { ...order, payment_method: "pm_card_visa", confirm: "true", "expand[]": "latest_charge" },
    ],
    ["POST /v1/payment_intents", { amount: "2599", currency: "eur", "automatic_payment_methods[enabled]": "true" }],
    ["POST /v1/payment_intents", { amount: "2599", currency: "eur", "payment_method_types[]": "card" }],
    ["GET /v1/payment_intents", { limit: "2", customer: ":customer" }],
    ["GET /v1/payment_intents/:paid", { "expand[]": "latest_charge" }],
    ["POST /v1/payment_intents/:open", { description: "an order", "metadata[order]": "43" }],
    ["POST /v1/payment_intents/:open/confirm", { payment_method: "pm_card_visa", "expand[]": "latest_charge" }],
    ["GET /v1/payment_intents/:open", { "expand[]": "payment_method" }],
    ["POST /v1/payment_intents/:held/capture", { amount_to_capture: "2000" }],
    ["POST /v1/payment_intents/:spare/cancel", { cancellation_reason: "abandoned" }],
    ["GET /v1/charges/:charge", {}],
    ["GET /v1/charges/:freshCharge", { "expand[]": "balance_transaction" }],
    ["GET /v1/charges", { payment_intent: ":paid" }],
    ["POST /v1/refunds", { payment_intent: ":fresh", amount: "500", reason: "requested_by_customer" }],
    ["POST /v1/refunds", { charge: ":freshCharge", amount: "500" }],
    ["GET /v1/refunds", { payment_intent: ":fresh" }],
    ["GET /v1/refunds/:refund", { "expand[]": "charge" }],
    ["POST /v1/refunds/:refund", { "metadata[why]": "late" }],
    ["GET /v1/balance_transactions/:balance", {}],
    ["POST /v1/setup_intents", { usage: "off_session", customer: ":customer" }],
    ["GET /v1/setup_intents/:setup", {}],
    ["POST /v1/setup_intents/:setup", { description: "later" }],
    ["POST /v1/setup_intents/:setup/confirm", { payment_method: "pm_card_visa" }],
    ["POST /v1/setup_intents/:spareSetup/cancel", {}],
    ["GET /v1/setup_intents", { limit: "1" }],
    ["GET /v1/disputes/:dispute", {}],
    ["GET /v1/disputes", { limit: "1" }],
    ["GET /v1/events", { type: "charge.succeeded" }],
    ["GET /v1/events/:event", {}],
    ["POST /v1/webhook_endpoints", { url: "https://shop.example/hook", "enabled_events[]": "*" }],
    ["GET /v1/webhook_endpoints", {}],
    ["GET /v1/webhook_endpoints/:endpoint", {}],
    ["DELETE /v1/webhook_endpoints/:endpoint", {}],
    ["DELETE /v1/customers/:customer", {}],
  ])("answers alike to %s %j", async (signature, form) => {
    const [ours, theirs] = await both(signature, form);
    expect(ours.status, JSON.stringify(ours.body)).toBe(200);
    expect(theirs.status, JSON.stringify(theirs.body)).toBe(200);
    expect(shapeDifferences(withoutSnapshots(ours.body), withoutSnapshots(theirs.body))).toEqual([]);
  });

  test.each<[string, Form]>([
    ["POST /v1/payment_intents", { currency: "eur" }],
    ["POST /v1/payment_intents", { amount: "many", currency: "eur" }],
    ["POST /v1/payment_intents", { ...order, colour: "red" }],
    ["POST /v1/payment_intents", { ...order, capture_method: "never" }],
    ["POST /v1/payment_intents", { ...order, "shipping[name]": "Ada" }],
    ["POST /v1/payment_intents/:open/confirm", { amount: "5" }],
    ["POST /v1/payment_intents/:open/cancel", { cancellation_reason: "rain" }],
    ["POST /v1/refunds", { charge: ":freshCharge", amount: "some" }],
    ["POST /v1/refunds", { charge: ":freshCharge", reason: "rain" }],
    ["POST /v1/payment_methods/:method/attach", { colour: "red" }],
    ["POST /v1/setup_intents", { usage: "never" }],
    ["POST /v1/webhook_endpoints", { url: "https://shop.example/hook" }],
    ["GET /v1/payment_intents", { colour: "red" }],
    ["GET /v1/colours", {}],
  ])("refuses alike %s %j", async (signature, form) => {
    const [ours, theirs] = await both(signature, form);
    expect(theirs.status).toBeGreaterThanOrEqual(400);
    expect(ours.status).toBe(theirs.status);
    expect(ours.body).toMatchObject({ error: { type: (theirs.body.error as { type: string }).type } });
  });

  function both(signature: string, form: Form): Promise<[Answer, Answer]> {
    const [method, path] = fill(signature).split(" ") as [string, string];
    const filled = Object.fromEntries(Object.entries(form).map(([key, value]) => [key, fill(value)]));
    return Promise.all([call(sandbox.url, method, path, filled), call(mockUrl, method, path, filled)]);
  }

  function fill(text: string): string {
    return text.replace(/:([a-z]\w*)/gi, (whole, name: string) => ids[name] ?? whole);
  }
});

/** An event holds a copy of any object; which one it is differs, so it is not compared. */
function withoutSnapshots(body: Record<string, unknown>): unknown {
  const strip = (item: unknown) => {
    const object = item as { object?: string };
    return object.object === "event" ? { ...object, data: {} } : item;
  };
  return Array.isArray(body.data) ? { ...body, data: body.data.map(strip) } : strip(body);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
