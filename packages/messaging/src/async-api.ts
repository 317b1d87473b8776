import type { EventContract } from "@tradepost/contracts/event";
import { z } from "zod";
import type { ConsumerContract } from "./consumer-contract.ts";
import { exchangeName } from "./topology.ts";

export interface ServiceEvents {
  service: string;
  publishes: readonly EventContract[];
  consumers: readonly ConsumerContract[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Who publishes and who consumes which event, as an AsyncAPI 3 document. The same input always gives the same text.
 * Throws when a consumer listens to an event that no service publishes.
 */
export function asyncApiDocument(info: { title: string; version: string }, services: readonly ServiceEvents[]) {
  const published = services.flatMap(({ publishes }) => publishes);
  const events = [...new Map(published.map((event) => [event.routingKey, event])).values()].sort((a, b) =>
    byText(a.routingKey, b.routingKey),
  );
  const known = new Set(events.map(({ routingKey }) => routingKey));
  const operations = services.flatMap((service) => [
    ...service.publishes.map((event) => sendOperation(service.service, event)),
    ...service.consumers.flatMap((consumer) =>
      consumer.events.map((event) => receiveOperation(consumer, event, known)),
    ),
  ]);
  return {
    asyncapi: "3.0.0",
    info,
    defaultContentType: "application/json",
    channels: Object.fromEntries(events.map((event) => [event.routingKey, channelOf(event)])),
    operations: Object.fromEntries(operations.sort(([a], [b]) => byText(a, b))),
    components: { messages: Object.fromEntries(events.map((event) => [event.routingKey, messageOf(event)])) },
  };
}

const channelOf = (event: EventContract) => ({
  address: event.routingKey,
  messages: { event: { $ref: `#/components/messages/${event.routingKey}` } },
  bindings: {
    amqp: { is: "routingKey", exchange: { name: exchangeName(""), type: "topic", durable: true, autoDelete: false } },
  },
});

const messageOf = (event: EventContract) => ({
  name: event.routingKey,
  contentType: "application/json",
  payload: z.toJSONSchema(event.envelope, { target: "draft-07" }),
});

const operation = (action: "send" | "receive", summary: string, event: EventContract) => ({
  action,
  summary,
  channel: { $ref: `#/channels/${event.routingKey}` },
  messages: [{ $ref: `#/channels/${event.routingKey}/messages/event` }],
});

const sendOperation = (service: string, event: EventContract) =>
  [`${service}.send.${event.routingKey}`, operation("send", `${service} publishes it`, event)] as const;

function receiveOperation({ service, name }: ConsumerContract, event: EventContract, known: ReadonlySet<string>) {
  const queue = `${service}.${name}`;
  if (!known.has(event.routingKey)) throw new Error(`${queue} consumes ${event.routingKey}, which nobody publishes`);
  const received = operation("receive", `${queue} handles it`, event);
  const bindings = { amqp: { ack: true } };
  return [`${queue}.receive.${event.routingKey}`, { ...received, bindings }] as const;
}
