import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createMetrics } from "../src/metrics.ts";
import { createOperations, type Operations, type ReadinessCheck } from "../src/operations.ts";

let operations: Operations | undefined;
afterEach(() => void operations?.server.close());

async function start(checks: Record<string, ReadinessCheck>) {
  const started = createOperations({ registry: createMetrics("order").registry, checks, checkTimeoutMs: 50 });
  operations = started;
  await new Promise<void>((resolve) => started.server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(started.server.address() as AddressInfo).port}`;
  return async (path: string) => {
    const response = await fetch(origin + path);
    const text = await response.text();
    return { status: response.status, text, type: response.headers.get("content-type") };
  };
}

it("is live and ready while every check passes", async () => {
  const get = await start({ database: async () => "fine" });
  expect(await get("/livez")).toMatchObject({ status: 200 });
  expect(await get("/readyz")).toMatchObject({ status: 200, text: '{"status":"ready","checks":{"database":"ok"}}' });
});

it("names the check that fails or hangs, without its message, and stays live", async () => {
  const get = await start({
    database: async () => {
      throw new Error("password wrong");
    },
    broker: () => new Promise(() => undefined),
    cache: () => {
      throw new Error("at once");
    },
  });
  const { status, text } = await get("/readyz");
  expect(status).toBe(503);
  expect(JSON.parse(text)).toEqual({
    status: "unready",
    checks: { database: "failed", broker: "timeout", cache: "failed" },
  });
  expect((await get("/livez")).status).toBe(200);
});

it("is not ready while draining", async () => {
  const get = await start({});
  operations?.drain();
  expect(await get("/readyz")).toMatchObject({ status: 503, text: '{"status":"draining","checks":{}}' });
});

it("shows metrics to Prometheus, and nothing else", async () => {
  const get = await start({});
  const { text, type } = await get("/metrics");
  expect(type).toContain("text/plain");
  expect(text).toContain('process_resident_memory_bytes{service="order"}');
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds\{service="order"\} [\d.e-]+$/m);
  expect((await get("/")).status).toBe(404);
});
