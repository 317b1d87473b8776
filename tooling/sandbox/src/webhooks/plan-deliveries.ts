import type { Store } from "../storage/store.ts";
import { newId } from "../stripe/ids.ts";
import type { Delivery, WebhookFault, WebhookFaults } from "./delivery.ts";

type Plan = { store: Store; type: string; nowMs: number; faults: WebhookFaults };

/** One delivery for each endpoint that wants this event, as bent by the faults in force. */
export function planDeliveries({ store, type, nowMs, faults }: Plan): Omit<Delivery, "event">[] {
  const endpoints = store
    .all("webhook_endpoints")
    .filter((endpoint) => endpoint.status === "enabled")
    .filter(({ enabled_events }) => enabled_events.includes("*") || enabled_events.includes(type));
  return endpoints.flatMap((endpoint) => bend(newDelivery(endpoint.id, type, nowMs), faults(type)));
}

function newDelivery(endpoint: string, eventType: string, dueAtMs: number): Omit<Delivery, "event"> {
  return { id: newId("del"), eventType, endpoint, status: "pending", attempts: [], dueAtMs };
}

function bend(delivery: Omit<Delivery, "event">, fault: WebhookFault | undefined): Omit<Delivery, "event">[] {
  if (!fault) return [delivery];
  if (fault.kind === "lose") return [{ ...delivery, status: "lost" }];
  const dueAtMs = delivery.dueAtMs + fault.ms;
  if (fault.kind === "late") return [{ ...delivery, dueAtMs }];
  if (fault.kind === "reorder") return [{ ...delivery, dueAtMs, held: true }];
  const copies = Array.from({ length: fault.n }, () => ({ ...delivery, id: newId("del") }));
  if (fault.kind === "forge") return [...copies.map((copy) => ({ ...copy, forged: true as const })), delivery];
  return [delivery, ...copies];
}
