import { describe, expect, test } from "vitest";
import { cardOnly, openHook, openSandbox, refusalOf, stripeFor } from "./sandbox-for-tests.ts";

const paid = { amount: 2599, currency: "eur", ...cardOnly, payment_method: "pm_card_visa", confirm: true };

async function addFault(url: string, fault: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${url}/sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fault),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("a call to Stripe", () => {
  test("is delayed, when it matches, as often as told", async () => {
    const { url, ...sandbox } = await openSandbox();
    const stripe = stripeFor(sandbox);
    const match = { method: "POST", path: "/v1/customers$" };
    await addFault(url, { target: "stripe", kind: "delay", ms: 150, match, times: 1 });
    const took = async (call: () => Promise<unknown>) => {
      const before = performance.now();
      await call();
      return performance.now() - before;
    };
    const hits = () => sandbox.faults.list()[0]?.hits;
    await stripe.customers.list();
    expect(hits()).toBe(0);
    expect(await took(() => stripe.customers.create())).toBeGreaterThanOrEqual(149);
    expect(hits()).toBe(1);
    await stripe.customers.create();
    expect(hits()).toBe(1);
  });

  test.each([
    [500, "before", 0, "StripeAPIError"],
    [503, "after", 1, "StripeAPIError"],
    [429, "before", 0, "StripeRateLimitError"],
  ] as const)("answers %i %s the effect", async (status, when, charges, type) => {
    const { url, ...sandbox } = await openSandbox();
    const stripe = stripeFor(sandbox);
    await addFault(url, { target: "stripe", kind: "status", status, when, times: 1 });
    expect(await refusalOf(stripe.paymentIntents.create(paid))).toMatchObject({ statusCode: status, type });
    expect((await stripe.charges.list()).data).toHaveLength(charges);
  });

  test("does its work and is never answered; the retry gets the saved answer", async () => {
    const { url, ...sandbox } = await openSandbox();
    const stripe = stripeFor(sandbox, "sk_test_shop", { timeout: 1_500, maxNetworkRetries: 1 });
    await addFault(url, { target: "stripe", kind: "timeoutAfterEffect", match: { path: "payment_intents" }, times: 1 });
    const intent = await stripe.paymentIntents.create(paid, { idempotencyKey: "order-1" });
    expect(intent.status).toBe("succeeded");
    expect(intent.lastResponse.headers).toMatchObject({ "idempotent-replayed": "true" });
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  test.each([
    ["before", 0],
    ["after", 1],
  ] as const)("is cut off %s the effect", async (when, charges) => {
    const { url, ...sandbox } = await openSandbox();
    const stripe = stripeFor(sandbox);
    // Twice, because the official client tries once more by itself after a cut connection.
    await addFault(url, { target: "stripe", kind: "reset", when, times: 2 });
    const call = stripe.paymentIntents.create(paid, { idempotencyKey: "order-1" });
    expect(await refusalOf(call)).toMatchObject({ type: "StripeConnectionError" });
    expect((await stripe.charges.list()).data).toHaveLength(charges);
  });

  test("is answered with garbage after the effect", async () => {
    const { url, ...sandbox } = await openSandbox();
    const stripe = stripeFor(sandbox);
    await addFault(url, { target: "stripe", kind: "garbage", times: 1 });
    expect(await refusalOf(stripe.paymentIntents.create(paid))).toMatchObject({ type: "StripeAPIError" });
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  test.each([
    ["charging", "/confirm$"],
    ["creating", "/v1/payment_intents$"],
    ["refunding", "/v1/refunds$"],
  ])("is cut off in the middle of the answer, or never answered, after %s", async (_effect, path) => {
    const { url, ...sandbox } = await openSandbox();
    const stripe = stripeFor(sandbox, "sk_test_shop", { timeout: 1_000 });
    const doAll = async (key: string) => {
      const unpaid = { amount: 2599, currency: "eur", ...cardOnly, payment_method: "pm_card_visa" };
      const { id } = await stripe.paymentIntents.create(unpaid, { idempotencyKey: `create-${key}` });
      await stripe.paymentIntents.confirm(id, {}, { idempotencyKey: `confirm-${key}` });
      await stripe.refunds.create({ payment_intent: id }, { idempotencyKey: `refund-${key}` });
    };
    for (const kind of ["cut", "timeoutAfterEffect"]) {
      // Twice, because the official client tries once more by itself after a cut connection.
      await addFault(url, { target: "stripe", kind, match: { method: "POST", path }, times: 2 });
      await refusalOf(doAll(kind));
      await fetch(`${url}/sandbox/faults`, { method: "DELETE" });
      await doAll(kind);
    }
    const refunds = await stripe.refunds.list();
    expect(refunds.data).toHaveLength(2);
    expect((await stripe.charges.list()).data.map(({ amount_refunded }) => amount_refunded)).toEqual([2599, 2599]);
  });

  test("that is cut off has promised more than it sent", async () => {
    const { url } = await openSandbox();
    await addFault(url, { target: "stripe", kind: "cut", times: 1 });
    const response = await fetch(`${url}/v1/customers`, { headers: { authorization: "Bearer sk_test_shop" } });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(0);
    await expect(response.text()).rejects.toThrow("terminated");
  });
});

describe("a webhook", () => {
  const customers = (received: { event: { type: string; data: { object: object } } }[]) =>
    received.map(({ event }) => (event.data.object as { name: string }).name);

  test("is lost, and only shows among the events", async () => {
    const hook = await openHook();
    const { url, ...sandbox } = await openSandbox({ webhookUrl: hook.url });
    const stripe = stripeFor(sandbox);
    await addFault(url, { target: "webhooks", kind: "lose", match: { event: "^customer" }, times: 1 });
    await stripe.customers.create({ name: "first" });
    await stripe.customers.create({ name: "second" });
    await expect.poll(() => customers(hook.received)).toEqual(["second"]);
    expect((await stripe.events.list()).data).toHaveLength(2);
    const statuses = async () => {
      const state = (await (await fetch(`${url}/sandbox/state`)).json()) as { deliveries: { status: string }[] };
      return state.deliveries.map(({ status }) => status).sort();
    };
    await expect.poll(statuses).toEqual(["delivered", "lost"]);
  });

  test("is sent twice and more", async () => {
    const hook = await openHook();
    const { url, ...sandbox } = await openSandbox({ webhookUrl: hook.url });
    await addFault(url, { target: "webhooks", kind: "duplicate", n: 2, times: 1 });
    await stripeFor(sandbox).customers.create({ name: "thrice" });
    await expect.poll(() => customers(hook.received)).toEqual(["thrice", "thrice", "thrice"]);
    expect(new Set(hook.received.map(({ event }) => event.id)).size).toBe(1);
  });

  test("overtakes an earlier one", async () => {
    const hook = await openHook();
    const { url, ...sandbox } = await openSandbox({ webhookUrl: hook.url });
    const stripe = stripeFor(sandbox);
    await addFault(url, { target: "webhooks", kind: "reorder", ms: 60_000, times: 1 });
    await stripe.customers.create({ name: "first" });
    await stripe.customers.create({ name: "second" });
    await expect.poll(() => customers(hook.received)).toEqual(["second", "first"]);
  });

  test("comes late", async () => {
    const hook = await openHook();
    const { url, ...sandbox } = await openSandbox({ webhookUrl: hook.url });
    await addFault(url, { target: "webhooks", kind: "late", ms: 200, times: 1 });
    const before = performance.now();
    await stripeFor(sandbox).customers.create({ name: "late" });
    await expect.poll(() => customers(hook.received)).toEqual(["late"]);
    expect(performance.now() - before).toBeGreaterThanOrEqual(199);
  });
});

test("a forged webhook comes beside the true one, once, and shows whether it was believed", async () => {
  const hook = await openHook();
  hook.answer(400);
  const { url, ...sandbox } = await openSandbox({ webhookUrl: hook.url, webhookSecret: "whsec_true" });
  const stripe = stripeFor(sandbox);
  await addFault(url, { target: "webhooks", kind: "forge", times: 1 });
  await stripe.customers.create({ name: "whoever" });
  const isGenuine = ({ body, signature }: { body: string; signature: string }) => {
    try {
      return Boolean(stripe.webhooks.constructEvent(body, signature, "whsec_true"));
    } catch {
      return false;
    }
  };
  const forgedOnes = () => hook.received.filter((each) => !isGenuine(each));
  await expect.poll(forgedOnes).toHaveLength(1);
  await expect.poll(() => hook.received.filter(isGenuine).length).toBeGreaterThan(0);
  const [forged, ...others] = forgedOnes();
  expect(others).toEqual([]);
  expect((await stripe.events.list()).data.map(({ id }) => id)).not.toContain(forged?.event.id);
  type State = { deliveries: { status: string; forged?: boolean }[] };
  const statuses = async () =>
    ((await (await fetch(`${url}/sandbox/state`)).json()) as State).deliveries.map((each) => [
      each.forged,
      each.status,
    ]);
  await expect.poll(statuses).toContainEqual([true, "refused"]);
  hook.answer(200);
  await addFault(url, { target: "webhooks", kind: "forge", times: 1 });
  await stripe.customers.create({ name: "whoever" });
  await expect.poll(statuses).toContainEqual([true, "delivered"]);
});

test.each([
  ["sendgrid", "/v3/mail/send", "timeoutAfterEffect"],
  ["sendgrid", "/v3/mail/send", "cut"],
  ["twilio", "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json", "timeoutAfterEffect"],
  ["twilio", "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json", "cut"],
])("%s accepts a message on %s and does not say so: %s", async (target, path, kind) => {
  const { url } = await openSandbox();
  await addFault(url, { target, kind });
  const mail = {
    ...{ personalizations: [{ to: [{ email: "ada@example.com" }] }], from: { email: "shop@example.com" } },
    ...{ subject: "Hello", content: [{ type: "text/plain", value: "Hello" }], custom_args: { reference: "r-1" } },
  };
  const sms = new URLSearchParams({ To: "+4930123456", From: "Tradepost", Body: "Hello" });
  const request = {
    sendgrid: {
      headers: { authorization: "Bearer SG.key", "content-type": "application/json" },
      body: JSON.stringify(mail),
    },
    twilio: { headers: { authorization: `Basic ${btoa("AC00000000000000000000000000000000:token")}` }, body: sms },
  }[target as "sendgrid" | "twilio"];
  const call = fetch(url + path, { method: "POST", ...request, signal: AbortSignal.timeout(2_000) });
  await expect(call.then((response) => response.text())).rejects.toThrow();
  const state = (await (await fetch(`${url}/sandbox/state`)).json()) as { messages: object[] };
  expect(state.messages).toHaveLength(1);
  if (target === "sendgrid") expect(state.messages).toMatchObject([{ customArgs: { reference: "r-1" } }]);
});

test("mail and text messages fail as told, in their providers' words", async () => {
  const { url } = await openSandbox();
  await addFault(url, { target: "sendgrid", kind: "status", status: 503 });
  await addFault(url, { target: "twilio", kind: "status", status: 429 });
  const mail = await fetch(`${url}/v3/mail/send`, { method: "POST", headers: { authorization: "Bearer SG.key" } });
  expect([mail.status, await mail.json()]).toMatchObject([503, { errors: [{ message: "internal error" }] }]);
  const sms = await fetch(`${url}/2010-04-01/Accounts/AC1/Messages.json`, { method: "POST" });
  expect([sms.status, await sms.json()]).toMatchObject([429, { code: 20429 }]);
});

test("a probability with a seed hits the same calls each time", async () => {
  const hitsOf = async () => {
    const { url, ...sandbox } = await openSandbox();
    const stripe = stripeFor(sandbox);
    await addFault(url, { target: "stripe", kind: "status", probability: 0.5, seed: 42 });
    const outcomes: boolean[] = [];
    for (let call = 0; call < 12; call += 1) outcomes.push(await stripe.events.list().then(Boolean, () => false));
    return outcomes;
  };
  const first = await hitsOf();
  expect(first).toContain(true);
  expect(first).toContain(false);
  expect(await hitsOf()).toEqual(first);
});

test("faults are listed with their hits, removed one by one or all, and checked", async () => {
  const { url } = await openSandbox();
  const { status, body } = await addFault(url, { target: "stripe", kind: "status", status: 502 });
  expect(status).toBe(201);
  await fetch(`${url}/v1/events`);
  const list = async () => ((await (await fetch(`${url}/sandbox/faults`)).json()) as { items: object[] }).items;
  expect(await list()).toMatchObject([{ id: body.id, status: 502, hits: 1 }]);
  expect((await fetch(`${url}/sandbox/faults/${body.id}`, { method: "DELETE" })).status).toBe(204);
  expect((await fetch(`${url}/sandbox/faults/${body.id}`, { method: "DELETE" })).status).toBe(404);
  await addFault(url, { target: "stripe", kind: "reset" });
  expect((await fetch(`${url}/sandbox/faults`, { method: "DELETE" })).status).toBe(204);
  expect(await list()).toEqual([]);

  expect((await addFault(url, { target: "stripe", kind: "lose" })).status).toBe(400);
  expect((await addFault(url, { target: "webhooks", kind: "reset" })).status).toBe(400);
  expect((await addFault(url, { target: "stripe", kind: "delay", match: { path: "(" } })).status).toBe(400);
});
