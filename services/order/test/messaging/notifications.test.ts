import { randomInt, randomUUID, randomUUIDv7 } from "node:crypto";
import type { EventContract, Payload } from "@tradepost/contracts/event";
import { type Order, orderCancelled, orderConfirmed, orderShipped } from "@tradepost/contracts/order";
import { paymentRefunded, paymentRefundFailed } from "@tradepost/contracts/payment";
import type { Sql } from "@tradepost/postgres/sql";
import { type Sandbox, startSandbox } from "@tradepost/sandbox/start-sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createMailProvider } from "../../src/clients/sendgrid.ts";
import { createTwilio } from "../../src/clients/twilio.ts";
import { mailShopper } from "../../src/use-cases/mail-shopper.ts";
import { textShopper } from "../../src/use-cases/text-shopper.ts";
import { address } from "../order-fixtures.ts";
import { type Providers, type Stage, startStage } from "../order-stage.ts";
import { createStory, type Story } from "../order-story.ts";
import { addFault, inboxOf } from "../sandbox-client.ts";

/** The whole way of a message: event, ledger in PostgreSQL, the provider's client, the provider's HTTP API. */
let sandbox: Sandbox;
let providers: Providers;
let stage: Stage;
let story: Story;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  const options = { baseUrl: sandbox.url, timeoutMs: 20_000 };
  const from = { email: "shop@example.com", name: "Tradepost" };
  providers = {
    mailProvider: createMailProvider({ ...options, apiKey: "SG.test", from }),
    smsProvider: createTwilio({ ...options, accountSid: `AC${"0".repeat(32)}`, authToken: "token", from: "Tradepost" }),
  };
  stage = await startStage(providers);
  story = createStory(stage);
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => {
  await stage.stop();
  await sandbox.close();
});

const newPhone = () => `+4915${randomInt(1e9, 1e10 - 1)}`;

/** A confirmed order of somebody who is nobody else, with the text messages that were asked for. */
async function confirmed({ smsUpdates = true, locale = "en" } = {}) {
  const [phone, email] = [newPhone(), `${randomUUID()}@example.com`];
  const shippingAddress = { ...address, phone };
  const { order } = await story.place({ email, shippingAddress, smsUpdates }, { "accept-language": locale });
  await story.captured(order.id);
  return { order, phone, email };
}

type Channel = "mail" | "text";
const channels = [
  { channel: "mail", target: "sendgrid" },
  { channel: "text", target: "twilio" },
] as const;

/** The event as its consumer is given it, again and again if need be. */
function messageOf<E extends EventContract>(event: E, payload: Payload<E>, consumer: string) {
  const message = event.envelope.parse({
    ...{ id: randomUUIDv7(), name: event.name, version: event.version, aggregateId: "x" },
    ...{ occurredAt: new Date().toISOString(), payload },
  });
  const found = stage.consumers.find(({ name }) => name === consumer);
  if (!found) throw new Error(`there is no consumer ${consumer}`);
  return { id: message.id as string, handle: () => found.handle(message as never) };
}

const stories = {
  confirmation: (order: Order, channel: Channel) =>
    messageOf(
      orderConfirmed,
      {
        ...{ orderId: order.id, number: order.number, userId: null, cartId: randomUUIDv7(), total: order.total },
        lines: [],
      },
      `${channel}-confirmation`,
    ),
  shipping: (order: Order, channel: Channel) =>
    messageOf(
      orderShipped,
      {
        ...{ orderId: order.id, number: order.number, shipmentId: randomUUIDv7(), carrier: "dhl", lines: [] },
        ...{ trackingNumber: "JJD1", trackingUrl: "https://dhl.example/JJD1", shippedAt: new Date().toISOString() },
      },
      `${channel}-shipping`,
    ),
  cancellation: (order: Order, channel: Channel) =>
    messageOf(
      orderCancelled,
      { orderId: order.id, number: order.number, reason: "shopper", lines: [] },
      `${channel}-cancellation`,
    ),
  refund: (order: Order, channel: Channel) =>
    messageOf(
      paymentRefunded,
      {
        ...{ paymentId: "pi_1", orderId: order.id, refundId: null, providerRefundId: `re_${randomUUIDv7()}` },
        ...{ amount: { amount: 1000, currency: "EUR" }, reason: null, refundedAt: new Date().toISOString() },
      },
      `${channel}-refund`,
    ),
};
type Kind = keyof typeof stories;
const kinds = Object.keys(stories) as Kind[];

const receivedBy = async (channel: Channel, { phone, email }: { phone: string; email: string }) =>
  inboxOf(sandbox, channel === "mail" ? email : phone);
/** As if the attempt had begun long ago. */
const ageAttempts = (eventId: string) =>
  stage.postgres.query("UPDATE notifications SET started_at = now() - interval '1 minute' WHERE event_id = $1", [
    eventId,
  ]);
const ledgerOf = async (eventId: string) =>
  (
    await stage.postgres.query<{ sent_at: Date | null; failed_at: Date | null; failure: string | null }>(
      "SELECT sent_at, failed_at, failure FROM notifications WHERE event_id = $1",
      [eventId],
    )
  ).rows;
const undeliverable = async () =>
  [...(await stage.metrics.registry.metrics()).matchAll(/^order_notifications_undeliverable_total\S* (\d+)/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );

describe.each(channels)("the ledger of $channel messages", ({ channel, target }) => {
  it.each(kinds)("lets one %s out, however often and at once its event comes", async (kind) => {
    const who = await confirmed();
    const message = stories[kind](who.order, channel);
    await Promise.allSettled(Array.from({ length: 5 }, message.handle));
    await message.handle();
    expect(await receivedBy(channel, who)).toHaveLength(1);
    expect(await ledgerOf(message.id)).toMatchObject([{ sent_at: expect.any(Date), failed_at: null }]);
  });

  it("is what keeps them single: without it each delivery reaches the shopper", async () => {
    const who = await confirmed();
    const query: Sql["query"] = (text, values) =>
      text.includes("notifications") ? Promise.resolve({ rows: [], rowCount: 1 }) : stage.postgres.query(text, values);
    const deps = { ...providers, sql: { query }, now: () => new Date(), onUndeliverable: () => {} };
    const event = { id: randomUUIDv7(), occurredAt: new Date().toISOString(), orderId: who.order.id };
    const tell = {
      mail: mailShopper({ ...deps, storefrontUrl: "https://shop.example", orderTokenKey: "o".repeat(32) }),
      text: textShopper(deps),
    }[channel];
    for (let i = 0; i < 2; i++) await tell(event, { template: "order-confirmed" });
    expect(await receivedBy(channel, who)).toHaveLength(2);
  });

  it("lets another event's message out, though its words are the same", async () => {
    const who = await confirmed();
    for (let i = 0; i < 2; i++) await stories.refund(who.order, channel).handle();
    expect(await receivedBy(channel, who)).toHaveLength(2);
  });

  it("sends nothing again when the provider took it and the answer was lost", async () => {
    const who = await confirmed();
    const message = stories.shipping(who.order, channel);
    await addFault(sandbox, { target, kind: "reset", when: "after", match: { method: "POST" }, times: 1 });
    await expect(message.handle()).rejects.toMatchObject({ unavailable: true });
    await expect(message.handle()).rejects.toMatchObject({ name: "Unsettled", unavailable: true });
    await ageAttempts(message.id);
    await message.handle();
    expect(await receivedBy(channel, who)).toHaveLength(1);
    expect(await ledgerOf(message.id)).toMatchObject([{ sent_at: expect.any(Date) }]);
  });

  it("sends nothing again when a crash came before the note, also beside the same order's other messages", async () => {
    const who = await confirmed();
    const message = stories.confirmation(who.order, channel);
    await message.handle();
    await stories.shipping(who.order, channel).handle();
    await stage.postgres.query("UPDATE notifications SET sent_at = NULL WHERE event_id = $1", [message.id]);
    await ageAttempts(message.id);
    await Promise.allSettled(Array.from({ length: 5 }, message.handle));
    expect(await receivedBy(channel, who)).toHaveLength(2);
  });

  it("sends, once, what a crash kept from the provider", async () => {
    const who = await confirmed();
    const message = stories.confirmation(who.order, channel);
    await addFault(sandbox, { target, kind: "reset", times: 1 });
    await expect(message.handle()).rejects.toMatchObject({ unavailable: true });
    expect(await receivedBy(channel, who)).toHaveLength(0);
    await ageAttempts(message.id);
    await Promise.allSettled(Array.from({ length: 5 }, message.handle));
    expect(await receivedBy(channel, who)).toHaveLength(1);
  });

  it("sends nothing while the provider cannot say whether it took the message", async () => {
    const who = await confirmed();
    const message = stories.confirmation(who.order, channel);
    await addFault(sandbox, { target, kind: "reset", when: "after", match: { method: "POST" }, times: 1 });
    await expect(message.handle()).rejects.toMatchObject({ unavailable: true });
    await ageAttempts(message.id);
    await addFault(sandbox, { target, kind: "status", status: 503, match: { method: "GET" }, times: 1 });
    await expect(message.handle()).rejects.toMatchObject({ unavailable: true });
    await ageAttempts(message.id);
    await message.handle();
    expect(await receivedBy(channel, who)).toHaveLength(1);
  });

  it("writes down a recipient who is refused for good, raises an alarm once, and lets the event go", async () => {
    const { order } = await confirmed();
    const bad = channel === "mail" ? { email: "ada@localhost" } : { phone: "+15005550001" };
    await stage.postgres.query(
      "UPDATE orders SET email = coalesce($2, email), shipping_address = shipping_address || $3 WHERE id = $1",
      [order.id, bad.email ?? null, JSON.stringify(bad.phone ? { phone: bad.phone } : {})],
    );
    const before = await undeliverable();
    const message = stories.confirmation(order, channel);
    for (let i = 0; i < 3; i++) {
      await message.handle();
      await ageAttempts(message.id);
    }
    expect(await undeliverable()).toBe(before + 1);
    expect(await ledgerOf(message.id)).toMatchObject([
      { sent_at: null, failed_at: expect.any(Date), failure: expect.stringMatching(/refuses the (address|number)/) },
    ]);
  });
});

describe("what a shopper reads", () => {
  it.each([
    ["en", "Your order {} is on its way", "Follow your parcel: https://dhl.example/JJD1", "is on its way with DHL"],
    ["de", "Ihre Bestellung {} ist unterwegs", "Sendung verfolgen: https://dhl.example/JJD1", "ist mit DHL unterwegs"],
  ])("about a parcel, in %s", async (locale, subject, link, sms) => {
    const who = await confirmed({ locale });
    for (const channel of ["mail", "text"] as const) await stories.shipping(who.order, channel).handle();
    const [mail] = await receivedBy("mail", who);
    expect(mail?.subject).toBe(subject.replace("{}", who.order.number));
    for (const part of ["DHL", "JJD1", link]) expect(mail?.text).toContain(part);
    expect(mail?.html).toContain('href="https://dhl.example/JJD1"');
    expect((await receivedBy("text", who))[0]?.text).toContain(sms);
  });

  it.each([
    ["en", "Your refund of €10.00 for order {} could not be delivered", "We are looking for another way"],
    ["de", "Ihre Erstattung von 10,00\u00a0€ für die Bestellung {} kam nicht an", "Wir suchen einen anderen Weg"],
  ])("about money that came back from the bank, once, in %s", async (locale, subject, words) => {
    const who = await confirmed({ locale });
    const failed = (providerRefundId: string | null) =>
      messageOf(
        paymentRefundFailed,
        {
          ...{ paymentId: "pi_1", orderId: who.order.id, refundId: randomUUIDv7(), providerRefundId },
          ...{ amount: { amount: 1000, currency: "EUR" }, reason: "expired_or_canceled_card" },
        },
        "mail-refund-failure",
      );
    const message = failed(`re_${randomUUIDv7()}`);
    await Promise.allSettled(Array.from({ length: 5 }, message.handle));
    await message.handle();
    // One that Stripe refused at once was never on its way.
    await failed(null).handle();
    const mails = await receivedBy("mail", who);
    expect(mails.map((mail) => mail.subject)).toEqual([subject.replace("{}", who.order.number)]);
    expect(mails[0]?.text).toContain(words);
    expect(mails[0]?.html).toContain(`/orders/${who.order.id}`);
    expect(await ledgerOf(message.id)).toMatchObject([{ sent_at: expect.any(Date), failed_at: null }]);
  });

  it("is no text message unless it was asked for", async () => {
    const who = await confirmed({ smsUpdates: false });
    for (const kind of kinds) await stories[kind](who.order, "text").handle();
    expect(await receivedBy("text", who)).toEqual([]);
  });

  it("comes by mail while Twilio is away, through queues of its own", async () => {
    const who = await confirmed();
    await addFault(sandbox, { target: "twilio", kind: "status", status: 500 });
    for (const kind of kinds) {
      await expect(stories[kind](who.order, "text").handle()).rejects.toMatchObject({ unavailable: true });
      await stories[kind](who.order, "mail").handle();
    }
    expect(await receivedBy("mail", who)).toHaveLength(kinds.length);
    const names = stage.consumers.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
