import { randomUUIDv7 } from "node:crypto";
import * as contract from "@tradepost/contracts/order";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, shopper, staffMember, startStage } from "../order-stage.ts";
import { createStory, dhl, type Story } from "../order-story.ts";

let stage: Stage;
let story: Story;
beforeAll(async () => {
  stage = await startStage();
  story = createStory(stage);
});
afterAll(() => stage.stop());

const keysOf = async (orderId: string) => (await story.eventsOf(orderId)).map(({ routing_key }) => routing_key);

describe(`${contract.shipOrder.method} ${contract.shipOrder.path}`, () => {
  it("moves a confirmed order through its states and tells of the parcel in the same transaction", async () => {
    const { id, orderToken } = await story.confirmed();
    const reply = await story.ship(id);
    expect(reply.statusCode).toBe(201);
    const view = contract.StaffOrder.parse(reply.json());
    expect(view.status).toBe("shipped");
    expect(view.history.map(({ status }) => status)).toEqual([
      ...["placing", "awaiting_payment", "confirmed", "fulfilling", "shipped"],
    ]);
    const trackingUrl = "https://www.dhl.com/global-en/home/tracking.html?tracking-id=JJD0000%2012%263";
    expect(view.shipments).toMatchObject([{ ...dhl, trackingUrl, deliveredAt: null }]);
    const [, shipped, ...others] = await story.eventsOf(id);
    expect(others).toEqual([]);
    expect(contract.orderShipped.envelope.parse(shipped?.envelope).payload).toEqual({
      ...{ orderId: id, number: view.number, shipmentId: view.shipments[0]?.id, ...dhl, trackingUrl },
      ...{ lines: [{ sku: "MUG-BLUE", quantity: 2 }], shippedAt: view.shipments[0]?.shippedAt },
    });
    const shown = await stage
      .appFor()
      .inject({ method: "GET", url: `/v1/orders/${id}`, headers: { "x-order-token": String(orderToken) } });
    expect(shown.json()).toMatchObject({ status: "shipped", shipments: view.shipments });
    expect(shown.json()).not.toHaveProperty("history");
  });

  it("takes the page that staff name, or none for a carrier without one", async () => {
    const trackingUrl = "https://parcels.example/7";
    const named = await story.ship((await story.confirmed()).id, {
      carrier: "other",
      trackingNumber: "7-7",
      trackingUrl,
    });
    expect(named.json().shipments).toMatchObject([{ trackingUrl }]);
    const unnamed = await story.ship((await story.confirmed()).id, { carrier: "other", trackingNumber: "7-7" });
    expect(unnamed.json().shipments).toMatchObject([{ trackingUrl: null }]);
  });

  it("ships an order once when ten members of staff do so at once", async () => {
    const { id } = await story.confirmed();
    const replies = await Promise.all(Array.from({ length: 10 }, () => story.ship(id)));
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect(new Set(replies.filter(({ statusCode }) => statusCode === 409).map((reply) => reply.json().code))).toEqual(
      new Set(["order.not_shippable"]),
    );
    expect(await keysOf(id)).toEqual(["order.confirmed.v1", "order.shipped.v1"]);
    expect((await story.staffView(id)).json().shipments).toHaveLength(1);
  });

  it("gives a repeat the first answer, and continues what a crash left without one", async () => {
    const { id } = await story.confirmed();
    const [key, staff] = [randomUUIDv7(), staffMember()];
    const first = await story.ship(id, dhl, key, staff);
    expect((await story.ship(id, dhl, key, staff)).body).toBe(first.body);
    await stage.postgres.query(
      "UPDATE idempotency_keys SET status = NULL, answer = NULL, locked_until = now() - interval '1 s' WHERE key = $1",
      [key],
    );
    const resumed = await story.ship(id, dhl, key, staff);
    expect([resumed.statusCode, resumed.json().shipments.length]).toEqual([201, 1]);
    expect(await keysOf(id)).toEqual(["order.confirmed.v1", "order.shipped.v1"]);
    expect((await story.ship(id, { ...dhl, carrier: "ups" }, key, staff)).json().code).toBe("idempotency.mismatch");
  });

  it("either ships or cancels, when both are wanted at once", async () => {
    for (let i = 0; i < 5; i++) {
      const { id, orderToken } = await story.confirmed();
      const [shipped, cancelled] = await Promise.all([story.ship(id), story.cancel(id, orderToken)]);
      const { status } = (await story.staffView(id)).json();
      expect([shipped.statusCode, cancelled.statusCode, status]).toEqual(
        status === "shipped" ? [201, 409, "shipped"] : [409, 200, "cancelled"],
      );
      expect((await story.refundsAskedOf(id)).length).toBe(status === "shipped" ? 0 : 1);
    }
  });

  it("is refused for an order that is not paid, cancelled, or not there", async () => {
    const { order, orderToken } = await story.place();
    expect((await story.ship(order.id)).json()).toMatchObject({
      orderStatus: "awaiting_payment",
      code: "order.not_shippable",
    });
    await story.cancel(order.id, orderToken);
    expect((await story.ship(order.id)).statusCode).toBe(409);
    expect((await story.ship(randomUUIDv7())).statusCode).toBe(404);
  });

  it.each([
    ["an unknown carrier", { carrier: "pigeon", trackingNumber: "123" }],
    ["no number", { carrier: "ups" }],
    ["a page that is a script", { ...dhl, trackingUrl: "javascript:alert(1)" }],
    ["a page without encryption", { ...dhl, trackingUrl: "http://parcels.example/7" }],
  ])("refuses %s", async (_, parcel) => {
    expect((await story.ship(randomUUIDv7(), parcel)).json()).toMatchObject({ code: "request.invalid" });
  });

  it("is for staff who may", async () => {
    const { id } = await story.confirmed();
    for (const who of [shopper(), staffMember("orders.read")])
      expect((await story.ship(id, dhl, undefined, who)).statusCode).toBe(403);
    expect((await story.staffView(id, shopper())).statusCode).toBe(403);
    expect((await story.staffView(id, staffMember("orders.read"))).json()).toMatchObject({ status: "confirmed" });
  });
});

describe(`${contract.recordDelivery.method} ${contract.recordDelivery.path}`, () => {
  it("notes that a shipped order has arrived, once", async () => {
    const { id } = await story.confirmed();
    expect((await story.arrive(id)).json()).toMatchObject({ code: "order.not_shipped" });
    await story.ship(id);
    const view = contract.StaffOrder.parse((await story.arrive(id)).json());
    expect(view.status).toBe("delivered");
    expect(view.shipments[0]?.deliveredAt).not.toBeNull();
    expect((await story.arrive(id)).json().history).toHaveLength(view.history.length);
    expect((await story.ship(id)).json().code).toBe("order.not_shippable");
  });
});
