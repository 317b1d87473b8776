import type { Channel } from "amqplib";
import type { ConsumerContract } from "./consumer-contract.ts";
import { assertWorkQueue, bindEvents, workQueueName } from "./topology.ts";

export interface Subscriptions {
  /** Whether anyone is known to want the event. */
  wants(routingKey: string): boolean;
  /** Declares the queues and bindings of all subscribers. Safe to repeat; rejects when the broker refuses one. */
  declare(channel: Channel): Promise<void>;
}

/** Where a publisher's events have to go: the queues of their consumers, whether these have ever run or not. */
export function createSubscriptions(prefix: string, subscribers: readonly ConsumerContract[]): Subscriptions {
  const wanted = new Set(subscribers.flatMap(({ events }) => events.map(({ routingKey }) => routingKey)));
  /** Queues that exist with other arguments than ours: their consumers' trouble, they take events all the same. */
  const misfits = new Set<string>();

  const assertQueue = async (channel: Channel, work: string): Promise<void> => {
    try {
      await assertWorkQueue(channel, work);
    } catch (error) {
      // The refusal has closed the channel; on the next one this queue is bound as it is.
      if (codeOf(error) === 406) misfits.add(work);
      throw error;
    }
  };

  const declareOne = async (channel: Channel, consumer: ConsumerContract): Promise<void> => {
    const work = workQueueName(prefix, consumer);
    if (!misfits.has(work)) await assertQueue(channel, work);
    try {
      await bindEvents(channel, prefix, consumer);
    } catch (error) {
      misfits.delete(work);
      throw error;
    }
  };

  return {
    wants: (routingKey) => wanted.has(routingKey),
    declare: async (channel) => {
      for (const consumer of subscribers) await declareOne(channel, consumer);
    },
  };
}

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);
