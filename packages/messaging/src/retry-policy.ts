import type { ConsumeMessage } from "amqplib";
import { isUnavailable } from "./broker-unavailable.ts";
import { messageOf } from "./log.ts";
import { InvalidMessage } from "./message.ts";
import type { ConsumerQueues } from "./topology.ts";

/** Counts, from 1, the attempts at handling a message. */
export const attemptHeader = "x-attempt";
/** Counts the failures that were not the message's fault. */
export const waitsHeader = "x-waits";
export const reasonHeader = "x-reason";
export const errorHeader = "x-error";
export const failedAtHeader = "x-failed-at";

export interface FailedDelivery {
  outcome: "retried" | "dead";
  queue: string;
  headers: Record<string, unknown>;
}

const maxErrorLength = 2_000;

/**
 * Where a message goes whose handling failed. An invalid one is dead at once, any other after its last attempt. While a
 * store or a neighbour is unavailable no attempt counts: an outage of an hour must not kill an hour's events.
 */
export function afterFailure(message: ConsumeMessage, error: unknown, queues: ConsumerQueues): FailedDelivery {
  const headers = message.properties.headers ?? {};
  const attempt = countOf(headers[attemptHeader], 1);
  const waits = countOf(headers[waitsHeader], 0);
  const unavailable = isUnavailable(error);
  const retry = unavailable ? queues.retries[Math.min(waits, queues.retries.length - 1)] : queues.retries[attempt - 1];
  const told = {
    ...headers,
    [attemptHeader]: attempt,
    [errorHeader]: messageOf(error).slice(0, maxErrorLength),
    [failedAtHeader]: new Date().toISOString(),
  };
  if (error instanceof InvalidMessage || !retry) {
    const reason = error instanceof InvalidMessage ? "invalid" : "failed";
    return { outcome: "dead", queue: queues.dead, headers: { ...told, [reasonHeader]: reason } };
  }
  const counted = unavailable ? { [waitsHeader]: waits + 1 } : { [attemptHeader]: attempt + 1 };
  return { outcome: "retried", queue: retry.queue, headers: { ...told, ...counted } };
}

const countOf = (value: unknown, fallback: number): number =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : fallback;
