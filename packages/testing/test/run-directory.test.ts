import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identifyProcess } from "@tradepost/servers/process-identity";
import { startRedis } from "@tradepost/servers/redis";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRunDirectory, sweepRunDirectories } from "../src/run-directory.ts";
import { announceStores, findRunningStores } from "../src/running-stores.ts";
import type { StoreAddresses } from "../src/store-addresses.ts";

const DEAD = { pid: 1, startedAt: "in an earlier life" };

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "run-directories-"));
});
afterEach(() => rmSync(parent, { recursive: true }));

test("a sweep removes the runs of dead processes and ends their servers, and spares the living", async () => {
  const mine = createRunDirectory(parent);
  const starting = join(parent, "tradepost-test-stores-starting");
  const foreign = join(parent, "something-else");
  const dead = createRunDirectory(parent);
  for (const dir of [starting, foreign]) mkdirSync(dir);
  const server = await startRedis({ dir: join(dead, "redis") });
  writeFileSync(join(dead, "owner.json"), JSON.stringify(DEAD));
  disown(join(dead, "redis", "redis.pid.json"), server.pid);
  await sweepRunDirectories(parent);
  expect(identifyProcess(server.pid)).toBeUndefined();
  expect(readdirSync(parent).sort()).toEqual(
    ["something-else", mine.slice(parent.length + 1), starting.slice(parent.length + 1)].sort(),
  );
});

/** Makes the server look like one whose starter is dead. */
function disown(pidFile: string, pid: number): void {
  writeFileSync(pidFile, JSON.stringify({ server: identifyProcess(pid), owner: DEAD }));
}

test("announced stores are found until their own process withdraws them, and not when that is dead", () => {
  const file = join(parent, ".local", "test-stores.json");
  const addresses = { redisUrl: "redis://127.0.0.1:1" } as StoreAddresses;
  expect(findRunningStores(file)).toBeUndefined();
  const withdraw = announceStores(addresses, file);
  expect(findRunningStores(file)).toEqual(addresses);
  withdraw();
  expect(existsSync(file)).toBe(false);
  const withdrawLate = announceStores(addresses, file);
  writeFileSync(file, JSON.stringify({ owner: DEAD, addresses }));
  expect(findRunningStores(file)).toBeUndefined();
  withdrawLate();
  expect(existsSync(file)).toBe(true);
});
