import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ServiceName } from "@tradepost/contracts/route";
import { freePort } from "@tradepost/servers/ports";
import { type Balancer, startBalancer } from "./balancer.ts";
import { type Supervised, supervise } from "./supervise.ts";

export const repository = fileURLToPath(new URL("../../../", import.meta.url));

const COMPILE_CACHE = join(repository, "node_modules/.cache/node-compile");

/** One process of a service. */
export interface Replica {
  service: ServiceName;
  name: string;
  port: number;
  operationsPort: number;
  pid: () => number | undefined;
}

export interface RunningService {
  replicas: Replica[];
  stop: () => Promise<void>;
}

export interface ServiceOptions {
  service: ServiceName;
  /** Where neighbours and the gateway find it. */
  port: number;
  replicas: number;
  env: Record<string, string>;
  dir: string;
  onCrash: (name: string, pid: number) => void;
}

/** Starts a service in so many replicas behind one address, and keeps each of them running. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { service, replicas: count, port } = options;
  const parts = await Promise.all(Array.from({ length: count }, (_, index) => startReplica(options, index)));
  const balancer: Balancer | undefined =
    count > 1
      ? await startBalancer(
          port,
          parts.map(({ replica }) => replica.port),
        )
      : undefined;
  return {
    replicas: parts.map(({ replica }) => replica),
    stop: async () => {
      await Promise.all(parts.map(({ process }) => process.stop()));
      await balancer?.close();
    },
  } satisfies RunningService & { service?: typeof service };
}

async function startReplica(
  { service, port, replicas, env, dir, onCrash }: ServiceOptions,
  index: number,
): Promise<{ replica: Replica; process: Supervised }> {
  const name = replicas === 1 ? service : `${service}-${index + 1}`;
  const own = replicas === 1 ? port : await freePort();
  const operationsPort = await freePort();
  mkdirSync(dir, { recursive: true });
  const supervised = await supervise(
    {
      name,
      dir,
      command: process.execPath,
      args: [join(repository, "services", service, "src/main.ts")],
      // Stripped types and compiled code are kept from start to start.
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        ...env,
        PORT: String(own),
        OPERATIONS_PORT: String(operationsPort),
      },
      isReady: () => answersReady(operationsPort),
    },
    onCrash,
  );
  return { replica: { service, name, port: own, operationsPort, pid: supervised.pid }, process: supervised };
}

async function answersReady(operationsPort: number): Promise<boolean> {
  try {
    const { ok } = await fetch(`http://127.0.0.1:${operationsPort}/readyz`, { signal: AbortSignal.timeout(1_000) });
    return ok;
  } catch {
    return false;
  }
}
