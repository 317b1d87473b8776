import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceName } from "@tradepost/contracts/route";
import { identifyProcess, isRunning, type ProcessIdentity } from "@tradepost/servers/process-identity";

/** Where a running shop's parts are, for commands that work on it. */
export interface ShopAddresses {
  rabbitUrl: string;
  serviceUrls: Record<ServiceName, string>;
}

const fileOf = (dir: string) => join(dir, "running.json");

/** The process that runs the shop whose data is in `dir`; undefined when none does. */
export function findRunning(dir: string): ProcessIdentity | undefined {
  try {
    const identity = JSON.parse(readFileSync(fileOf(dir), "utf8")) as ProcessIdentity;
    return isRunning(identity) ? identity : undefined;
  } catch {
    return undefined;
  }
}

/** Notes that this process runs the shop. */
export function noteRunning(dir: string): void {
  writeFileSync(fileOf(dir), JSON.stringify(identifyProcess(process.pid)));
}

/** Adds where everything is, once it is open. The file is the owner's alone: an address holds its password. */
export function noteAddresses(dir: string, addresses: ShopAddresses): void {
  const { rabbitUrl, serviceUrls } = addresses;
  const text = JSON.stringify({ ...identifyProcess(process.pid), rabbitUrl, serviceUrls });
  rmSync(fileOf(dir), { force: true });
  writeFileSync(fileOf(dir), text, { mode: 0o600 });
}

/** Where the shop is whose data is in `dir`; undefined when none is open. */
export function findAddresses(dir: string): ShopAddresses | undefined {
  const running = findRunning(dir) as (ProcessIdentity & Partial<ShopAddresses>) | undefined;
  if (running?.rabbitUrl === undefined || running.serviceUrls === undefined) return undefined;
  return { rabbitUrl: running.rabbitUrl, serviceUrls: running.serviceUrls };
}

export function forgetRunning(dir: string): void {
  rmSync(fileOf(dir), { force: true });
}
