import { randomBytes, randomUUIDv7 } from "node:crypto";
import * as contract from "@tradepost/contracts/order";
import { userErased } from "@tradepost/contracts/user";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginNotification } from "../../src/storage/notification-ledger.ts";
import { address } from "../order-fixtures.ts";
import { type Stage, shopper, startStage } from "../order-stage.ts";
import { createStory, dhl, type Story } from "../order-story.ts";

let stage: Stage;
let story: Story;
beforeAll(async () => {
  stage = await startStage();
  story = createStory(stage);
});
afterAll(() => stage.stop());

/** Of letters alone: among the digits of one in a thousand there would be what passes for the number of a card. */
const mark = `canary${Array.from(randomBytes(24), (byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;
const EUR = (amount: number) => ({ amount, currency: "EUR" as const });
const personal = {
  ...{ email: `${mark}@example.com` },
  shippingAddress: { ...address, name: mark, line1: mark, city: mark, region: "Berlin", phone: "+4930123456" },
};

/** An order of a signed-in shopper. */
async function place(userId: string, more: object = {}): Promise<contract.Order> {
  const reply = await stage.appFor(shopper(userId)).inject({
    ...{ method: "POST", url: "/v1/orders", headers: { "idempotency-key": randomUUIDv7() } },
    payload: { ...personal, shippingOptionId: "standard", expectedTotal: EUR(4290), ...more },
  });
  return contract.PlacedOrder.parse(reply.json()).order;
}

async function delivered(userId: string): Promise<string> {
  const { id } = await place(userId);
  await story.captured(id);
  await story.ship(id, { ...dhl, trackingNumber: mark, trackingUrl: `https://dhl.example/${mark}` });
  await story.arrive(id);
  return id;
}

const erase = (userId: string) => story.deliver(userErased, { userId });
const rowOf = async (id: string) =>
  (await stage.postgres.query<Record<string, unknown>>("SELECT * FROM orders WHERE id = $1", [id])).rows[0];

/** Every row of every table that holds the text, as text. */
async function holding(text: string): Promise<string[]> {
  const { rows: tables } = await stage.postgres.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await stage.postgres.query<{ row: string }>(
        `SELECT t::text AS row FROM "${name}" AS t WHERE t::text ILIKE '%' || $1 || '%'`,
        [text],
      );
      return rows.map(({ row }) => `${name}: ${row}`);
    }),
  );
  return found.flat();
}
const publishEverything = () => stage.postgres.query("UPDATE outbox SET published_at = now()");

describe("S16: a shopper who is erased", () => {
  it("leaves ended orders without a word about them, in any table, and what tax law asks for", async () => {
    const userId = randomUUIDv7();
    const id = await delivered(userId);
    await story.refund(id, { amount: EUR(1000), reason: `for ${mark}` });
    const [asked] = await story.refundsAskedOf(id);
    await story.refunded(id, 1000, asked?.refundId ?? "");
    for (const consumer of ["mail-confirmation", "mail-shipping"]) await tellOf(id, consumer);
    expect(await holding(mark)).not.toEqual([]);
    await publishEverything();
    await erase(userId);
    expect(await stage.useCases.sweepOrders()).toMatchObject({ anonymised: 1 });
    expect(await holding(mark)).toEqual([]);
    expect(await holding("+4930123456")).toEqual([]);
    expect(await holding(userId)).toEqual([expect.stringMatching(/^erased_users:/)]);
    expect(await rowOf(id)).toMatchObject({
      ...{ user_id: null, status: "delivered", total_cents: 4290, tax_cents: expect.any(Number) },
      ...{ lines: [expect.objectContaining({ sku: "MUG-BLUE", quantity: 2 })], placed_at: expect.any(Date) },
      shipping_address: {
        ...{ name: "erased", line1: "erased", city: "erased" },
        ...{ postalCode: "10", region: "Berlin", country: "DE" },
      },
    });
    const view = contract.StaffOrder.parse((await story.staffView(id)).json());
    expect(view).toMatchObject({ captured: EUR(4290), refunds: [{ amount: EUR(1000) }], refundable: EUR(3290) });
  });

  it("keeps an order under way as it is until it has ended and nothing is owed", async () => {
    const userId = randomUUIDv7();
    const { id } = await place(userId);
    await story.captured(id);
    await erase(userId);
    await stage.useCases.sweepOrders();
    expect(await rowOf(id)).toMatchObject({ email: personal.email, user_id: userId });
    await story.ship(id);
    await story.arrive(id);
    await story.refund(id, { amount: EUR(4290), reason: "came back" });
    expect(await stage.useCases.sweepOrders()).toMatchObject({ anonymised: 0 });
    const [asked] = await story.refundsAskedOf(id);
    await story.refunded(id, 4290, asked?.refundId ?? "");
    expect(await stage.useCases.sweepOrders()).toMatchObject({ anonymised: 1 });
    expect(await rowOf(id)).toMatchObject({ email: "erased", user_id: null });
  });

  it("is written to no more, and no recipient is noted after all", async () => {
    const userId = randomUUIDv7();
    const id = await delivered(userId);
    await erase(userId);
    await stage.useCases.sweepOrders();
    const before = stage.mails.length;
    await tellOf(id, "mail-shipping");
    expect(stage.mails).toHaveLength(before);
    // A message whose sender had read the order before.
    const message = { eventId: randomUUIDv7(), template: "late", recipient: personal.email, orderId: id };
    const times = { at: new Date(), unsettledSince: new Date() };
    expect(await beginNotification(stage.postgres, message, times)).toBe("running");
    expect(await holding(message.eventId)).toEqual([]);
  });

  it("is forgotten in an order that a request stores after the account is gone", async () => {
    const userId = randomUUIDv7();
    await erase(userId);
    const { id } = await place(userId);
    await stage.postgres.query("UPDATE orders SET status = 'cancelled' WHERE id = $1", [id]);
    expect(await stage.useCases.sweepOrders()).toMatchObject({ anonymised: 1 });
    expect(await rowOf(id)).toMatchObject({ email: "erased" });
  });

  it("is forgotten once by replicas that sweep at once, and never beside a refund that begins", async () => {
    const userId = randomUUIDv7();
    const ids = await Promise.all(Array.from({ length: 5 }, () => delivered(userId)));
    await erase(userId);
    const [refund] = await Promise.all([
      story.refund(String(ids[0]), { amount: EUR(100), reason: `for ${mark}` }),
      ...Array.from({ length: 4 }, () => stage.useCases.sweepOrders()),
    ]);
    expect(refund.statusCode).toBe(202);
    const rows = await Promise.all(ids.map(rowOf));
    for (const row of rows.slice(1)) expect(row).toMatchObject({ email: "erased", user_id: null });
    const [asked] = await story.refundsAskedOf(String(ids[0]));
    await story.refunded(String(ids[0]), 100, asked?.refundId ?? "");
    await stage.useCases.sweepOrders();
    expect(await rowOf(String(ids[0]))).toMatchObject({ email: "erased", user_id: null });
    const late = await story.refund(String(ids[1]), { amount: EUR(100), reason: `for ${mark}` });
    expect(late.json()).toMatchObject({ refundRequests: [{ reason: "erased" }] });
    const { rows: reasons } = await stage.postgres.query(
      "SELECT DISTINCT reason FROM refunds WHERE order_id = ANY ($1)",
      [ids],
    );
    expect(reasons).toEqual([{ reason: "erased" }]);
  });

  it("has nothing to do with anybody else's orders", async () => {
    const [erased, other] = [randomUUIDv7(), randomUUIDv7()];
    const id = await delivered(other);
    await erase(erased);
    await stage.useCases.sweepOrders();
    expect(await rowOf(id)).toMatchObject({ email: personal.email, user_id: other });
  });

  it("cannot come back by a request that is repeated", async () => {
    const userId = randomUUIDv7();
    const [{ id }, key] = [await place(userId), randomUUIDv7()];
    await story.captured(id);
    await story.ship(id);
    await story.arrive(id, key);
    await publishEverything();
    await erase(userId);
    await stage.useCases.sweepOrders();
    const { rows } = await stage.postgres.query<{ answer: contract.StaffOrder }>(
      "SELECT answer FROM idempotency_keys WHERE answer ->> 'id' = $1",
      [id],
    );
    expect(rows).toHaveLength(2);
    for (const { answer } of rows) expect(contract.Order.parse(answer)).toMatchObject({ id, email: "erased" });
    expect(JSON.stringify(rows)).not.toContain(mark);
  });
});

describe(`${contract.exportOrders.method} ${contract.exportOrders.path}`, () => {
  const read = (userId: string, query = "") =>
    stage.appFor().inject({
      ...{ method: "GET", url: `/internal/users/${userId}/orders${query}` },
      headers: { "x-service-token": stage.tokenOf("user") },
    });

  it("tells all that is kept, page by page, and not who of the staff worked on it", async () => {
    const userId = randomUUIDv7();
    const first = await delivered(userId);
    await story.refund(first, { amount: EUR(500) });
    await tellOf(first, "mail-confirmation");
    const second = (await place(userId)).id;
    await stage.postgres.query("UPDATE orders SET status = 'rejected' WHERE id = $1", [second]);
    const page = contract.exportOrders.success.body.parse((await read(userId, "?limit=1")).json());
    expect(page.items.map(({ id }) => id)).toEqual([second]);
    const rest = contract.exportOrders.success.body.parse((await read(userId, `?cursor=${page.nextCursor}`)).json());
    expect(rest).toMatchObject({
      nextCursor: null,
      items: [
        {
          ...{ id: first, email: personal.email, shippingAddress: personal.shippingAddress, locale: "en" },
          ...{ captured: EUR(4290), refundRequests: [{ amount: EUR(500), status: "requested" }] },
          messages: [{ template: "order-confirmed", recipient: personal.email, sentAt: expect.any(String) }],
        },
      ],
    });
    expect(JSON.stringify(rest)).not.toContain("requestedBy");
  });

  it("is for the user service alone", async () => {
    const refused = await stage.appFor().inject({
      ...{ method: "GET", url: `/internal/users/${randomUUIDv7()}/orders` },
      headers: { "x-service-token": stage.tokenOf("cart") },
    });
    expect(refused.json()).toMatchObject({ status: 403, code: "service.refused" });
  });
});

/** Delivers the last event of the order that the consumer wants, as the broker would. */
async function tellOf(orderId: string, consumer: string): Promise<void> {
  const found = stage.consumers.find(({ name }) => name === consumer);
  const [event] = found?.events ?? [];
  const message = (await story.eventsOf(orderId)).findLast(({ routing_key }) => routing_key === event?.routingKey);
  const stored = message?.envelope ?? {
    ...{
      id: randomUUIDv7(),
      name: event?.name,
      version: 1,
      aggregateId: orderId,
      occurredAt: new Date().toISOString(),
    },
    payload: { orderId, carrier: "dhl", trackingNumber: "JJD1", trackingUrl: null, lines: [] },
  };
  await found?.handle(stored as never);
}
