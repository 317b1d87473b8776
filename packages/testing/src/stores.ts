import { randomUUID } from "node:crypto";
import { createDatabase } from "@tradepost/servers/postgres";
import { Redis } from "ioredis";
import { MongoClient } from "mongodb";
import pg from "pg";
import { inject } from "vitest";
import type {} from "./store-addresses.ts"; // types what inject("stores") gives

/** A part of a shared store that belongs to one test file. */
export interface TestStore {
  url: string;
  /** Removes it with everything in it. */
  drop(): Promise<void>;
}

// Database 0 holds the counter that deals out the others.
const REDIS_DATABASES = 1024;

/** An empty PostgreSQL database of its own; `migrate` is given its URL. `drop` also ends sessions still open. */
export async function testDatabase(migrate: (url: string) => Promise<unknown> = async () => {}): Promise<TestStore> {
  const { postgresUrl } = inject("stores");
  const name = uniqueName();
  const url = await createDatabase(postgresUrl, name);
  await migrate(url);
  return { url, drop: () => dropDatabase(postgresUrl, name) };
}

/** An empty Redis database of its own (a number in the URL's path, so nobody has to know of a key prefix). */
export async function testRedis(): Promise<TestStore> {
  const { redisUrl } = inject("stores");
  const counter = new Redis(redisUrl);
  const number = 1 + ((await counter.incr("databases-dealt-out")) % (REDIS_DATABASES - 1));
  await counter.quit();
  const url = `${redisUrl}/${number}`;
  await flush(url);
  return { url, drop: () => flush(url) };
}

/** A RabbitMQ virtual host of its own: exchanges and queues keep their real names and meet nobody else's. */
export async function testRabbit(): Promise<TestStore> {
  const { rabbitUrl, rabbitManagementUrl } = inject("stores");
  const vhost = uniqueName();
  await manage(rabbitManagementUrl, "PUT", `/api/vhosts/${vhost}`);
  const user = new URL(rabbitUrl).username;
  const everything = { configure: ".*", write: ".*", read: ".*" };
  await manage(rabbitManagementUrl, "PUT", `/api/permissions/${vhost}/${user}`, everything);
  return {
    url: `${rabbitUrl}/${vhost}`,
    drop: () => manage(rabbitManagementUrl, "DELETE", `/api/vhosts/${vhost}`),
  };
}

/** A MongoDB database of its own, named in the URL. */
export async function testMongo(): Promise<TestStore> {
  const url = new URL(inject("stores").mongoUrl);
  url.pathname = `/${uniqueName()}`;
  return { url: url.href, drop: () => dropMongo(url.href) };
}

function uniqueName(): string {
  return `test_${randomUUID().replaceAll("-", "")}`;
}

async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
  await client.end();
}

async function flush(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.flushdb();
  await redis.quit();
}

async function dropMongo(url: string): Promise<void> {
  const client = new MongoClient(url);
  await client.db().dropDatabase();
  await client.close();
}

async function manage(baseUrl: string, method: string, path: string, body?: object): Promise<void> {
  const { origin, username, password } = new URL(baseUrl);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const response = await fetch(origin + path, {
    method,
    headers: { authorization, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`RabbitMQ: ${method} ${path} answered ${response.status} ${await response.text()}`);
}
