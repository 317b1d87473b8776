import { randomUUIDv7 } from "node:crypto";
import { context, propagation } from "@opentelemetry/api";
import type { Envelope, EventContract, Payload } from "@tradepost/contracts/event";
import type { PendingEvent } from "./mongo.ts";

/** An event as it waits in the document whose change it tells of. Throws `ZodError` when it breaks its contract. */
export function pendingEvent<E extends EventContract>(
  event: E,
  aggregateId: string,
  payload: Payload<E>,
): PendingEvent {
  const trace: { traceparent?: string } = {};
  propagation.inject(context.active(), trace);
  const envelope: Envelope = event.envelope.parse({
    id: randomUUIDv7(),
    name: event.name,
    version: event.version,
    aggregateId,
    occurredAt: new Date().toISOString(),
    ...trace,
    payload,
  });
  return { id: envelope.id, routingKey: event.routingKey, envelope };
}
