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
  /** The program to run; the service's sources unless given. */
  program?: string;
  /** Where neighbours and the gateway find it. */
  port: number;
  replicas: number;
  env: Record<string, string>;
  dir: string;
  onCrash: (name: string, pid: number) => void;
}

/** Starts a service in so many replicas behind one address, and keeps each of them running. All start or none stays. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { replicas: count, port } = options;
  const results = await Promise.allSettled(Array.from({ length: count }, (_, index) => startReplica(options, index)));
  const parts = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const stopReplicas = () => Promise.all(parts.map(({ process }) => process.stop()));
  const failure = results.find((result) => result.status === "rejected");
  if (failure) {
    await stopReplicas();
    throw failure.reason;
  }
  const replicas = parts.map(({ replica }) => replica);
  const ports = replicas.map((replica) => replica.port);
  const balancer: Balancer | undefined = count > 1 ? await startBalancer(port, ports) : undefined;
  return {
    replicas,
    stop: async () => {
      await stopReplicas();
      await balancer?.close();
    },
  };
}

async function startReplica(
  { service, program, port, replicas, env, dir, onCrash }: ServiceOptions,
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
      args: [program ?? join(repository, "services", service, "src/main.ts")],
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
