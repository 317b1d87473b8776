import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceName } from "@tradepost/contracts/route";
import { repository } from "@tradepost/local-stack/services";
import { type Stack, startStack } from "@tradepost/local-stack/stack";
import { MongoClient } from "mongodb";
import pg from "pg";
import { postGuard } from "./guard.ts";
import { type Links, layLinks } from "./links.ts";
import { type Interrupt, openOutages } from "./outages.ts";
import { openStock, type Stock } from "./stock.ts";

export interface RigOptions {
  /** How long an order waits for its payment. */
  payWithinSeconds: number;
  /** Whether stores survive a power cut; without, a run is faster. */
  durable: boolean;
  /** Whether the official mongod may be fetched. */
  download: boolean;
  /** Keeps data and logs at the end. */
  keep?: boolean;
}

/** A whole shop in two replicas, every connection of which can be broken, and whose stores can be read. */
export interface Rig {
  stack: Stack;
  links: Links;
  stock: Stock;
  order: pg.Pool;
  payment: pg.Pool;
  mongo: MongoClient;
  /** Data and logs. */
  dir: string;
  payWithinSeconds: number;
  /** Ends a process by SIGKILL; all replicas of a service unless one is named. Returns how many there were. */
  kill(victim: Victim, replica?: number): number;
  /** Whether all processes of it run. */
  isUp(victim: Victim): boolean;
  interrupt: Interrupt;
  close(): Promise<void>;
}

/** What is killed, and started again by its supervisor. */
export type Victim = ServiceName | "gateway";

export const REPLICAS = 2;

/** Times that production counts in minutes, in seconds here. */
const hurried = (payWithinSeconds: number): Partial<Record<ServiceName, Record<string, string>>> => ({
  order: { PAY_WITHIN_SECONDS: String(payWithinSeconds), SWEEP_EVERY_SECONDS: "1", STUCK_AFTER_SECONDS: "8" },
  product: { HOLD_SWEEP_EVERY_SECONDS: "1", HOLD_SWEEP_GRACE_SECONDS: "2", REFRESH_EVERY_MS: "250" },
});

/** Starts it. When a part cannot start, what has started is stopped before the error is thrown. */
export async function openRig(options: RigOptions): Promise<Rig> {
  const dir = mkdtempSync(join(tmpdir(), "tradepost-faults-"));
  const links = layLinks();
  const stops: (() => Promise<unknown>)[] = [await postGuard(dir, options.keep ?? false), links.close];
  let isClosing = false;
  const close = async () => {
    isClosing = true;
    for (const stop of stops.splice(0).reverse()) await stop().catch(() => {});
    if (!options.keep) rmSync(dir, { recursive: true, force: true });
  };
  try {
    const stack = await startStack({
      ...{ dir, replicas: REPLICAS, durable: options.durable, download: options.download },
      mediaDir: join(repository, ".local/media"),
      serviceEnv: hurried(options.payWithinSeconds),
      addressesFor: (part, at) =>
        links.addressesFor(part, { ...at, mongoUrl: options.durable ? journaled(at.mongoUrl) : at.mongoUrl }),
    });
    stops.push(stack.stop);
    const { databaseUrls, mongoUrl } = stack.stores;
    const [order, payment] = [poolOf(databaseUrls.order), poolOf(databaseUrls.payment)];
    const mongo = new MongoClient(journaled(mongoUrl), { serverSelectionTimeoutMS: 2_000 });
    for (const client of [order, payment]) stops.push(() => client.end());
    stops.push(() => mongo.close());
    return {
      ...{ stack, links, order, payment, mongo, dir, close, payWithinSeconds: options.payWithinSeconds },
      stock: await openStock(mongo.db(), stack.serviceUrls.product),
      kill: (victim, replica) => killProcesses(processesOf(stack, victim), replica),
      isUp: (victim) => processesOf(stack, victim).every(({ pid }) => pid() !== undefined),
      interrupt: openOutages(stack.stores, () => isClosing),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A write counts once it is on the disk, as it does for a majority of production's replica set. */
function journaled(mongoUrl: string): string {
  const url = new URL(mongoUrl);
  url.searchParams.set("journal", "true");
  return url.href;
}

function poolOf(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 3, connectionTimeoutMillis: 2_000, application_name: "faults" });
  pool.on("error", () => {}); // PostgreSQL is stopped and started on purpose
  return pool;
}

interface Killable {
  pid: () => number | undefined;
}

const processesOf = ({ gateway, services }: Stack, victim: Victim): readonly Killable[] =>
  victim === "gateway" ? [gateway] : services[victim].replicas;

function killProcesses(processes: readonly Killable[], replica?: number): number {
  const chosen = replica === undefined ? processes : processes.slice(replica % processes.length).slice(0, 1);
  let killed = 0;
  for (const { pid } of chosen) {
    const running = pid();
    if (running === undefined) continue;
    process.kill(running, "SIGKILL");
    killed += 1;
  }
  return killed;
}
