import type { Channel } from "amqplib";
import type { ConsumerContract } from "./consumer-contract.ts";

/** Five attempts, so four pauses. */
export const defaultRetryDelaysMs: readonly number[] = [1_000, 5_000, 30_000, 120_000];

export interface ConsumerQueues {
  work: string;
  retries: readonly { queue: string; delayMs: number }[];
  dead: string;
}

export const exchangeName = (prefix: string): string => `${prefix}tradepost.events`;

export const workQueueName = (prefix: string, { service, name }: Pick<ConsumerContract, "service" | "name">): string =>
  `${prefix}${service}.${name}`;

export const deadQueueName = (workQueue: string): string => `${workQueue}.dead`;

/** The delay is part of a retry queue's name, because the arguments of a declared queue can never change. */
export function consumerQueues(
  prefix: string,
  consumer: ConsumerContract,
  retryDelaysMs: readonly number[],
): ConsumerQueues {
  const work = workQueueName(prefix, consumer);
  const retries = retryDelaysMs.map((delayMs) => ({ queue: `${work}.retry.${delayMs}`, delayMs }));
  return { work, retries, dead: deadQueueName(work) };
}

/** Declares the one topic exchange that all events go through. Safe to repeat. */
export async function assertExchange(channel: Channel, prefix: string): Promise<void> {
  await channel.assertExchange(exchangeName(prefix), "topic", { durable: true });
}

// A message that kills its process is never retried by us; the broker counts these deliveries and gives up.
const maxCrashes = 20;
// RabbitMQ 4 would drop a dead letter after it has been looked at 20 times; 3.x knows no word for "unlimited".
const unlimited = 1_000_000_000;

/**
 * Declares the queue where a consumer's events wait, and the one for its dead letters. Safe to repeat.
 *
 * All are quorum queues, which dead-letter at least once: a message leaves a queue when the next one has confirmed it.
 * Throws (and the broker closes the channel, 406) when a queue exists with other arguments.
 */
export async function assertWorkQueue(channel: Channel, work: string): Promise<void> {
  const dead = deadQueueName(work);
  await channel.assertQueue(dead, quorum({ "x-delivery-limit": unlimited }));
  await channel.assertQueue(work, quorum({ "x-delivery-limit": maxCrashes, ...deadLetterTo(dead) }));
}

/** Has a consumer's events put into its queue. Throws (404, closing the channel) when there is no such queue. */
export async function bindEvents(channel: Channel, prefix: string, consumer: ConsumerContract): Promise<void> {
  for (const event of consumer.events) {
    await channel.bindQueue(workQueueName(prefix, consumer), exchangeName(prefix), event.routingKey);
  }
}

/** Declares all queues of a consumer and binds its events. Safe to repeat. Throws as `assertWorkQueue` does. */
export async function assertConsumerQueues(
  channel: Channel,
  prefix: string,
  consumer: ConsumerContract,
  queues: ConsumerQueues,
): Promise<void> {
  await assertWorkQueue(channel, queues.work);
  for (const { queue, delayMs } of queues.retries) {
    await channel.assertQueue(queue, quorum({ "x-message-ttl": delayMs, ...deadLetterTo(queues.work) }));
  }
  await bindEvents(channel, prefix, consumer);
}

const quorum = (more: Record<string, unknown>) => ({
  durable: true,
  arguments: { "x-queue-type": "quorum", ...more },
});

const deadLetterTo = (queue: string) => ({
  "x-dead-letter-exchange": "",
  "x-dead-letter-routing-key": queue,
  "x-dead-letter-strategy": "at-least-once",
  // At-least-once demands it: a full queue refuses messages rather than dropping its oldest.
  "x-overflow": "reject-publish",
});
