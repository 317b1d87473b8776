import { type BrokerStatus, connectBroker } from "./connection.ts";
import { startConsumer } from "./consumer.ts";
import type { Consumer, ConsumerContract } from "./consumer-contract.ts";
import type { Log } from "./log.ts";
import type { MessagingObserver } from "./observer.ts";
import type { Claimed, OutboxSource } from "./outbox-source.ts";
import { createPublisher } from "./publisher.ts";
import { startRelay } from "./relay.ts";
import { subscribersOf } from "./subscribers.ts";

export interface MessagingOptions<C extends Claimed> {
  url: string;
  /** Shown in RabbitMQ's list of connections. */
  service: string;
  log: Log;
  consumers: readonly Consumer[];
  /** Where the service keeps events it has yet to publish; without it, it publishes none. */
  outbox?: OutboxSource<C>;
  /** Who wants its events; what `@tradepost/contracts/consumers` says of the service unless given. */
  subscribers?: readonly ConsumerContract[];
  observer?: MessagingObserver;
  /** Pauses between attempts; for tests. */
  retryDelaysMs?: readonly number[];
}

export interface Messaging {
  status(): BrokerStatus;
  /** Waits until every consumer gets messages; from its first time on, it misses no event. */
  ready(signal: AbortSignal): Promise<void>;
  /** Takes no more messages, finishes what runs, publishes no more, and closes the connections. */
  stop(): Promise<void>;
}

/** A service's whole messaging: its consumers and the relay of its outbox. Returns at once, broker or not. */
export async function startMessaging<C extends Claimed>(options: MessagingOptions<C>): Promise<Messaging> {
  const { url, service, log, outbox, observer, retryDelaysMs } = options;
  const broker = await connectBroker({ url, log, connectionName: service });
  const { subscribers = outbox ? subscribersOf(service) : [] } = options;
  const publisher = createPublisher(broker, { subscribers });
  const observed = observer === undefined ? {} : { observer };
  const delays = retryDelaysMs === undefined ? {} : { retryDelaysMs };
  const consumers = options.consumers.map((consumer) =>
    startConsumer(broker, consumer, { publisher, ...observed, ...delays }),
  );
  // What nobody is bound to yet is dropped by the broker, so a service's own queues come first too.
  const declared = createOnce((signal) => Promise.all(consumers.map((consumer) => consumer.ready(signal))));
  const ready = (signal: AbortSignal) => declared(signal).then(() => publisher.ready(signal));
  const relay = outbox && startRelay({ source: outbox, publisher: { ...publisher, ready }, log, ...observed });
  return {
    status: broker.status,
    ready: async (signal) => {
      await Promise.all([...consumers, publisher].map((part) => part.ready(signal)));
    },
    stop: async () => {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      await relay?.stop();
      await publisher.close();
      await broker.close();
    },
  };
}

/** Waits for what has to happen once only: after its first success it resolves at once. */
function createOnce(wait: (signal: AbortSignal) => Promise<unknown>): (signal: AbortSignal) => Promise<void> {
  let happened = false;
  return async (signal) => {
    if (!happened) await wait(signal);
    happened = true;
  };
}
