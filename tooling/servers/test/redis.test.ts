import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { identifyProcess } from "../src/process-identity.ts";
import { type RedisServer, startRedis } from "../src/redis.ts";
import { killHard, leaveOrphan } from "./orphan.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const { dir, remove } = temporaryDirectory();
let server: RedisServer;

beforeAll(async () => {
  server = await startRedis({ dir, appendOnly: true });
});
afterAll(async () => {
  await server.stop();
  remove();
});

async function withClient<T>(url: string, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
  client.on("error", () => {}); // the command that fails says so too
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

test("lets nobody in without the password, which only its user can read", async () => {
  const url = new URL(server.url);
  url.password = "";
  await expect(withClient(url.href, (client) => client.ping())).rejects.toThrow(/NOAUTH/);
  for (const file of ["redis.password", "redis.conf"]) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
});

test("append-only: keys are there after a restart on the same port", async () => {
  await withClient(server.url, (client) => client.set("cart", "A"));
  const { port, url } = server;
  await server.stop();
  expect(identifyProcess(server.pid)).toBeUndefined();
  server = await startRedis({ dir, port, appendOnly: true });
  expect(server.url).toBe(url);
  expect(await withClient(server.url, (client) => client.get("cart"))).toBe("A");
});

test("append-only: keys outlive kill -9", async () => {
  await withClient(server.url, (client) => client.set("cart", "B"));
  await killHard(server.pid);
  server = await startRedis({ dir, port: server.port, appendOnly: true });
  expect(await withClient(server.url, (client) => client.get("cart"))).toBe("B");
});

test("ends the orphan of a process that was killed and carries on with its data", async () => {
  await server.stop();
  const orphan = await leaveOrphan("redis", dir);
  await withClient(orphan.url, (client) => client.set("cart", "C"));
  server = await startRedis({ dir, appendOnly: true });
  expect(identifyProcess(orphan.pid)).toBeUndefined();
  expect(await withClient(server.url, (client) => client.get("cart"))).toBe("C");
});

test("without append-only nothing is kept", async () => {
  const other = temporaryDirectory();
  const first = await startRedis({ dir: other.dir });
  await withClient(first.url, (client) => client.set("cart", "A"));
  await first.stop();
  const second = await startRedis({ dir: other.dir });
  expect(await withClient(second.url, (client) => client.get("cart"))).toBeNull();
  await second.stop();
  other.remove();
});

test("says why it does not start, with the end of the log, and leaves nothing running", async () => {
  const other = temporaryDirectory();
  await (await startRedis({ dir: other.dir, appendOnly: true })).stop();
  const manifest = join(other.dir, "appendonlydir", "appendonly.aof.manifest");
  writeFileSync(manifest, "garbage\n");
  await expect(startRedis({ dir: other.dir, appendOnly: true })).rejects.toThrow(/redis ended while starting\n.*AOF/s);
  other.remove();
});
