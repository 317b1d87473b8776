import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { messagingMetrics } from "../src/messaging-metrics.ts";
import { repeat } from "../src/repeat.ts";
import { sentenceLog, untilReady } from "../src/service-base.ts";

const keepLines = () => {
  const lines: Record<string, unknown>[] = [];
  const write = (fields: Record<string, unknown>) => void lines.push(fields);
  const logger = {
    debug: write,
    info: write,
    warn: write,
    error: write,
    request: () => {},
    child: () => logger,
    flush: () => {},
  };
  return { lines, logger };
};

describe("repeat", () => {
  it("goes on after a failing turn, and ends after the running one", async () => {
    const failures: unknown[] = [];
    const third = Promise.withResolvers<void>();
    let turns = 0;
    const work = async () => {
      turns += 1;
      if (turns === 1) throw new Error("first");
      if (turns === 3) third.resolve();
    };
    const repeating = repeat(work, { everyMs: 1, onFailure: (error) => failures.push(error) });
    await third.promise;
    await repeating.stop();
    const ended = turns;
    expect(failures).toEqual([new Error("first")]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(turns).toBe(ended);
  });
});

describe("messagingMetrics", () => {
  it("counts by consumer and outcome", async () => {
    const registry = new Registry();
    const observer = messagingMetrics(registry);
    observer.handled({ consumer: "order.record-capture", outcome: "done", ageMs: 40 });
    observer.handled({ consumer: "order.record-capture", outcome: "retried", ageMs: 40 });
    observer.relayed({ published: 3, failed: 1, oldestMs: 700 });
    const text = await registry.metrics();
    for (const line of [
      'messaging_events_handled_total{consumer="order.record-capture",outcome="done"} 1',
      'messaging_events_handled_total{consumer="order.record-capture",outcome="retried"} 1',
      'messaging_event_age_seconds_bucket{le="0.05",consumer="order.record-capture"} 2',
      'messaging_outbox_age_seconds_bucket{le="1"} 1',
      'messaging_outbox_events_total{outcome="published"} 3',
    ])
      expect(text).toContain(line);
  });
});

describe("messaging beside a service", () => {
  it("is waited for, but does not keep the service from starting", async () => {
    const { lines, logger } = keepLines();
    await untilReady({ ready: async () => {} }, logger);
    expect(lines).toEqual([]);
    await untilReady({ ready: () => Promise.reject(new Error("away")) }, logger);
    expect(lines).toMatchObject([{ event: "messaging.not_ready_yet" }]);
  });

  it("writes its sentences as events", () => {
    const { lines, logger } = keepLines();
    sentenceLog(logger, "messaging").warn({ queue: "a" }, "lost the connection to RabbitMQ");
    expect(lines).toEqual([{ queue: "a", event: "messaging.lost_the_connection_to_rabbitmq" }]);
  });
});
