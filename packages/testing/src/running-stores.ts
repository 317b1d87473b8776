import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { identifyProcess, isRunning, type ProcessIdentity } from "@tradepost/servers/process-identity";
import type { StoreAddresses } from "./store-addresses.ts";

interface RunningStores {
  owner: ProcessIdentity | undefined;
  addresses: StoreAddresses;
}

const FILE = fileURLToPath(new URL("../../../.local/test-stores.json", import.meta.url));

/** The stores that `npm run stores` keeps up; undefined when it isn't running. */
export function findRunningStores(file = FILE): StoreAddresses | undefined {
  const { owner, addresses } = readAnnouncement(file);
  return owner !== undefined && isRunning(owner) ? addresses : undefined;
}

/** Tells later test runs where this process keeps its stores; the answer takes that back. */
export function announceStores(addresses: StoreAddresses, file = FILE): () => void {
  mkdirSync(dirname(file), { recursive: true });
  const running: RunningStores = { owner: identifyProcess(process.pid), addresses };
  writeFileSync(file, JSON.stringify(running, null, 2), { mode: 0o600 });
  return () => {
    if (readAnnouncement(file).owner?.pid === process.pid) rmSync(file);
  };
}

function readAnnouncement(file: string): Partial<RunningStores> {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}
