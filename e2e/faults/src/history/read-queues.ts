import { consumersByService } from "@tradepost/contracts/consumers";
import { type Broker, connectBroker } from "@tradepost/messaging/connection";
import { createDeadLetters } from "@tradepost/messaging/dead-letters";
import { createPublisher } from "@tradepost/messaging/publisher";
import { consumerQueues, defaultRetryDelaysMs } from "@tradepost/messaging/topology";
import type { QueueFact } from "./facts.ts";

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** The queues of all consumers that hold something: waiting, to be tried again, or given up. */
export async function readQueues(url: string): Promise<QueueFact[]> {
  const broker = await connectBroker({ url, log: quiet, connectionName: "history" });
  try {
    const all = Object.entries(consumersByService).flatMap(([service, consumers]) =>
      Object.entries(consumers).map(([name, events]) => ({ service, name, events })),
    );
    const facts = await Promise.all(all.map((consumer) => queuesOf(broker, consumer)));
    return await withLetters(
      broker,
      facts.flat().filter(({ messages }) => messages > 0),
    );
  } finally {
    await broker.close();
  }
}

async function queuesOf(broker: Broker, consumer: Parameters<typeof consumerQueues>[1]): Promise<QueueFact[]> {
  const { work, retries, dead } = consumerQueues("", consumer, defaultRetryDelaysMs);
  const queues = [
    { queue: work, kind: "work" as const },
    ...retries.map(({ queue }) => ({ queue, kind: "retry" as const })),
    { queue: dead, kind: "dead" as const },
  ];
  const facts: QueueFact[] = [];
  for (const { queue, kind } of queues)
    facts.push({ consumer: work, queue, kind, messages: await countOf(broker, queue), deadLetters: [] });
  return facts;
}

/** A queue that was never declared holds nothing; asking for it closes the channel. */
async function countOf(broker: Broker, queue: string): Promise<number> {
  const channel = await broker.openChannel();
  try {
    return (await channel.checkQueue(queue)).messageCount;
  } catch (error) {
    if ((error as { code?: number }).code === 404) return 0;
    throw error;
  } finally {
    await channel.close().catch(() => {});
  }
}

async function withLetters(broker: Broker, facts: QueueFact[]): Promise<QueueFact[]> {
  if (!facts.some(({ kind }) => kind === "dead")) return facts;
  const publisher = createPublisher(broker);
  const letters = createDeadLetters(broker, publisher);
  try {
    for (const fact of facts.filter(({ kind }) => kind === "dead")) {
      const [service = "", name = ""] = fact.consumer.split(".");
      fact.deadLetters = (await letters.list({ service, name })).map(({ eventId, error, body }) => ({
        eventId,
        orderId: orderIdIn(body),
        error,
      }));
    }
    return facts;
  } finally {
    await publisher.close();
  }
}

function orderIdIn(body: string): string | undefined {
  try {
    const { aggregateId } = JSON.parse(body) as { aggregateId?: unknown };
    return typeof aggregateId === "string" ? aggregateId : undefined;
  } catch {
    return undefined; // what is no JSON names no order
  }
}
