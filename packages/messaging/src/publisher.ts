import { randomUUID } from "node:crypto";
import type { Envelope } from "@tradepost/contracts/event";
import type { ConfirmChannel, Options } from "amqplib";
import { BrokerUnavailable } from "./broker-unavailable.ts";
import type { Broker } from "./connection.ts";
import type { ConsumerContract } from "./consumer-contract.ts";
import { type KeptChannel, keepChannel } from "./kept-channel.ts";
import { createSubscriptions } from "./subscriptions.ts";
import { assertExchange, exchangeName } from "./topology.ts";

export type Publisher = ReturnType<typeof createPublisher>;

const publishIdHeader = "x-publish-id";

export interface PublisherOptions {
  confirmTimeoutMs?: number;
  /** Who wants what is published here: their queues are declared before anything is sent, run they or not. */
  subscribers?: readonly ConsumerContract[];
}

/**
 * Publishes with confirms, on a channel of its own.
 *
 * `publish` sends an event to whoever is bound to it; `sendToQueue` sends to a queue, which must exist. Both resolve
 * when the broker has stored the message. They reject with `BrokerUnavailable` when there is no confirm within
 * `confirmTimeoutMs` (the message may have arrived nevertheless) or when an event that has subscribers reached no
 * queue, and with `Error` when the broker refuses the message.
 */
export function createPublisher(broker: Broker, options: PublisherOptions = {}) {
  const { confirmTimeoutMs = 5_000, subscribers = [] } = options;
  const subscriptions = createSubscriptions(broker.prefix, subscribers);
  const returned = new Set<string>();
  const channel = keepChannel({
    name: "publisher",
    log: broker.log,
    open: broker.openConfirmChannel,
    setup: async (opened) => {
      opened.on("return", ({ properties }) => returned.add(String(properties.headers?.[publishIdHeader])));
      await assertExchange(opened, broker.prefix);
      await subscriptions.declare(opened);
    },
  });
  const send = async (exchange: string, routingKey: string, body: Buffer, properties: Options.Publish) => {
    const timeout = AbortSignal.timeout(confirmTimeoutMs);
    // A blocked broker reads what was sent once it is well again, so each retry would become one more copy.
    await broker.unblocked(timeout);
    await confirmed(channel, timeout, (open, onConfirm) =>
      open.publish(exchange, routingKey, body, { ...properties, persistent: true }, onConfirm),
    );
  };
  /** Whether any queue took the message. */
  const sendMandatory = async (exchange: string, routingKey: string, body: Buffer, properties: Options.Publish) => {
    const id = randomUUID();
    const headers = { ...properties.headers, [publishIdHeader]: id };
    let unroutable = false;
    try {
      await send(exchange, routingKey, body, { ...properties, headers, mandatory: true });
    } finally {
      // The broker returns an unroutable message before it confirms it.
      unroutable = returned.delete(id);
    }
    return !unroutable;
  };
  return {
    publish: async (envelope: Envelope, routingKey: string): Promise<void> => {
      const exchange = exchangeName(broker.prefix);
      const properties = propertiesOf(envelope, routingKey);
      if (!subscriptions.wants(routingKey)) return send(exchange, routingKey, toBody(envelope), properties);
      if (await sendMandatory(exchange, routingKey, toBody(envelope), properties)) return;
      // The queues were deleted since they were declared: a new channel declares them again.
      channel.renew();
      throw new BrokerUnavailable(`No queue took ${routingKey}, though it has subscribers`);
    },
    sendToQueue: async (queue: string, body: Buffer, properties: Options.Publish): Promise<void> => {
      if (!(await sendMandatory("", queue, body, properties))) throw new Error(`The queue ${queue} does not exist`);
    },
    /** Waits until publishing is possible. */
    ready: async (signal: AbortSignal): Promise<void> => {
      await channel.ready(signal);
      await broker.unblocked(signal);
    },
    close: (): Promise<void> => channel.close(),
  };
}

const toBody = (envelope: Envelope): Buffer => Buffer.from(JSON.stringify(envelope));

const propertiesOf = (envelope: Envelope, routingKey: string): Options.Publish => ({
  messageId: envelope.id,
  type: routingKey,
  timestamp: Math.floor(Date.parse(envelope.occurredAt) / 1_000),
  contentType: "application/json",
  ...(envelope.traceparent === undefined ? {} : { headers: { traceparent: envelope.traceparent } }),
});

async function confirmed(
  channel: KeptChannel<ConfirmChannel>,
  timeout: AbortSignal,
  publish: (open: ConfirmChannel, onConfirm: (error: unknown) => void) => void,
): Promise<void> {
  const open = await channel.ready(timeout);
  await new Promise<void>((resolve, reject) => {
    const onTimeout = () => reject(new BrokerUnavailable("RabbitMQ did not confirm in time"));
    timeout.addEventListener("abort", onTimeout, { once: true });
    const onConfirm = (error: unknown) => {
      timeout.removeEventListener("abort", onTimeout);
      if (error) reject(toPublishError(error));
      else resolve();
    };
    try {
      publish(open, onConfirm);
    } catch (error) {
      onConfirm(error);
    }
  });
}

/** The driver tells a lost channel from a message that the broker refused (`nacked`) by its words only. */
const toPublishError = (cause: unknown): Error =>
  cause instanceof Error && /channel clos/i.test(cause.message)
    ? new BrokerUnavailable("The connection to RabbitMQ was lost before it confirmed", { cause })
    : new Error("RabbitMQ refused the message", { cause });
