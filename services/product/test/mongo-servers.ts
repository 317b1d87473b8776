import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mongoAnswers } from "@tradepost/servers/mongo";
import { freePort } from "@tradepost/servers/ports";
import { startServer } from "@tradepost/servers/server-process";
import type { StoreAddresses } from "@tradepost/testing/store-addresses";
import { MongoClient } from "mongodb";
import { afterAll, inject } from "vitest";
import { collectionsOf, ensureIndexes } from "../src/storage/mongo.ts";

const EMBEDDED = fileURLToPath(new URL("../../../tooling/embedded-mongo/src/main.ts", import.meta.url));
/** mongo-java-server, a MongoDB server by others, which development machines may keep beside the checkout. */
const SECOND = fileURLToPath(new URL("../../../../shared/bin/mongo-second", import.meta.url));

interface MongoServer {
  name: string;
  url: string;
}

/**
 * Every kind of MongoDB server that this machine has, so that storage is shown to work alike on all: the run's own store
 * (MONGODB_URL or a mongod where there is one), the embedded server, and a second one by others.
 */
export async function mongoServers(): Promise<MongoServer[]> {
  const { mongoKind: kind, mongoUrl }: StoreAddresses = inject("stores");
  const servers = [{ name: kind as string, url: mongoUrl }];
  if (kind !== "embedded") servers.push(await startOwn("embedded", process.execPath, [EMBEDDED, "--port"]));
  else console.log("product storage: no MONGODB_URL and no mongod here, so not tested on the official server");
  if (existsSync(SECOND)) servers.push(await startOwn("mongo-java-server", SECOND, []));
  else console.log("product storage: no second MongoDB server beside the checkout, so not tested on one");
  return servers;
}

async function startOwn(name: string, command: string, args: string[]): Promise<MongoServer> {
  const dir = mkdtempSync(join(tmpdir(), "product-mongo-"));
  const port = await freePort();
  const url = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  const isReady = () => mongoAnswers(url);
  const server = await startServer({ name, dir, command, args: [...args, String(port)], isReady });
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  return { name, url };
}

/** An empty database of its own with the service's indexes; `again` connects to it as another replica does. */
export async function openDatabase(serverUrl: string) {
  const url = new URL(serverUrl);
  url.pathname = `/product_${crypto.randomUUID().replaceAll("-", "")}`;
  const connect = (client = new MongoClient(url.href)) => ({ client, collections: collectionsOf(client.db()) });
  const { client, collections } = connect();
  await ensureIndexes(collections);
  const drop = async () => {
    await client.db().dropDatabase();
    await client.close();
  };
  return { client, collections, url: url.href, again: () => connect(), drop };
}
