import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectBroker } from "../src/connection.ts";
import { startConsumer } from "../src/consumer.ts";
import { defineConsumer } from "../src/consumer-contract.ts";
import { createPublisher } from "../src/publisher.ts";
import { bellRung, newEnvelope, type Rig, recordingLog, startRig } from "./rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

it("lets replicas declare the same consumer at once, and shares the work between them", async () => {
  const handled: string[] = [];
  const replica = (name: string) =>
    defineConsumer({
      service: "test",
      name: "replicated",
      events: [bellRung],
      prefetch: 1,
      handle: async () => handled.push(name),
    });
  await Promise.all(["a", "b", "c"].map((name) => rig.consume(replica(name))));
  for (let stroke = 1; stroke <= 30; stroke += 1) await rig.publish(newEnvelope(stroke));
  await waitFor(() => handled.length === 30);
  expect(new Set(handled)).toEqual(new Set(["a", "b", "c"]));
});

it("keeps the messages of a retry queue when the pauses change", async () => {
  let fails = true;
  let handled = 0;
  const consumer = defineConsumer({
    service: "test",
    name: "repaced",
    events: [bellRung],
    handle: async () => {
      if (fails) throw new Error("not yet");
      handled += 1;
    },
  });
  const old = await rig.consume(consumer, { retryDelaysMs: [1_000] });
  await rig.publish(newEnvelope());
  await waitFor(async () => (await rig.depth("test.repaced.retry.1000")) === 1);
  await old.stop();
  fails = false;
  await rig.consume(consumer, { retryDelaysMs: [10, 20] });
  await waitFor(() => handled === 1);
});

it("says why it cannot consume from a queue that is not as it should be, and does so once that is mended", async () => {
  const channel = await rig.broker.openChannel();
  await channel.assertQueue("test.misfit", { durable: true });
  const log = recordingLog();
  const broker = await connectBroker({ url: rig.url, log });
  const publisher = createPublisher(broker);
  const consumer = defineConsumer({ service: "test", name: "misfit", events: [bellRung], handle: async () => {} });
  const running = startConsumer(broker, consumer, { publisher });
  await waitFor(() => log.lines.some(({ fields }) => /PRECONDITION.*'test.misfit'/.test(String(fields.reason))));
  await expect(running.ready(AbortSignal.timeout(50))).rejects.toMatchObject({ unavailable: true });
  await channel.deleteQueue("test.misfit");
  await running.ready(AbortSignal.timeout(30_000));
  await running.stop();
  await publisher.close();
  await broker.close();
});

it("keeps two shops on one broker apart by their prefix", async () => {
  const broker = await connectBroker({ url: rig.url, log: rig.log, prefix: "other." });
  const publisher = createPublisher(broker);
  const received: string[] = [];
  const listenerOf = (shop: string) =>
    defineConsumer({ service: "test", name: "apart", events: [bellRung], handle: async () => received.push(shop) });
  const other = startConsumer(broker, listenerOf("other"), { publisher });
  await other.ready(AbortSignal.timeout(30_000));
  await rig.consume(listenerOf("ours"));
  await publisher.publish(newEnvelope(), bellRung.routingKey);
  await waitFor(() => received.length > 0);
  await rig.publish(newEnvelope());
  await waitFor(() => received.length > 1);
  expect(received).toEqual(["other", "ours"]);
  await other.stop();
  await publisher.close();
  await broker.close();
});
