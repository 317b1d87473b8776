import { randomUUID, randomUUIDv7 } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineEvent, type Envelope } from "@tradepost/contracts/event";
import { startRabbitmq } from "@tradepost/servers/rabbitmq";
import { testRabbit } from "@tradepost/testing/stores";
import { z } from "zod";
import { type Broker, connectBroker } from "../src/connection.ts";
import { type ConsumerOptions, type RunningConsumer, startConsumer } from "../src/consumer.ts";
import type { Consumer } from "../src/consumer-contract.ts";
import type { Log } from "../src/log.ts";
import { createPublisher, type Publisher } from "../src/publisher.ts";

export const bellRung = defineEvent("bell.rung", 1, z.object({ tower: z.string(), stroke: z.int() }));

export interface LogLine {
  level: "info" | "warn" | "error";
  message: string;
  fields: Record<string, unknown>;
}

export function recordingLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: LogLine["level"]) => (fields: object, message: string) => {
    lines.push({ level, message, fields: { ...fields } });
  };
  return { lines, info: at("info"), warn: at("warn"), error: at("error") };
}

export const newEnvelope = (stroke = 1, tower: string = randomUUID()): Envelope<typeof bellRung> => ({
  id: randomUUIDv7(),
  name: "bell.rung",
  version: 1,
  aggregateId: tower,
  occurredAt: new Date().toISOString(),
  payload: { tower, stroke },
});

/** Short pauses, so that all attempts fit into a test. */
export const testDelaysMs = [50, 100, 200, 400];

export interface Rig {
  url: string;
  broker: Broker;
  publisher: Publisher;
  log: ReturnType<typeof recordingLog>;
  publish(envelope: Envelope): Promise<void>;
  /** Starts a consumer and waits until messages flow. */
  consume(consumer: Consumer, options?: Partial<ConsumerOptions>): Promise<RunningConsumer>;
  /**
   * How many messages wait in a queue. It is 0, too, where a quorum queue has not answered its broker within 250 ms: who
   * expects messages waits for them.
   */
  depth(queue: string): Promise<number>;
  /** Stops everything, consumers first. */
  close(): Promise<void>;
}

/** A broker connection in a virtual host of its own. */
export async function startRig(): Promise<Rig> {
  const vhost = await testRabbit();
  const rig = await rigOn(vhost.url);
  return {
    ...rig,
    close: async () => {
      await rig.close();
      await vhost.drop();
    },
  };
}

/** A broker of the test's own, which it may starve, or kill and start again, and a rig on it. */
export async function startRigOnOwnBroker() {
  const dir = await mkdtemp(join(tmpdir(), "tradepost-broker-"));
  let server = await startRabbitmq({ dir });
  const rig = await rigOn(server.url);
  return {
    rig,
    server: () => server,
    startAgain: async () => {
      server = await startRabbitmq({ dir, port: server.port });
    },
    stop: async () => {
      await rig.close();
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export async function rigOn(url: string): Promise<Rig> {
  const log = recordingLog();
  const broker = await connectBroker({ url, log, connectionName: "test" });
  const publisher = createPublisher(broker);
  const consumers: RunningConsumer[] = [];
  return {
    url,
    broker,
    publisher,
    log,
    publish: (envelope) => publisher.publish(envelope, `${envelope.name}.v${envelope.version}`),
    consume: async (consumer, options) => {
      const running = startConsumer(broker, consumer, { publisher, retryDelaysMs: testDelaysMs, ...options });
      consumers.push(running);
      await running.ready(AbortSignal.timeout(30_000));
      return running;
    },
    depth: async (queue) => {
      const channel = await broker.openChannel();
      const { messageCount } = await channel.checkQueue(queue);
      await channel.close();
      return messageCount;
    },
    close: async () => {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      await publisher.close();
      await broker.close();
    },
  };
}
