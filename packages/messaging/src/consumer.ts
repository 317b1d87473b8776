import { setTimeout as delay } from "node:timers/promises";
import type { Channel, ConsumeMessage } from "amqplib";
import type { Broker } from "./connection.ts";
import type { Consumer } from "./consumer-contract.ts";
import { keepChannel } from "./kept-channel.ts";
import { messageOf } from "./log.ts";
import { inTraceOf, readEnvelope } from "./message.ts";
import type { HandlingOutcome, MessagingObserver } from "./observer.ts";
import type { Publisher } from "./publisher.ts";
import { afterFailure } from "./retry-policy.ts";
import { assertConsumerQueues, assertExchange, consumerQueues, defaultRetryDelaysMs } from "./topology.ts";
import { withinTime } from "./within-time.ts";

export interface ConsumerOptions {
  /** Moves failed messages to their retry or dead-letter queue. */
  publisher: Pick<Publisher, "sendToQueue">;
  /** The pauses between attempts; there is one attempt more than pauses. */
  retryDelaysMs?: readonly number[];
  observer?: MessagingObserver;
  /** How long `stop` waits for running handlers; what they leave unfinished is delivered again. */
  stopTimeoutMs?: number;
}

export interface RunningConsumer {
  /** Waits until messages flow. */
  ready(signal: AbortSignal): Promise<void>;
  /** Takes no more messages, lets running handlers finish, and closes the channel. */
  stop(): Promise<void>;
}

/**
 * Declares a consumer's queues and handles what arrives, for ever and through any loss of the broker.
 *
 * A message is acknowledged when `handle` has resolved, or when its copy is safe in a retry or dead-letter queue. So
 * none is lost, and after a crash one may come again. Each consumer has its own channel: none waits for a slower one.
 */
export function startConsumer(broker: Broker, consumer: Consumer, options: ConsumerOptions): RunningConsumer {
  const { retryDelaysMs = defaultRetryDelaysMs, stopTimeoutMs = 20_000, observer } = options;
  const { prefetch = 10, handleTimeoutMs = 60_000 } = consumer;
  const queues = consumerQueues(broker.prefix, consumer, retryDelaysMs);
  const inFlight = new Set<Promise<void>>();
  const stopping = new AbortController();
  let consumerTag: string | undefined;

  const receive = (delivery: Delivery): void => {
    const settled = settle(delivery).finally(() => inFlight.delete(settled));
    inFlight.add(settled);
  };

  const settle = async (delivery: Delivery): Promise<void> => {
    const { channel, message } = delivery;
    const startedAt = performance.now();
    let outcome: HandlingOutcome = "done";
    let occurredAt = Date.now();
    try {
      const envelope = readEnvelope(message, consumer);
      occurredAt = Date.parse(envelope.occurredAt);
      await inTraceOf(envelope, queues.work, () => withinTime(consumer.handle(envelope), handleTimeoutMs));
    } catch (error) {
      const moved = await moveAside(delivery, error);
      if (moved === undefined) return;
      outcome = moved;
    }
    whileOpen(() => channel.ack(message));
    const durationMs = performance.now() - startedAt;
    observer?.handled?.({ consumer: queues.work, outcome, durationMs, ageMs: Date.now() - occurredAt });
  };

  /** Undefined when the message could not be moved before its channel was lost; it is delivered again then. */
  const moveAside = async ({ message, lost }: Delivery, error: unknown) => {
    const { outcome, queue, headers } = afterFailure(message, error, queues);
    const facts = { consumer: queues.work, eventId: message.properties.messageId, queue, reason: messageOf(error) };
    broker.log[outcome === "dead" ? "error" : "warn"]({ ...facts, err: error }, `handling an event failed: ${outcome}`);
    const ended = AbortSignal.any([lost, stopping.signal]);
    // Giving it back instead would count as a crash (see topology), though only the broker is unwell.
    for (let failures = 0; ; failures += 1) {
      try {
        await options.publisher.sendToQueue(queue, message.content, { ...keptProperties(message), headers });
        return outcome;
      } catch (cause) {
        broker.log.error({ ...facts, reason: messageOf(cause) }, "a failed event could not be moved");
      }
      await delay(Math.min(30_000, 500 * 2 ** failures), undefined, { signal: ended }).catch(() => {});
      if (ended.aborted) return undefined;
    }
  };

  const channel = keepChannel({
    name: queues.work,
    log: broker.log,
    open: broker.openChannel,
    setup: async (opened) => {
      const lost = new AbortController();
      opened.once("close", () => lost.abort());
      await assertExchange(opened, broker.prefix);
      await assertConsumerQueues(opened, broker.prefix, consumer, queues);
      await opened.prefetch(prefetch);
      // Null means that the broker has cancelled us, as when the queue was deleted or its leader moved.
      const onMessage = (message: ConsumeMessage | null) =>
        message === null ? channel.renew() : receive({ channel: opened, message, lost: lost.signal });
      consumerTag = (await opened.consume(queues.work, onMessage)).consumerTag;
    },
  });

  return {
    ready: async (signal) => {
      await channel.ready(signal);
    },
    stop: async () => {
      stopping.abort();
      const open = channel.current();
      if (open && consumerTag !== undefined) await open.cancel(consumerTag).catch(() => {});
      await Promise.race([Promise.all(inFlight), delay(stopTimeoutMs, undefined, { ref: false })]);
      await channel.close();
    },
  };
}

interface Delivery {
  channel: Channel;
  message: ConsumeMessage;
  /** Aborts when the channel is gone, and with it the right to acknowledge. */
  lost: AbortSignal;
}

/** The message keeps its identity; only its headers tell of what happened to it. */
const keptProperties = ({ properties }: ConsumeMessage) => ({
  messageId: properties.messageId,
  type: properties.type,
  timestamp: properties.timestamp,
  contentType: properties.contentType,
});

/** On a lost channel the broker has taken the message back already. */
function whileOpen(settle: () => void): void {
  try {
    settle();
  } catch {
    // The driver throws when the channel is closed.
  }
}
