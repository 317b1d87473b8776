import { randomUUID } from "node:crypto";
import { eventsByService } from "@tradepost/contracts/catalog";
import { waitFor } from "@tradepost/testing/wait-for";
import amqp from "amqplib";
import { sampleValue } from "../contract-samples.ts";
import type { Canaries } from "./canaries.ts";
import type { WatchedShop } from "./watched-shop.ts";

/**
 * Publishes every event there is, once as its contract says and twice broken, full of canaries, and waits until their
 * consumers have taken them. Resolves to the names of the events that somebody consumes.
 */
export async function publishEveryEvent(shop: WatchedShop, canaries: Canaries): Promise<string[]> {
  const connection = await amqp.connect(shop.stack.stores.rabbitUrl);
  const channel = await connection.createConfirmChannel();
  const unrouted = new Set<string>();
  channel.on("return", ({ properties }) => unrouted.add(String(properties.messageId)));
  const sent: { id: string; name: string; isValid: boolean }[] = [];
  for (const event of Object.values(eventsByService).flatMap((events) => Object.values(events))) {
    const envelope = sampleValue(event.envelope, canaries) as Record<string, unknown>;
    const { traceparent: _, ...rest } = envelope;
    for (const body of [
      rest,
      { ...rest, payload: { [canaries.mark]: canaries.email } },
      `{"name": "${canaries.email}`,
    ]) {
      const id = randomUUID();
      const isValid = body === rest;
      const text = typeof body === "string" ? body : JSON.stringify({ ...body, id });
      const properties = { messageId: id, type: event.routingKey, contentType: "application/json", mandatory: true };
      channel.publish("tradepost.events", event.routingKey, Buffer.from(text), properties);
      sent.push({ id, name: event.name, isValid });
    }
  }
  await channel.waitForConfirms();
  await connection.close();
  const consumed = sent.filter(({ id }) => !unrouted.has(id));
  await waitFor(
    () => {
      const lines = Object.values(shop.logs()).join("");
      const traces = shop.collector.traces();
      return consumed.every(({ id, isValid }) => (isValid ? traces : lines).includes(id));
    },
    { timeoutMs: 60_000, intervalMs: 200, what: "every event to be handled or refused" },
  );
  return [...new Set(consumed.map(({ name }) => name))];
}
