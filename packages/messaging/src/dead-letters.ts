import { setTimeout as delay } from "node:timers/promises";
import type { Channel, GetMessage } from "amqplib";
import type { Broker } from "./connection.ts";
import type { ConsumerContract } from "./consumer-contract.ts";
import type { Publisher } from "./publisher.ts";
import { attemptHeader, errorHeader, failedAtHeader, reasonHeader, waitsHeader } from "./retry-policy.ts";
import { deadQueueName, workQueueName } from "./topology.ts";

/** Names a consumer: its dead letters are in `<service>.<name>.dead`. */
export type ConsumerName = Pick<ConsumerContract, "service" | "name">;

export interface DeadLetter {
  /** The event's id; undefined for a message that was never published by us. */
  eventId: string | undefined;
  routingKey: string;
  /** `invalid`: breaks its contract. `failed`: all attempts failed. `crashed`: its handling killed the process. */
  reason: "invalid" | "failed" | "crashed";
  error: string;
  attempts: number;
  failedAt: string | undefined;
  body: string;
}

/** Which letters: all of them by default, else those of these events, at most `limit`. */
export interface Selection {
  eventIds?: readonly string[];
  limit?: number;
}

/**
 * What an operator does with messages that could not be handled.
 *
 * `count` says how many there are, `list` shows them and leaves them, `summarise` groups them by error. `replay` gives
 * them back to their consumer with five new attempts, `discard` deletes them; both return how many.
 * A letter that another operator is looking at in the same moment is passed over. Run one command at a time.
 */
export function createDeadLetters(broker: Broker, publisher: Pick<Publisher, "sendToQueue">) {
  const visit = (consumer: ConsumerName, selection: Selection, settle: Settle) =>
    withChannel(broker, (channel) => walk(channel, deadQueueOf(broker, consumer), selection, settle));
  return {
    count: (consumer: ConsumerName): Promise<number> =>
      withChannel(broker, (channel) => countLetters(channel, deadQueueOf(broker, consumer))),
    list: (consumer: ConsumerName, selection: Selection = {}): Promise<DeadLetter[]> =>
      visit(consumer, selection, async () => "keep"),
    summarise: async (consumer: ConsumerName): Promise<{ reason: string; error: string; count: number }[]> =>
      summarise(await visit(consumer, {}, async () => "keep")),
    replay: async (consumer: ConsumerName, selection: Selection = {}): Promise<number> => {
      const work = workQueueName(broker.prefix, consumer);
      const letters = await visit(consumer, selection, async (message) => {
        await publisher.sendToQueue(work, message.content, freshProperties(message));
        return "remove";
      });
      return letters.length;
    },
    discard: async (consumer: ConsumerName, selection: Selection = {}): Promise<number> =>
      (await visit(consumer, selection, async () => "remove")).length,
  };
}

type Settle = (message: GetMessage) => Promise<"keep" | "remove">;

const deadQueueOf = (broker: Broker, consumer: ConsumerName): string =>
  deadQueueName(workQueueName(broker.prefix, consumer));

async function withChannel<T>(broker: Broker, work: (channel: Channel) => Promise<T>): Promise<T> {
  const channel = await broker.openChannel();
  try {
    return await work(channel);
  } finally {
    await channel.close().catch(() => {});
  }
}

/**
 * RabbitMQ says 0 of a quorum queue, too, whose leader has not answered it within 250 ms. That is believed when a look
 * into the queue, which waits for the leader, finds nothing either.
 */
async function countLetters(channel: Channel, queue: string): Promise<number> {
  const { messageCount } = await channel.checkQueue(queue);
  if (messageCount > 0) return messageCount;
  const message = await channel.get(queue);
  if (message === false) return 0;
  channel.nack(message);
  return message.fields.messageCount + 1;
}

/** Looks at each letter once: what is kept stays unacknowledged until the end, so it does not come again. */
async function walk(channel: Channel, queue: string, selection: Selection, settle: Settle): Promise<DeadLetter[]> {
  const { eventIds, limit = Number.POSITIVE_INFINITY } = selection;
  const count = await countLetters(channel, queue);
  const visited: DeadLetter[] = [];
  let kept = 0;
  for (let looked = 0; looked < count && visited.length < limit; looked += 1) {
    const message = await channel.get(queue);
    if (message === false) break;
    const chosen = eventIds === undefined || eventIds.includes(message.properties.messageId);
    if (chosen) visited.push(toDeadLetter(message));
    if (chosen && (await settle(message)) === "remove") channel.ack(message);
    else kept += 1;
  }
  await giveBack(channel, queue, kept);
  return visited;
}

/** Returns when the next command will find again what this one kept; the broker gives it back in its own time. */
async function giveBack(channel: Channel, queue: string, kept: number): Promise<void> {
  if (kept === 0) return;
  channel.nackAll(true);
  for (let look = 0; look < 100; look += 1) {
    if ((await channel.checkQueue(queue)).messageCount >= kept) return;
    await delay(20);
  }
}

function toDeadLetter({ properties, content }: GetMessage): DeadLetter {
  const headers = properties.headers ?? {};
  const crashed = headers[reasonHeader] === undefined;
  return {
    eventId: properties.messageId,
    routingKey: properties.type ?? "",
    reason: crashed ? "crashed" : headers[reasonHeader],
    error: crashed ? "the broker delivered it many times without an answer" : headers[errorHeader],
    attempts: headers[attemptHeader] ?? 1,
    failedAt: headers[failedAtHeader],
    body: content.toString("utf8"),
  };
}

function summarise(letters: DeadLetter[]) {
  const groups = Map.groupBy(letters, ({ reason, error }) => JSON.stringify([reason, error]));
  return [...groups.values()]
    .flatMap((group) => group.slice(0, 1).map(({ reason, error }) => ({ reason, error, count: group.length })))
    .sort((a, b) => b.count - a.count || a.error.localeCompare(b.error, "en"));
}

const historyHeaders = new Set([attemptHeader, waitsHeader, reasonHeader, errorHeader, failedAtHeader, "x-death"]);

const freshProperties = ({ properties: { messageId, type, timestamp, contentType, headers } }: GetMessage) => ({
  messageId,
  type,
  timestamp,
  contentType,
  headers: Object.fromEntries(
    Object.entries(headers ?? {}).filter(([name]) => !historyHeaders.has(name) && !name.startsWith("x-first-death")),
  ),
});
