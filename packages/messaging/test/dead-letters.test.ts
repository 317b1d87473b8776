import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type Consumer, defineConsumer } from "../src/consumer-contract.ts";
import { createDeadLetters } from "../src/dead-letters.ts";
import { bellRung, newEnvelope, type Rig, startRig } from "./rig.ts";

let rig: Rig;
let deadLetters: ReturnType<typeof createDeadLetters>;
let consumer: Consumer;
let failing = true;
let handled: number[] = [];
let serial = 0;

beforeAll(async () => {
  rig = await startRig();
  deadLetters = createDeadLetters(rig.broker, rig.publisher);
});
afterAll(() => rig.close());

beforeEach(async () => {
  failing = true;
  handled = [];
  serial += 1;
  consumer = defineConsumer({
    service: "test",
    name: `ring-${serial}`,
    events: [bellRung],
    handle: async ({ payload: { stroke } }) => {
      if (failing) throw new Error(stroke === 3 ? "too loud" : "the rope is torn");
      handled.push(stroke);
    },
  });
  await rig.consume(consumer, { retryDelaysMs: [5] });
});

/** Strokes 1, 2 and 3 fail, and a message that is no JSON. */
async function fillUp() {
  const envelopes = [1, 2, 3].map((stroke) => newEnvelope(stroke));
  for (const envelope of envelopes) {
    const properties = { messageId: envelope.id, type: "bell.rung.v1" };
    await rig.publisher.sendToQueue(`test.ring-${serial}`, Buffer.from(JSON.stringify(envelope)), properties);
  }
  await rig.publisher.sendToQueue(`test.ring-${serial}`, Buffer.from("{"), {});
  await waitFor(async () => (await deadLetters.count(consumer)) === 4, { what: "four dead letters" });
  return envelopes;
}

it("lists them with their story and leaves them where they are", async () => {
  const [first] = await fillUp();
  for (let look = 1; look <= 3; look += 1) {
    const letters = await deadLetters.list(consumer);
    expect(letters).toHaveLength(4);
    expect(letters.find(({ eventId }) => eventId === first!.id)).toEqual({
      eventId: first!.id,
      routingKey: "bell.rung.v1",
      reason: "failed",
      error: "the rope is torn",
      attempts: 2,
      failedAt: expect.stringMatching(/^\d{4}-/),
      body: JSON.stringify(first),
    });
  }
  expect(await deadLetters.list(consumer, { limit: 2 })).toHaveLength(2);
});

it("sums them up by error", async () => {
  await fillUp();
  expect(await deadLetters.summarise(consumer)).toEqual([
    { reason: "failed", error: "the rope is torn", count: 2 },
    { reason: "invalid", error: expect.stringMatching(/^not JSON/), count: 1 },
    { reason: "failed", error: "too loud", count: 1 },
  ]);
});

it("replays chosen ones with new attempts", async () => {
  const envelopes = await fillUp();
  failing = false;
  expect(await deadLetters.replay(consumer, { eventIds: [envelopes[1]!.id, envelopes[2]!.id] })).toBe(2);
  await waitFor(() => handled.length === 2);
  expect(handled.sort()).toEqual([2, 3]);
  await waitFor(async () => (await deadLetters.count(consumer)) === 2);
});

it("lets a replayed one die again of the same illness, with its attempts counted afresh", async () => {
  await fillUp();
  expect(await deadLetters.replay(consumer)).toBe(4);
  await waitFor(async () => (await deadLetters.count(consumer)) === 4);
  const failed = (await deadLetters.list(consumer)).filter(({ reason }) => reason === "failed");
  expect(failed.map(({ attempts }) => attempts)).toEqual([2, 2, 2]);
});

it("discards chosen ones for good", async () => {
  const envelopes = await fillUp();
  expect(await deadLetters.discard(consumer, { eventIds: [envelopes[0]!.id] })).toBe(1);
  await waitFor(async () => (await deadLetters.count(consumer)) === 3);
  const left = await deadLetters.list(consumer);
  expect(left.map(({ eventId }) => eventId)).not.toContain(envelopes[0]!.id);
  expect(await deadLetters.discard(consumer)).toBe(3);
  expect(await deadLetters.count(consumer)).toBe(0);
});

it("finds them though the broker, which a queue did not answer in time, has said that there are none", async () => {
  const [first] = await fillUp();
  const openChannel = async () => {
    const channel = await rig.broker.openChannel();
    const none = { queue: "", messageCount: 0, consumerCount: 0 };
    vi.spyOn(channel, "checkQueue").mockResolvedValueOnce(none);
    return channel;
  };
  const misled = createDeadLetters({ ...rig.broker, openChannel }, rig.publisher);
  expect(await misled.count(consumer)).toBe(4);
  expect(await misled.list(consumer)).toHaveLength(4);
  expect(await misled.discard(consumer, { eventIds: [first!.id] })).toBe(1);
});

it("says which queue it cannot find", async () => {
  await expect(deadLetters.list({ service: "no", name: "body" })).rejects.toThrow("no.body.dead");
});
