import type { Server, ServerResponse } from "node:http";
import type { Registry } from "prom-client";

// An import of node:http looks at all it exports, WebSocket too, for which Node loads its whole fetch: 90 ms and 15 MB.
const { createServer } = process.getBuiltinModule("node:http");

const CHECK_TIMEOUT_MS = 2000;

/** Resolves when what it looks at works, e.g. `() => pool.query("SELECT 1")`. */
export type ReadinessCheck = () => Promise<unknown>;

export interface OperationsOptions {
  registry: Registry;
  /** By the name that an operator sees when one fails. */
  checks: Record<string, ReadinessCheck>;
  checkTimeoutMs?: number;
}

export interface Operations {
  server: Server;
  /** From now on `/readyz` answers 503, so that no new work is sent here. */
  drain(): void;
}

/**
 * What operators and the cluster ask, on a port of its own that the gateway never reaches: `/livez` (the process works),
 * `/readyz` (it can take work; each check by name) and `/metrics` (Prometheus).
 */
export function createOperations({
  registry,
  checks,
  checkTimeoutMs = CHECK_TIMEOUT_MS,
}: OperationsOptions): Operations {
  let draining = false;
  const server = createServer(async (request, response) => {
    if (request.url === "/livez") return send(response, 200, { status: "live" });
    if (request.url === "/readyz") {
      const results = await runChecks(checks, checkTimeoutMs);
      const isReady = !draining && Object.values(results).every((result) => result === "ok");
      return send(response, isReady ? 200 : 503, {
        status: draining ? "draining" : isReady ? "ready" : "unready",
        checks: results,
      });
    }
    if (request.url === "/metrics") {
      response.setHeader("content-type", registry.contentType);
      return response.end(await registry.metrics());
    }
    return send(response, 404, { status: "unknown" });
  });
  return {
    server,
    drain: () => {
      draining = true;
    },
  };
}

async function runChecks(checks: Record<string, ReadinessCheck>, timeoutMs: number): Promise<Record<string, string>> {
  const results = Object.entries(checks).map(
    async ([name, check]) => [name, await runCheck(check, timeoutMs)] as const,
  );
  return Object.fromEntries(await Promise.all(results));
}

async function runCheck(check: ReadinessCheck, timeoutMs: number): Promise<"ok" | "failed" | "timeout"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"timeout">((resolve) => {
    timer = setTimeout(resolve, timeoutMs, "timeout");
  });
  const outcome = (async () => check())().then(
    () => "ok" as const,
    () => "failed" as const,
  );
  return Promise.race([outcome, late]).finally(() => clearTimeout(timer));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
