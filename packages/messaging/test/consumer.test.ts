import { randomUUID } from "node:crypto";
import type { Envelope } from "@tradepost/contracts/event";
import { waitFor } from "@tradepost/testing/wait-for";
import type { Channel, GetMessage, Message } from "amqplib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BrokerUnavailable } from "../src/broker-unavailable.ts";
import type { Broker } from "../src/connection.ts";
import { startConsumer } from "../src/consumer.ts";
import { defineConsumer } from "../src/consumer-contract.ts";
import type { MessagingObserver } from "../src/observer.ts";
import { bellRung, newEnvelope, type Rig, startRig, testDelaysMs } from "./rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

type Bell = Envelope<typeof bellRung>;
const consumerOf = (
  handle: (envelope: Bell) => Promise<unknown>,
  more: { prefetch?: number; handleTimeoutMs?: number } = {},
) => defineConsumer({ service: "test", name: `c-${randomUUID()}`, events: [bellRung], handle, ...more });
const queueOf = ({ service, name }: { service: string; name: string }): string => `${service}.${name}`;

/** Puts a raw message where only this consumer gets it. */
const sendRaw = (queue: string, body: string): Promise<void> =>
  rig.publisher.sendToQueue(queue, Buffer.from(body), { messageId: randomUUID() });

async function takeOne(queue: string): Promise<GetMessage> {
  const channel = await rig.broker.openChannel();
  const message = await waitFor(() => channel.get(queue, { noAck: true }), { what: `a message in ${queue}` });
  await channel.close();
  return message;
}

describe("delivery", () => {
  it("hands every event to each consumer, as it was published", async () => {
    const received: Bell[][] = [[], []];
    for (const own of received) await rig.consume(consumerOf(async (envelope) => own.push(envelope)));
    const sent = { ...newEnvelope(3), traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
    await rig.publish(sent);
    await waitFor(() => received.every((own) => own.length > 0));
    expect(received).toEqual([[sent], [sent]]);
  });

  it("keeps events for a consumer that is away", async () => {
    const received: number[] = [];
    const consumer = consumerOf(async ({ payload }) => received.push(payload.stroke));
    await (await rig.consume(consumer)).stop();
    for (const stroke of [1, 2, 3]) await rig.publish(newEnvelope(stroke));
    await rig.consume(consumer);
    await waitFor(() => received.length === 3);
    expect(received).toEqual([1, 2, 3]);
  });

  it("works on no more than `prefetch` events at once, and holds nobody else up", async () => {
    const release = Promise.withResolvers<void>();
    let running = 0;
    let most = 0;
    let slowDone = 0;
    const slow = consumerOf(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await release.promise;
        running -= 1;
        slowDone += 1;
      },
      { prefetch: 2 },
    );
    let fast = 0;
    await rig.consume(slow);
    await rig.consume(consumerOf(async () => (fast += 1)));
    for (const stroke of [1, 2, 3, 4, 5, 6]) await rig.publish(newEnvelope(stroke));
    await waitFor(() => fast === 6);
    await waitFor(async () => running === 2 && (await rig.depth(queueOf(slow))) === 4, {
      what: "two at work and four that wait",
    });
    release.resolve();
    await waitFor(() => slowDone === 6);
    expect(most).toBe(2);
  });
});

describe("failure", () => {
  it("tries five times with growing pauses, then puts the message aside with its story", async () => {
    const attemptsAt: number[] = [];
    const outcomes: string[] = [];
    const observer: MessagingObserver = { handled: ({ outcome }) => outcomes.push(outcome) };
    const consumer = consumerOf(async () => {
      attemptsAt.push(performance.now());
      throw new Error("the rope is torn");
    });
    await rig.consume(consumer, { observer });
    const sent = newEnvelope(1);
    await rig.publish(sent);
    const dead = await takeOne(`${queueOf(consumer)}.dead`);
    const pausesMs = attemptsAt.slice(1).map((at, index) => at - attemptsAt[index]!);
    expect(attemptsAt).toHaveLength(5);
    for (const [index, delayMs] of testDelaysMs.entries()) expect(pausesMs[index]).toBeGreaterThanOrEqual(delayMs - 5);
    expect(dead.properties).toMatchObject({ messageId: sent.id, type: "bell.rung.v1" });
    expect(dead.properties.headers).toMatchObject({
      "x-reason": "failed",
      "x-error": "the rope is torn",
      "x-attempt": 5,
    });
    expect(JSON.parse(dead.content.toString())).toEqual(sent);
    await waitFor(() => outcomes.length === 5);
    expect(outcomes).toEqual(["retried", "retried", "retried", "retried", "dead"]);
    const told = rig.log.lines.filter(({ fields }) => fields.eventId === sent.id).map(({ fields }) => fields.err);
    expect(told).toEqual(Array(5).fill(expect.objectContaining({ message: "the rope is torn" })));
    expect(await rig.depth(queueOf(consumer))).toBe(0);
  });

  it("succeeds on a later attempt", async () => {
    let attempts = 0;
    const consumer = consumerOf(async () => {
      attempts += 1;
      if (attempts < 3) throw new Error("not yet");
    });
    const outcomes: string[] = [];
    await rig.consume(consumer, { observer: { handled: ({ outcome }) => outcomes.push(outcome) } });
    await rig.publish(newEnvelope());
    await waitFor(() => outcomes.includes("done"));
    expect(outcomes).toEqual(["retried", "retried", "done"]);
    expect(await rig.depth(`${queueOf(consumer)}.dead`)).toBe(0);
  });

  it("does not count attempts while something is unavailable", async () => {
    let attempts = 0;
    const consumer = consumerOf(async () => {
      attempts += 1;
      if (attempts <= 8) throw new BrokerUnavailable("a neighbour is down");
    });
    const outcomes: string[] = [];
    const retryDelaysMs = [10, 20, 30, 40];
    await rig.consume(consumer, { retryDelaysMs, observer: { handled: ({ outcome }) => outcomes.push(outcome) } });
    await rig.publish(newEnvelope());
    await waitFor(() => outcomes.at(-1) === "done");
    expect(attempts).toBe(9);
    expect(await rig.depth(`${queueOf(consumer)}.dead`)).toBe(0);
  });

  it.each([
    ["no JSON", "{", /^not JSON/],
    ["no event", JSON.stringify({ hello: 1 }), /^not an event/],
    ["a broken contract", JSON.stringify({ ...newEnvelope(), payload: { tower: 7 } }), /^breaks bell.rung.v1/],
  ])("puts %s aside at once", async (_what, body, error) => {
    let handled = 0;
    const consumer = consumerOf(async () => (handled += 1));
    await rig.consume(consumer);
    await sendRaw(queueOf(consumer), body);
    const { properties } = await takeOne(`${queueOf(consumer)}.dead`);
    expect(properties.headers).toMatchObject({ "x-reason": "invalid", "x-attempt": 1 });
    expect(properties.headers?.["x-error"]).toMatch(error);
    expect(handled).toBe(0);
  });

  it("gives other events their turn while one that always fails waits for its attempts", async () => {
    const handled: number[] = [];
    const consumer = consumerOf(
      async ({ payload: { stroke } }) => {
        if (stroke === 0) throw new Error("poison");
        handled.push(stroke);
      },
      { prefetch: 1 },
    );
    await rig.consume(consumer, { retryDelaysMs: [600_000] });
    for (let stroke = 0; stroke <= 20; stroke += 1) await rig.publish(newEnvelope(stroke));
    await waitFor(() => handled.length === 20);
    expect(handled).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    await waitFor(async () => (await rig.depth(`${queueOf(consumer)}.retry.600000`)) === 1, {
      what: "the one that fails",
    });
  });

  it("counts a handler that takes too long as failed, and gives the next event its turn", async () => {
    const handled: number[] = [];
    const consumer = consumerOf(
      ({ payload: { stroke } }) => (stroke === 0 ? new Promise(() => {}) : Promise.resolve(handled.push(stroke))),
      { prefetch: 1, handleTimeoutMs: 200 },
    );
    await rig.consume(consumer, { retryDelaysMs: [10] });
    for (const stroke of [0, 1]) await rig.publish(newEnvelope(stroke));
    await waitFor(() => handled.length === 1);
    const { properties } = await takeOne(`${queueOf(consumer)}.dead`);
    expect(properties.headers).toMatchObject({
      "x-reason": "failed",
      "x-attempt": 2,
      "x-error": "the handler took longer than 200 ms",
    });
  });

  it("gives a newer replica the chance to take an event that this one does not know", async () => {
    const consumer = consumerOf(async () => {});
    const outcomes: string[] = [];
    await rig.consume(consumer, { observer: { handled: ({ outcome }) => outcomes.push(outcome) } });
    await sendRaw(queueOf(consumer), JSON.stringify({ ...newEnvelope(), version: 2 }));
    const { properties } = await takeOne(`${queueOf(consumer)}.dead`);
    expect(properties.headers).toMatchObject({
      "x-reason": "failed",
      "x-error": "this consumer does not know bell.rung.v2",
      "x-attempt": 5,
    });
    expect(outcomes.filter((outcome) => outcome === "retried")).toHaveLength(4);
  });

  it("leaves to the broker a message whose handling kills the process again and again", async () => {
    const consumer = consumerOf(() => new Promise(() => {}));
    await rig.consume(consumer).then((running) => running.stop());
    await rig.publish(newEnvelope());
    for (let crash = 1; crash <= 21; crash += 1) {
      const channel = await rig.broker.openChannel();
      await waitFor(() => channel.get(queueOf(consumer)), { what: `delivery ${crash}`, intervalMs: 5 });
      await channel.close();
    }
    const { properties } = await takeOne(`${queueOf(consumer)}.dead`);
    expect(properties.headers?.["x-death"]).toMatchObject([{ reason: "delivery_limit", queue: queueOf(consumer) }]);
  });
});

describe("recovery", () => {
  it("opens a new channel after the broker has closed one", async () => {
    let handled = 0;
    const consumer = consumerOf(async () => (handled += 1));
    await rig.consume(consumer);
    const other = await rig.broker.openChannel();
    // Deleting its queue cancels the consumer; the queue is declared and bound again.
    await other.deleteQueue(queueOf(consumer));
    await other.close();
    await waitFor(async () => (await rig.depth(queueOf(consumer)).catch(() => -1)) === 0, { what: "the queue" });
    await waitFor(async () => {
      await rig.publish(newEnvelope());
      return handled > 0;
    });
  });

  it("gets what it had not acknowledged again after the broker has closed its channel for a mistake", async () => {
    const channels: Channel[] = [];
    const broker: Broker = {
      ...rig.broker,
      openChannel: async () => {
        const channel = await rig.broker.openChannel();
        channels.push(channel);
        return channel;
      },
    };
    const release = Promise.withResolvers<void>();
    const begun: number[] = [];
    const outcomes: string[] = [];
    const consumer = consumerOf(async ({ payload: { stroke } }) => {
      begun.push(stroke);
      if (begun.length === 1) await release.promise;
    });
    const observer: MessagingObserver = { handled: ({ outcome }) => outcomes.push(outcome) };
    const running = startConsumer(broker, consumer, { publisher: rig.publisher, observer });
    await running.ready(AbortSignal.timeout(30_000));
    await rig.publish(newEnvelope(1));
    await waitFor(() => begun.length === 1);
    channels[0]!.ack({ fields: { deliveryTag: 4_711 } } as Message);
    await waitFor(() => begun.length === 2, { what: "the second delivery" });
    release.resolve();
    await waitFor(() => outcomes.length === 2);
    await rig.publish(newEnvelope(2));
    await waitFor(() => outcomes.length === 3);
    expect([begun, outcomes, channels.length]).toEqual([[1, 1, 2], ["done", "done", "done"], 2]);
    expect(await rig.depth(queueOf(consumer))).toBe(0);
    expect(rig.log.lines.map(({ fields }) => String(fields.reason))).toContainEqual(
      expect.stringContaining("unknown delivery tag 4711"),
    );
    await running.stop();
  });

  it("finishes what runs before it stops, and leaves the rest", async () => {
    const release = Promise.withResolvers<void>();
    const started: number[] = [];
    const finished: number[] = [];
    const consumer = consumerOf(
      async ({ payload: { stroke } }) => {
        started.push(stroke);
        await release.promise;
        finished.push(stroke);
      },
      { prefetch: 1 },
    );
    const running = await rig.consume(consumer);
    for (const stroke of [1, 2, 3]) await rig.publish(newEnvelope(stroke));
    await waitFor(() => started.length === 1);
    const stopped = running.stop();
    release.resolve();
    await stopped;
    await waitFor(async () => (await rig.depth(queueOf(consumer))) === 2, { what: "the two that are left" });
    expect([started, finished]).toEqual([[1], [1]]);
  });

  it("does not wait for ever for a handler that hangs; its event is delivered again", async () => {
    const consumer = consumerOf(() => new Promise(() => {}));
    const running = await rig.consume(consumer, { stopTimeoutMs: 100 });
    await rig.publish(newEnvelope());
    await waitFor(async () => (await rig.depth(queueOf(consumer))) === 0);
    await running.stop();
    await waitFor(async () => (await rig.depth(queueOf(consumer))) === 1);
  });
});
