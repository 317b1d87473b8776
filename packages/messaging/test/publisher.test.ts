import { waitFor } from "@tradepost/testing/wait-for";
import { afterEach, beforeEach, expect, it } from "vitest";
import { BrokerUnavailable } from "../src/broker-unavailable.ts";
import { createPublisher } from "../src/publisher.ts";
import { raceAbort } from "../src/race-abort.ts";
import { bellRung, newEnvelope, type Rig, startRig } from "./rig.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

/** A queue that holds what is published, and a look at its first message. */
async function bindQueue(queue: string) {
  const channel = await rig.broker.openChannel();
  await rig.publisher.ready(AbortSignal.timeout(30_000));
  await channel.assertQueue(queue, { durable: true });
  await channel.bindQueue(queue, "tradepost.events", bellRung.routingKey);
  return () => waitFor(() => channel.get(queue, { noAck: true }));
}

it("resolves when the broker has stored the event, durably and with its identity", async () => {
  const take = await bindQueue("all");
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const envelope = { ...newEnvelope(), traceparent };
  await rig.publish(envelope);
  expect(await rig.depth("all")).toBe(1);
  expect(await take()).toMatchObject({
    fields: { exchange: "tradepost.events", routingKey: "bell.rung.v1" },
    properties: {
      messageId: envelope.id,
      type: "bell.rung.v1",
      deliveryMode: 2,
      contentType: "application/json",
      timestamp: Math.floor(Date.parse(envelope.occurredAt) / 1_000),
      headers: { traceparent },
    },
  });
});

it("publishes an event that nobody wants", async () => {
  await expect(rig.publisher.publish(newEnvelope(), "nobody.wants.v1")).resolves.toBeUndefined();
});

it("refuses to send to a queue that does not exist", async () => {
  await expect(rig.publisher.sendToQueue("nowhere", Buffer.from("{}"), {})).rejects.toThrow("nowhere does not exist");
});

it("passes on that the broker refuses a message, and goes on", async () => {
  const channel = await rig.broker.openChannel();
  const full = { "x-max-length": 0, "x-overflow": "reject-publish" };
  await channel.assertQueue("full", { durable: true, arguments: full });
  const refused = rig.publisher.sendToQueue("full", Buffer.from("{}"), {});
  await expect(refused).rejects.toThrow("RabbitMQ refused the message");
  await expect(refused).rejects.not.toBeInstanceOf(BrokerUnavailable);
  await rig.publish(newEnvelope());
});

it("opens a new channel, and declares what it needs, after an error has closed the old one", async () => {
  await rig.publish(newEnvelope());
  const channel = await rig.broker.openChannel();
  await channel.deleteExchange("tradepost.events");
  await expect(rig.publish(newEnvelope())).rejects.toMatchObject({ unavailable: true });
  await expect(rig.publish(newEnvelope())).resolves.toBeUndefined();
  expect(rig.log.lines).toContainEqual(
    expect.objectContaining({ fields: expect.objectContaining({ reason: expect.stringContaining("NOT_FOUND") }) }),
  );
});

it("writes nothing while the broker is blocked, so that retries do not become copies", async () => {
  const blockade = Promise.withResolvers<void>();
  const blocked = { ...rig.broker, unblocked: (signal: AbortSignal) => raceAbort(blockade.promise, signal) };
  const publisher = createPublisher(blocked, { confirmTimeoutMs: 500 });
  await bindQueue("all");
  const envelope = newEnvelope();
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await expect(publisher.publish(envelope, bellRung.routingKey)).rejects.toMatchObject({ unavailable: true });
  }
  await expect(publisher.ready(AbortSignal.timeout(50))).rejects.toMatchObject({ unavailable: true });
  blockade.resolve();
  await publisher.ready(AbortSignal.timeout(30_000));
  await publisher.publish(envelope, bellRung.routingKey);
  expect(await rig.depth("all")).toBe(1);
  await publisher.close();
});
