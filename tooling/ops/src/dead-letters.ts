import { consumersByService } from "@tradepost/contracts/consumers";
import { connectBroker } from "@tradepost/messaging/connection";
import { type ConsumerName, createDeadLetters, type DeadLetter } from "@tradepost/messaging/dead-letters";
import { createPublisher } from "@tradepost/messaging/publisher";
import { withProgress } from "./progress.ts";
import { redact } from "./redact.ts";
import { UsageError } from "./usage-error.ts";

export type DeadLetters = ReturnType<typeof createDeadLetters>;

const CONNECT_MS = 10_000;

export const consumers: readonly ConsumerName[] = Object.entries(consumersByService).flatMap(([service, own]) =>
  Object.keys(own).map((name) => ({ service, name })),
);
export const nameOf = ({ service, name }: ConsumerName): string => `${service}.${name}`;

/** Throws UsageError with the names there are. */
export function consumerNamed(text: string): ConsumerName {
  const consumer = consumers.find((each) => nameOf(each) === text);
  if (!consumer) throw new UsageError(`There is no consumer ${text}. There are: ${consumers.map(nameOf).join(", ")}.`);
  return consumer;
}

/** Runs `work` on a broker's dead letters and prints the lines it answers. Rejects when the broker cannot be reached. */
export async function onDeadLetters(url: string, work: (deadLetters: DeadLetters) => Promise<string[]>): Promise<void> {
  const reasons: string[] = [];
  const note = (fields: object) => "reason" in fields && reasons.push(String(fields.reason));
  const log = { info: () => {}, warn: note, error: note };
  const broker = await connectBroker({ url, log, connectionName: "ops" });
  const publisher = createPublisher(broker);
  try {
    await withProgress("connecting to RabbitMQ", publisher.ready(AbortSignal.timeout(CONNECT_MS))).catch(() => {
      throw new Error(`RabbitMQ cannot be used: ${reasons.at(-1) ?? "it does not answer"}.`);
    });
    const lines = await withProgress("working through the dead letters", work(createDeadLetters(broker, publisher)));
    for (const line of lines) console.log(line);
  } finally {
    await publisher.close();
    await broker.close();
  }
}

/** How many dead letters each consumer has; `-` where no queue has been declared yet. */
export async function overview(deadLetters: DeadLetters): Promise<string[]> {
  const lines: string[] = [];
  for (const consumer of consumers) {
    const count = await deadLetters.count(consumer).catch((error: unknown) => {
      if ((error as { code?: number }).code === 404) return "-";
      throw error;
    });
    lines.push(`${count}\t${nameOf(consumer)}`);
  }
  return lines;
}

/** A letter in one line of JSON, without what it says. */
export function headline({ body, ...rest }: DeadLetter): string {
  return JSON.stringify({ ...rest, bytes: Buffer.byteLength(body) });
}

/** A letter with its envelope and the redacted payload. */
export function letterText({ body, ...rest }: DeadLetter): string[] {
  const facts = Object.entries(rest).map(([name, value]) => `${name.padEnd(12)}${value ?? "-"}`);
  const { payload, ...envelope } = envelopeIn(body);
  return [...facts, "", JSON.stringify({ ...envelope, payload: redact(payload) }, null, 2)];
}

function envelopeIn(body: string): Record<string, unknown> {
  try {
    const { id, name, version, aggregateId, occurredAt, payload } = JSON.parse(body);
    return { id, name, version, aggregateId, occurredAt, payload };
  } catch {
    return { payload: body };
  }
}
