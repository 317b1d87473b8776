import { context, trace } from "@opentelemetry/api";
import { NodeSDK } from "@opentelemetry/sdk-node";
import type { Envelope } from "@tradepost/contracts/event";
import { messagingMigrations, migrate } from "@tradepost/postgres/migrate";
import { addToOutbox } from "@tradepost/postgres/outbox";
import { createPostgres } from "@tradepost/postgres/pool";
import { testDatabase } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defineConsumer } from "../src/consumer-contract.ts";
import { bellRung, type Rig, startRig } from "./rig.ts";

type SpanProcessor = NonNullable<NonNullable<ConstructorParameters<typeof NodeSDK>[0]>["spanProcessors"]>[number];
const finished: Parameters<SpanProcessor["onEnd"]>[0][] = [];
const collector: SpanProcessor = {
  onStart: () => {},
  onEnd: (span) => void finished.push(span),
  forceFlush: async () => {},
  shutdown: async () => {},
};
const sdk = new NodeSDK({ spanProcessors: [collector], metricReaders: [], logRecordProcessors: [] });
let rig: Rig;

beforeAll(async () => {
  sdk.start();
  rig = await startRig();
});
afterAll(async () => {
  await rig.close();
  await sdk.shutdown();
});

it("carries the trace of a request through the outbox into the handler and the events that it emits", async () => {
  const database = await testDatabase((url) => migrate({ url, directories: [messagingMigrations] }));
  const postgres = createPostgres({ url: database.url, applicationName: "tracing-test" });
  const emit = (stroke: number) =>
    postgres.transact((tx) => addToOutbox(tx, bellRung, { aggregateId: "tower", payload: { tower: "tower", stroke } }));
  let answer: Envelope | undefined;
  const consumer = defineConsumer({
    service: "test",
    name: "answer",
    events: [bellRung],
    handle: async ({ payload }) => {
      answer = await emit(payload.stroke + 1);
    },
  });
  await rig.consume(consumer);
  const request = trace.getTracer("test").startSpan("request");
  const envelope = await context.with(trace.setSpan(context.active(), request), () => emit(1));
  request.end();
  const { traceId, spanId } = request.spanContext();
  expect(envelope.traceparent).toBe(`00-${traceId}-${spanId}-01`);

  await rig.publish(envelope);
  const handling = await waitFor(() => finished.find(({ name }) => name === "process test.answer"));
  expect(handling?.parentSpanContext).toMatchObject({ traceId, spanId });
  expect(answer?.traceparent).toBe(`00-${traceId}-${handling?.spanContext().spanId}-01`);
  await postgres.end();
  await database.drop();
});
