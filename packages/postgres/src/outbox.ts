import { randomUUIDv7 } from "node:crypto";
import { context, propagation } from "@opentelemetry/api";
import type { Envelope, EventContract, Payload } from "@tradepost/contracts/event";
import type { Sql } from "./sql.ts";

/** The channel on which a relay hears that there is something to publish. */
export const outboxChannel = "outbox";

// Tells the relay when, and only if, the transaction commits; one round trip for both.
const insertSql = `
  INSERT INTO outbox (id, routing_key, aggregate_id, envelope) VALUES ($1, $2, $3, $4)
  RETURNING pg_notify('${outboxChannel}', '')`;

export interface OutboxEntry<E extends EventContract> {
  /** The thing the event is about. Its events are published in the order of their inserts. */
  aggregateId: string;
  payload: Payload<E>;
  /** W3C trace context; by default that of the running request. */
  traceparent?: string | undefined;
}

/**
 * Makes an event part of the transaction: it is published if, and only if, `tx` commits.
 *
 * Lock or update the aggregate's row first, so that two transactions on it cannot swap their events.
 * Returns the envelope as stored. Throws `ZodError` when the payload breaks the event's contract.
 */
export async function addToOutbox<E extends EventContract>(
  tx: Sql,
  event: E,
  { aggregateId, payload, traceparent = activeTraceparent() }: OutboxEntry<E>,
): Promise<Envelope<E>> {
  const envelope = event.envelope.parse({
    id: randomUUIDv7(),
    name: event.name,
    version: event.version,
    aggregateId,
    occurredAt: new Date().toISOString(),
    ...(traceparent === undefined ? {} : { traceparent }),
    payload,
  });
  await tx.query(insertSql, [envelope.id, event.routingKey, aggregateId, JSON.stringify(envelope)]);
  return envelope as Envelope<E>;
}

function activeTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}
