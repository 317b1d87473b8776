import { createServer } from "node:net";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MongoServer, startMongo } from "../src/mongo.ts";
import { identifyProcess } from "../src/process-identity.ts";
import { killHard, leaveOrphan } from "./orphan.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const { dir, remove } = temporaryDirectory();
let server: MongoServer;

const start = (port?: number) =>
  startMongo({ dir, download: false, externalUrl: "", ...(port === undefined ? {} : { port }) });
beforeAll(async () => {
  server = await start();
});
afterAll(async () => {
  await server.stop();
  remove();
});

async function insert(url: string, sku: string): Promise<void> {
  await withClient(url, (client) => client.db("shop").collection("products").insertOne({ sku }));
}

async function skus(url: string): Promise<string[]> {
  const documents = await withClient(url, (client) => client.db("shop").collection("products").find().toArray());
  return documents.map(({ sku }) => sku);
}

async function withClient<T>(url: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(url);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

test("the same directory means the same data, on the same port", async () => {
  await insert(server.url, "kept");
  const { port, url, pid = 0 } = server;
  await server.stop();
  expect(identifyProcess(pid)).toBeUndefined();
  server = await start(port);
  expect(server.url).toBe(url);
  expect(await skus(server.url)).toEqual(["kept"]);
});

test("acknowledged writes outlive kill -9, and a taken port means the next one", async () => {
  await insert(server.url, "survived");
  const { port, pid = 0 } = server;
  await killHard(pid);
  const other = createServer().listen(port, "127.0.0.1");
  server = await start(port);
  expect(server.port).toBeGreaterThan(port);
  expect(await skus(server.url)).toEqual(["kept", "survived"]);
  other.close();
});

test("ends the orphan of a process that was killed and carries on with its data", async () => {
  await server.stop();
  const orphan = await leaveOrphan("mongo", dir);
  await insert(orphan.url, "orphaned");
  server = await start();
  expect(identifyProcess(orphan.pid)).toBeUndefined();
  expect(await skus(server.url)).toEqual(["kept", "survived", "orphaned"]);
});
