import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Operations } from "./operations.ts";

const DRAIN_MS = 10_000;
const STOP_STEP_MS = 10_000;

type Step = () => Promise<unknown> | unknown;

export interface RunServiceOptions {
  app: FastifyInstance;
  port: number;
  host: string;
  operations: Operations;
  operationsPort: number;
  /** Run in order before listening: migrations, connections, consumers, relays. */
  start?: Step[];
  /** Run in order after the last request is answered: consumers, relays, pools. */
  stop?: Step[];
  /** How long requests in flight may take to finish once a stop is asked for. Default 10 000. */
  drainMs?: number;
  /** How long each of the `stop` steps may take. Default 10 000. */
  stopStepMs?: number;
  /** How long to go on taking requests after readiness fails, until load balancers have noticed. Default 0. */
  unreadyGraceMs?: number;
  exit?: (code: number) => void;
}

export interface RunningService {
  port: number;
  operationsPort: number;
  stop(): Promise<void>;
}

/**
 * Starts a service and stops it well: on SIGTERM or SIGINT readiness fails first, then no connection is accepted, then
 * requests in flight finish (for `drainMs` at most), then `stop` runs. A second signal exits at once.
 */
export async function runService(options: RunServiceOptions): Promise<RunningService> {
  const { app, operations, exit = process.exit } = options;
  const { logger } = app.tradepost;
  for (const step of options.start ?? []) await step();
  await app.listen({ port: options.port, host: options.host });
  await listen(operations.server, options.operationsPort, options.host);

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= stopInOrder(options);
    return stopping;
  };
  stopOnSignals(() => {
    if (stopping) return exit(1);
    logger.info({ event: "service.stopping" });
    stop().then(
      () => exit(0),
      () => exit(1),
    );
  });
  // Left to itself, Node would print the error's message, which may quote what somebody typed.
  const dieOf = (event: string) => (error: unknown) => {
    logger.error({ event, err: error });
    app.tradepost.onUnexpectedError?.(error);
    logger.flush();
    exit(1);
  };
  process.on("unhandledRejection", dieOf("rejection.unhandled"));
  process.on("uncaughtException", dieOf("exception.uncaught"));

  const port = (app.server.address() as AddressInfo).port;
  logger.info({ event: "service.ready", port, durationMs: Math.round(performance.now()) });
  logger.flush();
  return { port, operationsPort: (operations.server.address() as AddressInfo).port, stop };
}

function stopOnSignals(onSignal: () => void): void {
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

async function stopInOrder(options: RunServiceOptions): Promise<void> {
  const { app, operations, drainMs = DRAIN_MS, unreadyGraceMs = 0 } = options;
  const { logger } = app.tradepost;
  operations.drain();
  if (unreadyGraceMs > 0) await delay(unreadyGraceMs);
  const closed = app.close().then(() => true);
  if (!(await Promise.race([closed, delay(drainMs, false, { ref: false })]))) {
    logger.warn({ event: "service.drain_timeout" });
    app.server.closeAllConnections();
    await closed;
  }
  const failures: unknown[] = [];
  for (const step of options.stop ?? []) {
    await withinTime(step, options.stopStepMs ?? STOP_STEP_MS).catch((error: unknown) => failures.push(error));
  }
  operations.server.close();
  operations.server.closeAllConnections();
  for (const err of failures) logger.error({ event: "service.stop_failed", err });
  logger.info({ event: "service.stopped" });
  logger.flush();
  if (failures.length > 0) throw failures[0];
}

/** A store that is away must not keep a process from ending: what its step leaves undone, the process's end undoes. */
async function withinTime(step: Step, timeoutMs: number): Promise<void> {
  const late = delay(timeoutMs, "late" as const, { ref: false });
  if ((await Promise.race([(async () => step())(), late])) === "late") throw new Error("a stop step took too long");
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
