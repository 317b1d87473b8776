/** A service whose one route takes its time, run as a process of its own to be stopped by signals. */
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { defineRoute } from "@tradepost/contracts/route";
import { z } from "zod";
import { createLogger } from "../src/logger.ts";
import { createMetrics } from "../src/metrics.ts";
import { mountRoute } from "../src/mount-route.ts";
import { createOperations } from "../src/operations.ts";
import { runService } from "../src/run-service.ts";
import { createServiceApp } from "../src/service-app.ts";

const slow = defineRoute({
  method: "GET",
  path: "/slow/:ms",
  summary: "Answer after a while",
  access: "public",
  params: z.object({ ms: z.coerce.number() }),
  success: { status: 200, body: z.object({ ms: z.number() }) },
  failures: [],
});
const UNTIL_TOLD = -3;
const say = (word: string) => process.send?.(word);

const app = createServiceApp({ name: "order", logger: createLogger({ service: "order", level: "error" }) });
mountRoute(app, slow, async ({ params }) => {
  say("request");
  if (params.ms === -1) void Promise.reject(new Error("nobody waits for canary@example.com"));
  if (params.ms === -2)
    setImmediate(() => {
      throw new Error("nobody catches canary@example.com");
    });
  if (params.ms === UNTIL_TOLD) await once(process, "message");
  else await delay(params.ms);
  return { ms: params.ms };
});
const service = await runService({
  app,
  port: 0,
  host: "127.0.0.1",
  operations: createOperations({ registry: createMetrics("order").registry, checks: {} }),
  operationsPort: 0,
  start: [() => say("start")],
  stop: [
    () => say("stop consumers"),
    () => (process.argv.includes("stuck") ? new Promise(() => {}) : delay(20)),
    () => say("stop pools"),
  ],
  stopStepMs: 200,
  drainMs: process.argv.includes("drains") ? 60_000 : 400,
  unreadyGraceMs: process.argv.includes("patient") ? 3_000 : 100,
});
process.send?.({ port: service.port, operationsPort: service.operationsPort });
