import { randomUUIDv7 } from "node:crypto";
import { auditRecorded } from "@tradepost/contracts/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, staffMember, startStage } from "../order-stage.ts";
import { createStory, dhl, type Story } from "../order-story.ts";

let stage: Stage;
let story: Story;
beforeAll(async () => {
  stage = await startStage();
  story = createStory(stage);
});
afterAll(() => stage.stop());

const EUR = (amount: number) => ({ amount, currency: "EUR" as const });
const entriesOf = async (orderId: string) =>
  (await story.eventsOf(`audit:order:${orderId}`)).map(
    ({ envelope }) => auditRecorded.envelope.parse(envelope).payload,
  );

describe("S15: what staff write to orders", () => {
  it("is told with who, what, before, after and when, in the transaction of the write", async () => {
    const [{ id }, grace] = [await story.confirmed(), staffMember()];
    const reply = await story.ship(id, dhl, undefined, grace);
    await story.refund(id, { amount: EUR(1000), reason: "Ada called" }, undefined, grace);
    const [shipment, refund, ...others] = await entriesOf(id);
    expect(others).toEqual([]);
    expect(shipment).toMatchObject({
      ...{ service: "order", route: "POST /v1/admin/orders/:orderId/shipments", actorId: grace.userId },
      ...{ subject: `order:${id}`, requestId: reply.headers["x-request-id"], before: { status: "confirmed" } },
      after: { status: "shipped", carrier: "dhl", shipmentId: reply.json().shipments[0].id },
    });
    expect(refund).toMatchObject({
      ...{ before: { refundable: EUR(4290) }, after: { refundable: EUR(3290), refundId: expect.any(String) } },
    });
    expect(JSON.stringify([shipment, refund])).not.toMatch(/Ada|JJD0000/);
    await story.arrive(id);
    expect((await entriesOf(id)).at(-1)).toMatchObject({
      ...{ route: "POST /v1/admin/orders/:orderId/delivery" },
      ...{ before: { status: "shipped" }, after: { status: "delivered" } },
    });
  });

  it("is told once when a request is repeated, and not at all when it is refused", async () => {
    const [{ id }, key, grace] = [await story.confirmed(), randomUUIDv7(), staffMember()];
    for (let i = 0; i < 3; i++) await story.refund(id, { amount: EUR(1000) }, key, grace);
    expect((await story.refund(id, { amount: EUR(9999) })).statusCode).toBe(422);
    expect((await story.arrive(id)).statusCode).toBe(409);
    expect(await entriesOf(id)).toHaveLength(1);
  });

  it("needs the permission of its kind: the warehouse ships and refunds nothing", async () => {
    const { id } = await story.confirmed();
    const warehouse = staffMember("orders.read", "orders.ship");
    expect((await story.refund(id, { amount: EUR(1) }, undefined, warehouse)).statusCode).toBe(403);
    expect((await story.ship(id, dhl, undefined, staffMember("orders.read", "orders.write"))).statusCode).toBe(403);
    expect((await story.ship(id, dhl, undefined, warehouse)).statusCode).toBe(201);
    expect(await entriesOf(id)).toHaveLength(1);
  });
});
