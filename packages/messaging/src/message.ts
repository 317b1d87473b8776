import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Envelope } from "@tradepost/contracts/event";
import type { ConsumeMessage } from "amqplib";
import { z } from "zod";
import type { ConsumerContract } from "./consumer-contract.ts";
import { messageOf } from "./log.ts";

/** The message can never be handled: it is no JSON, no envelope, or breaks the contract of its event. */
export class InvalidMessage extends Error {
  override readonly name = "InvalidMessage";
}

/** An older replica may get what only a newer one asked for, so this may be worth another attempt elsewhere. */
export class UnexpectedEvent extends Error {
  override readonly name = "UnexpectedEvent";
}

const Header = z.object({ name: z.string(), version: z.int() });

/** Reads the event of a message. Throws `InvalidMessage` or `UnexpectedEvent`. */
export function readEnvelope({ content }: Pick<ConsumeMessage, "content">, { events }: ConsumerContract): Envelope {
  const json = parseJson(content.toString("utf8"));
  const header = Header.safeParse(json);
  if (!header.success) throw new InvalidMessage(`not an event: ${z.prettifyError(header.error)}`);
  const { name, version } = header.data;
  const event = events.find((candidate) => candidate.name === name && candidate.version === version);
  if (!event) throw new UnexpectedEvent(`this consumer does not know ${name}.v${version}`);
  const envelope = event.envelope.safeParse(json);
  if (!envelope.success) throw new InvalidMessage(`breaks ${event.routingKey}: ${z.prettifyError(envelope.error)}`);
  return envelope.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidMessage(`not JSON: ${messageOf(cause)}`, { cause });
  }
}

/** Runs `work` as a span of the trace in which the event came about. */
export function inTraceOf<T>(envelope: Envelope, consumer: string, work: () => Promise<T>): Promise<T> {
  const parent = propagation.extract(ROOT_CONTEXT, { traceparent: envelope.traceparent });
  const attributes = {
    "messaging.system": "rabbitmq",
    "messaging.operation.type": "process",
    "messaging.destination.name": consumer,
    "messaging.message.id": envelope.id,
  };
  const span = trace
    .getTracer("@tradepost/messaging")
    .startSpan(`process ${consumer}`, { kind: SpanKind.CONSUMER, attributes }, parent);
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await work();
    } catch (error) {
      // Its name only: a third party's message may quote what it was sent.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : typeof error });
      throw error;
    } finally {
      span.end();
    }
  });
}
