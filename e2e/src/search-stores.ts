import { consumersByService } from "@tradepost/contracts/consumers";
import { consumerQueues, defaultRetryDelaysMs } from "@tradepost/messaging/topology";
import amqp from "amqplib";
import { Redis } from "ioredis";
import { MongoClient } from "mongodb";
import { Client } from "pg";
import type { ShopAddresses } from "./global-shop.ts";

type Stores = Pick<ShopAddresses, "databaseUrls" | "mongoUrl" | "redisUrls" | "rabbitUrl">;

/** Where any of the words stands, in any store of the shop: `order: notifications`, `cart redis: cart:user:…`, … */
export async function searchStores(shop: Stores, words: readonly string[]): Promise<string[]> {
  const holds = (text: string) => words.some((word) => text.toLowerCase().includes(word.toLowerCase()));
  const found = await Promise.all([
    ...Object.entries(shop.databaseUrls).map(([service, url]) => searchPostgres(service, url, holds)),
    ...Object.entries(shop.redisUrls).map(([service, url]) => searchRedis(service, url, holds)),
    searchMongo(shop.mongoUrl, holds),
    searchQueues(shop.rabbitUrl, holds),
  ]);
  return [...new Set(found.flat())].sort();
}

type Holds = (text: string) => boolean;

/** Every column of every table, as text. */
async function searchPostgres(service: string, url: string, holds: Holds): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" AS t`);
      if (rows.some(({ row }) => holds(row))) found.push(`${service}: ${name}`);
    }
    return found;
  } finally {
    await client.end();
  }
}

async function searchRedis(service: string, url: string, holds: Holds): Promise<string[]> {
  const redis = new Redis(url);
  try {
    const found: string[] = [];
    for await (const keys of redis.scanStream({ count: 500 }) as AsyncIterable<string[]>)
      for (const key of keys)
        if (holds(`${key} ${await redisValue(redis, key)}`)) found.push(`${service} redis: ${key}`);
    return found;
  } finally {
    redis.disconnect();
  }
}

async function redisValue(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  if (type === "string") return (await redis.get(key)) ?? "";
  if (type === "hash") return JSON.stringify(await redis.hgetall(key));
  if (type === "set") return JSON.stringify(await redis.smembers(key));
  if (type === "zset") return JSON.stringify(await redis.zrange(key, "0", "-1"));
  if (type === "list") return JSON.stringify(await redis.lrange(key, 0, -1));
  // It went meanwhile, or is of a kind that this search must learn first.
  if (type === "none") return "";
  throw new Error(`${key} is a ${type}, which is not searched yet`);
}

async function searchMongo(url: string, holds: Holds): Promise<string[]> {
  const client = await MongoClient.connect(url);
  try {
    const found: string[] = [];
    const database = client.db();
    for (const { name } of await database.listCollections().toArray())
      for await (const document of database.collection(name).find())
        if (holds(JSON.stringify(document))) found.push(`mongo: ${name}`);
    return found;
  } finally {
    await client.close();
  }
}

/** What waits for consumers, will be tried again, or was given up. Messages are looked at and put back. */
async function searchQueues(url: string, holds: Holds): Promise<string[]> {
  const connection = await amqp.connect(url);
  try {
    const found: string[] = [];
    for (const queue of everyQueue()) {
      const channel = await connection.createChannel();
      channel.on("error", () => {}); // a queue that was never declared closes its channel
      const isThere = await channel.checkQueue(queue).catch(() => null);
      if (!isThere) continue;
      for (let message = await channel.get(queue); message; message = await channel.get(queue))
        if (holds(message.content.toString())) found.push(`queue: ${queue}`);
      await channel.close();
    }
    return found;
  } finally {
    await connection.close();
  }
}

const everyQueue = (): string[] =>
  Object.entries(consumersByService).flatMap(([service, consumers]) =>
    Object.entries(consumers).flatMap(([name, events]) => {
      const { work, retries, dead } = consumerQueues("", { service, name, events }, defaultRetryDelaysMs);
      return [work, ...retries.map(({ queue }) => queue), dead];
    }),
  );
