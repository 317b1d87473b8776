import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceName } from "@tradepost/contracts/route";
import { repository } from "@tradepost/local-stack/services";
import { type Stack, startStack } from "@tradepost/local-stack/stack";
import type { StoreName } from "@tradepost/local-stack/stores";
import { MongoClient } from "mongodb";
import pg from "pg";
import { type Links, layLinks } from "./links.ts";
import { openStock, type Stock } from "./stock.ts";

export interface RigOptions {
  /** How long an order waits for its payment. */
  payWithinSeconds: number;
  /** Whether stores survive a power cut; without, a run is faster. */
  durable: boolean;
  /** Whether the official mongod may be fetched. */
  download: boolean;
  /** Where data and logs go; a new folder below the system's temporary one unless said. */
  dir?: string;
  /** Keeps data and logs at the end. */
  keep?: boolean;
  say?: (line: string) => void;
}

/** A whole shop in two replicas, every connection of which can be broken, and whose stores can be read. */
export interface Rig {
  stack: Stack;
  links: Links;
  stock: Stock;
  order: pg.Pool;
  payment: pg.Pool;
  user: pg.Pool;
  mongo: MongoClient;
  dir: string;
  payWithinSeconds: number;
  /** Ends a process of a service by SIGKILL; all of them unless one is named. Returns how many there were. */
  kill(service: ServiceName, replica?: number): number;
  store(name: StoreName): { stop(): Promise<void>; start(): Promise<void> };
  /** How many processes ended and were started again. */
  crashes(): number;
  close(): Promise<void>;
}

export const REPLICAS = 2;

/** Times that production counts in minutes, in seconds here. */
const hurried = (payWithinSeconds: number): Partial<Record<ServiceName, Record<string, string>>> => ({
  order: { PAY_WITHIN_SECONDS: String(payWithinSeconds), SWEEP_EVERY_SECONDS: "1", STUCK_AFTER_SECONDS: "8" },
  product: { HOLD_SWEEP_EVERY_SECONDS: "1", HOLD_SWEEP_GRACE_SECONDS: "2", REFRESH_EVERY_MS: "250" },
});

/** Starts it. When a part cannot start, what has started is stopped before the error is thrown. */
export async function openRig(options: RigOptions): Promise<Rig> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), "tradepost-faults-"));
  const links = layLinks();
  let crashes = 0;
  const forget = () => options.keep || rmSync(dir, { recursive: true, force: true });
  const stack = await startStack({
    dir,
    mediaDir: join(repository, ".local/media"),
    replicas: REPLICAS,
    durable: options.durable,
    download: options.download,
    serviceEnv: hurried(options.payWithinSeconds),
    addressesFor: links.addressesFor,
    onCrash: () => void crashes++,
  }).catch(async (error: unknown) => {
    await links.close();
    forget();
    throw error;
  });
  const { databaseUrls, mongoUrl } = stack.stores;
  const [order, payment, user] = [databaseUrls.order, databaseUrls.payment, databaseUrls.user].map(poolOf);
  const mongo = new MongoClient(mongoUrl, { serverSelectionTimeoutMS: 2_000 });
  if (!order || !payment || !user) throw new Error("a database is missing");
  return {
    ...{ stack, links, order, payment, user, mongo, dir, payWithinSeconds: options.payWithinSeconds },
    stock: await openStock(mongo.db(), stack.serviceUrls.product),
    kill: (service, replica) => killReplicas(stack, service, replica),
    store: (name) => stack.stores.servers[name],
    crashes: () => crashes,
    close: async () => {
      await Promise.all([...[order, payment, user].map((pool) => pool.end()), mongo.close()]);
      await stack.stop();
      await links.close();
      forget();
    },
  };
}

function poolOf(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 3, connectionTimeoutMillis: 2_000, application_name: "faults" });
  pool.on("error", () => {}); // PostgreSQL is stopped and started on purpose
  return pool;
}

function killReplicas(stack: Stack, service: ServiceName, replica?: number): number {
  const { replicas } = stack.services[service];
  const chosen = replica === undefined ? replicas : replicas.slice(replica % replicas.length).slice(0, 1);
  let killed = 0;
  for (const { pid } of chosen) {
    const running = pid();
    if (running === undefined) continue;
    process.kill(running, "SIGKILL");
    killed += 1;
  }
  return killed;
}
