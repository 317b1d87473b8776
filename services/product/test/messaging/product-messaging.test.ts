import { randomUUIDv7 } from "node:crypto";
import type { EventContract, Payload } from "@tradepost/contracts/event";
import { orderCancelled, orderConfirmed } from "@tradepost/contracts/order";
import { stockShortfall } from "@tradepost/contracts/product";
import { connectBroker } from "@tradepost/messaging/connection";
import { defineConsumer } from "@tradepost/messaging/consumer-contract";
import { createPublisher } from "@tradepost/messaging/publisher";
import { startMessaging } from "@tradepost/messaging/start-messaging";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { productConsumers } from "../../src/messaging/product-consumers.ts";
import { createReservationOutbox } from "../../src/storage/reservation-outbox.ts";
import { startProductService } from "../product-service.ts";
import { levelOf, line, newOrder, putStock, until } from "../stock-harness.ts";

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

let service: Awaited<ReturnType<typeof startProductService>>;
let messaging: Awaited<ReturnType<typeof startMessaging>>;
let broker: Awaited<ReturnType<typeof connectBroker>>;
let publisher: ReturnType<typeof createPublisher>;
let listener: Awaited<ReturnType<typeof startMessaging>>;
const shortfalls: Payload<typeof stockShortfall>[] = [];

beforeAll(async () => {
  service = await startProductService();
  const url = service.config.RABBITMQ_URL;
  const log = quiet;
  messaging = await startMessaging({
    url,
    log,
    service: "product",
    consumers: productConsumers(service.useCases),
    outbox: createReservationOutbox(service.collections, { pollMs: 50 }),
    retryDelaysMs: [50, 50],
  });
  const hear = defineConsumer({
    service: "order",
    name: "hear-shortfall",
    events: [stockShortfall],
    handle: async ({ payload }) => {
      shortfalls.push(payload);
    },
  });
  listener = await startMessaging({ url, log, service: "order", consumers: [hear] });
  broker = await connectBroker({ url, log });
  publisher = createPublisher(broker);
  const waitingQueue = async (queue: string) => {
    const channel = await broker.openChannel();
    channel.on("error", () => {});
    const { consumerCount } = await channel.checkQueue(queue);
    await channel.close();
    return consumerCount > 0;
  };
  for (const queue of ["product.sell-hold", "product.release-hold", "order.hear-shortfall"]) {
    await waitFor(() => waitingQueue(queue), { what: `a consumer of ${queue}` });
  }
});
beforeEach(async () => {
  await service.collections.stock.deleteMany({});
  await putStock(service.collections, "MUG-BLUE", 5);
});
afterAll(async () => {
  await messaging.stop();
  await listener.stop();
  await publisher.close();
  await broker.close();
  await service.stop();
});

async function publish<E extends EventContract>(event: E, orderId: string, payload: Payload<E>): Promise<void> {
  const envelope = event.envelope.parse({
    id: randomUUIDv7(),
    name: event.name,
    version: event.version,
    aggregateId: orderId,
    occurredAt: new Date().toISOString(),
    payload,
  });
  await publisher.publish(envelope, event.routingKey);
}
const confirm = (orderId: string, quantity: number) =>
  publish(orderConfirmed, orderId, {
    orderId,
    number: "T-1",
    userId: null,
    cartId: crypto.randomUUID(),
    lines: [line("MUG-BLUE", quantity)],
    total: { amount: 1800, currency: "EUR" },
  });
const cancel = (orderId: string, quantity: number) =>
  publish(orderCancelled, orderId, { orderId, number: "T-1", reason: "expired", lines: [line("MUG-BLUE", quantity)] });
const stateIs = (orderId: string, state: string) =>
  waitFor(async () => (await service.collections.reservations.findOne({ _id: orderId }))?.state === state, {
    what: `the reservation to be ${state}`,
  });

describe("order.confirmed", () => {
  it("sells what was held, once, however often it arrives", async () => {
    const order = newOrder();
    await service.useCases.holdStock(order, [line("MUG-BLUE", 2)], until());
    await Promise.all([confirm(order, 2), confirm(order, 2), confirm(order, 2)]);
    await stateIs(order, "sold");
    await confirm(order, 2);
    const last = newOrder();
    await confirm(last, 1);
    await stateIs(last, "sold");
    expect(await levelOf(service.collections, "MUG-BLUE")).toEqual({ onHand: 2, available: 2, held: 0 });
  });

  it("tells the order service, through the outbox, what cannot be sold", async () => {
    const order = newOrder();
    await confirm(order, 7);
    const told = await waitFor(() => shortfalls.find(({ orderId }) => orderId === order), { what: "stock.shortfall" });
    expect(told.lines).toEqual([{ sku: "MUG-BLUE", requested: 7, available: 5 }]);
    await waitFor(
      async () => (await service.collections.reservations.findOne({ _id: order }))?.pendingEvents.length === 0,
      { what: "the published event to leave the outbox" },
    );
    expect(shortfalls.filter(({ orderId }) => orderId === order)).toHaveLength(1);
  });
});

describe("order.cancelled", () => {
  it("gives back what was held", async () => {
    const order = newOrder();
    await service.useCases.holdStock(order, [line("MUG-BLUE", 2)], until());
    await Promise.all([cancel(order, 2), cancel(order, 2)]);
    await stateIs(order, "released");
    expect(await levelOf(service.collections, "MUG-BLUE")).toEqual({ onHand: 5, available: 5, held: 0 });
  });

  it("puts back what was sold, also when it overtakes the confirmation", async () => {
    const [sold, overtaken] = [newOrder(), newOrder()];
    await confirm(sold, 2);
    await stateIs(sold, "sold");
    await cancel(sold, 2);
    await stateIs(sold, "returned");
    await cancel(overtaken, 1);
    await stateIs(overtaken, "released");
    await confirm(overtaken, 1);
    const last = newOrder();
    await confirm(last, 1);
    await stateIs(last, "sold");
    expect(await levelOf(service.collections, "MUG-BLUE")).toEqual({ onHand: 4, available: 4, held: 0 });
  });
});
