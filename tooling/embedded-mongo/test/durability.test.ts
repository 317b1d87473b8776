import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { describe, expect, it, onTestFinished } from "vitest";
import { startEmbeddedMongo } from "../src/server.ts";
import { startProcess, startProcessOnSmallDisk } from "./process.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

async function connected(url: string): Promise<MongoClient> {
  const client = await MongoClient.connect(url, { serverSelectionTimeoutMS: 5000 });
  onTestFinished(() => client.close());
  return client;
}

async function started(dataDir: string) {
  const server = await startEmbeddedMongo({ dataDir });
  onTestFinished(() => server.close());
  const client = await connected(server.url);
  return { server, client, collection: client.db("shop").collection("stock") };
}

describe("kill -9", () => {
  it.each([{ w: 1 }, { w: "majority" as const }, { w: 1, j: true }])(
    "loses nothing acknowledged with %o",
    async (writeConcern) => {
      const dir = temporaryDirectory();
      const first = await startProcess("--port", "0", "--data", dir);
      const collection = (await connected(first.url)).db("shop").collection("stock", { writeConcern });
      await collection.insertMany([{ _id: "log" as never, n: 0, entries: [] }, { _id: "doomed" as never }]);
      await collection.deleteOne({ _id: "doomed" as never });
      const inserted: string[] = [];
      const logged: string[] = [];
      const write = async (writer: number) => {
        for (let i = 0; ; i++) {
          const entry = `${writer}-${i}`;
          await collection.insertOne({ _id: entry as never });
          inserted.push(entry);
          const step = { $inc: { n: 1 }, $push: { entries: entry } as never };
          await collection.updateOne({ _id: "log" as never }, step);
          logged.push(entry);
          if (logged.length === 200) first.process.kill("SIGKILL");
        }
      };
      const ends = await Promise.allSettled(Array.from({ length: 8 }, (_, writer) => write(writer)));
      expect(ends.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => "rejected"));
      expect(logged.length).toBeGreaterThanOrEqual(200);

      const second = await startProcess("--port", "0", "--data", dir);
      onTestFinished(() => void second.end("SIGKILL"));
      const after = (await connected(second.url)).db("shop").collection("stock");
      const ids = new Set((await after.find().toArray()).map(({ _id }) => String(_id)));
      expect(inserted.filter((id) => !ids.has(id))).toEqual([]);
      expect(ids.has("doomed")).toBe(false);
      const log = await after.findOne({ _id: "log" as never });
      const entries: string[] = log?.entries ?? [];
      expect(log?.n).toBe(entries.length);
      expect(logged.filter((entry) => !entries.includes(entry))).toEqual([]);
    },
  );
});

describe("the journal", () => {
  it("is cut where its last record is incomplete", async () => {
    const dir = temporaryDirectory();
    const { server, collection } = await started(dir);
    await collection.insertOne({ _id: 1 as never });
    const whole = await sizeWhenClosed(server, dir);
    const again = await started(dir);
    await again.collection.insertOne({ _id: 2 as never, text: "x".repeat(100) });
    const longer = await sizeWhenClosed(again.server, dir);
    truncateSync(journalOf(dir), longer - 30);

    const last = await started(dir);
    expect(await last.collection.find().toArray()).toEqual([{ _id: 1 }]);
    expect(statSync(journalOf(dir)).size).toBe(whole);
    await last.collection.insertOne({ _id: 3 as never });
    await last.server.close();
    expect(await (await started(dir)).collection.find().toArray()).toEqual([{ _id: 1 }, { _id: 3 }]);
  });

  it("is cut where a file system left zeros", async () => {
    const dir = temporaryDirectory();
    const { server, collection } = await started(dir);
    await collection.insertOne({ _id: 1 as never });
    await server.close();
    appendFileSync(journalOf(dir), Buffer.alloc(4096));
    expect(await (await started(dir)).collection.find().toArray()).toEqual([{ _id: 1 }]);
  });

  it("is not read past damage in its middle", async () => {
    const dir = temporaryDirectory();
    const { server, collection } = await started(dir);
    await collection.insertMany([{ _id: 1 as never }, { _id: 2 as never }]);
    await server.close();
    const bytes = readFileSync(journalOf(dir));
    bytes.writeInt32LE(-7, 0);
    writeFileSync(journalOf(dir), bytes);
    await expect(startEmbeddedMongo({ dataDir: dir })).rejects.toThrow(/journal\.bson is damaged at byte 0/);
  });

  it("brings back documents, their order, indexes and drops", async () => {
    const dir = temporaryDirectory();
    const { server, client, collection } = await started(dir);
    await collection.createIndexes([{ key: { sku: 1 }, unique: true }, { key: { gone: 1 } }]);
    await collection.insertMany([
      { _id: 3 as never, sku: "c", holds: [] },
      { _id: 1 as never, sku: "a" },
      { _id: 2 as never, sku: "b" },
    ]);
    await collection.updateOne(
      { sku: "c" },
      { $push: { holds: { orderId: "o", quantity: 2 } } as never, $currentDate: { at: true } },
    );
    await collection.updateOne({ "holds.orderId": "o" }, { $inc: { "holds.$.quantity": 5 }, $rename: { sku: "code" } });
    await collection.replaceOne({ sku: "a" }, { sku: "z" });
    await collection.deleteOne({ sku: "b" });
    await collection.dropIndex("gone_1");
    await client.db("shop").collection("dropped").insertOne({});
    await client.db("shop").collection("dropped").drop();
    await client.db("shop").createCollection("empty");
    const before = await collection.find().toArray();
    await server.close();

    const again = await started(dir);
    expect(await again.collection.find().toArray()).toEqual(before);
    expect(before).toMatchObject([
      { _id: 3, code: "c", holds: [{ orderId: "o", quantity: 7 }] },
      { _id: 1, sku: "z" },
    ]);
    expect((await again.collection.indexes()).map(({ name }) => name)).toEqual(["_id_", "sku_1"]);
    await expect(again.collection.insertOne({ sku: "z" })).rejects.toMatchObject({ code: 11000 });
    const names = await again.client.db("shop").listCollections().toArray();
    expect(names.map(({ name }) => name).toSorted()).toEqual(["empty", "stock"]);
  });

  it("is compacted while writes go on", async () => {
    const dir = temporaryDirectory();
    const { server, collection } = await started(dir);
    const filler = "x".repeat(100_000);
    await collection.insertMany(Array.from({ length: 40 }, (_, i) => ({ _id: i as never, n: 0, filler })));
    let written = 0;
    let smallest = Number.POSITIVE_INFINITY;
    for (let round = 1; smallest > written; round++) {
      await collection.updateMany({}, { $set: { n: round, filler: `${round}${filler}` } });
      written += 40 * filler.length;
      const size = statSync(journalOf(dir)).size;
      if (written > 32_000_000) smallest = Math.min(smallest, size);
      if (size < written / 2) break;
      expect(round).toBeLessThan(100);
    }
    await collection.updateMany({}, { $inc: { n: 1000 } });
    const before = await collection.find().toArray();
    expect(await sizeWhenClosed(server, dir)).toBeLessThan(written);
    expect(await (await started(dir)).collection.find().toArray()).toEqual(before);
  });

  it("that cannot be written ends all answers, and keeps what was acknowledged", async () => {
    const dir = temporaryDirectory();
    const small = await startProcessOnSmallDisk(64, "--port", "0", "--data", dir);
    onTestFinished(() => void small.end("SIGKILL"));
    const client = await connected(small.url);
    const collection = client.db("shop").collection("stock");
    let acknowledged = 0;
    const fill = async () => {
      for (;;) {
        await collection.insertOne({ _id: acknowledged as never, text: "x".repeat(1000) });
        acknowledged += 1;
      }
    };
    await expect(fill()).rejects.toThrow(/journal/);
    expect(acknowledged).toBeGreaterThan(30);
    await expect(collection.findOne({ _id: acknowledged as never })).rejects.toThrow(/journal/);
    await small.end("SIGKILL");
    const again = await started(dir);
    expect(await again.collection.countDocuments()).toBe(acknowledged);
  });

  it("belongs to one process at a time", async () => {
    const dir = temporaryDirectory();
    const { server } = await started(dir);
    await expect(startEmbeddedMongo({ dataDir: dir })).rejects.toThrow(/is in use/);
    await expect(startProcess("--port", "0", "--data", dir)).rejects.toThrow(/is in use by process \d+/);
    await server.close();
    await started(dir);
  });
});

describe("the command line", () => {
  it("stops cleanly on SIGTERM, with everything kept", async () => {
    const dir = temporaryDirectory();
    const first = await startProcess("--port", "0", "--data", dir);
    await (await connected(first.url))
      .db("shop")
      .collection("stock")
      .insertOne({ _id: 1 as never });
    expect(await first.end("SIGTERM")).toBe(0);
    expect(await (await started(dir)).collection.find().toArray()).toEqual([{ _id: 1 }]);
  });

  it("says what is wrong with its port", async () => {
    await expect(startProcess("--port", "none")).rejects.toThrow(/--port must be a port number/);
  });
});

const journalOf = (dir: string): string => join(dir, "journal.bson");

async function sizeWhenClosed(server: { close(): Promise<void> }, dir: string): Promise<number> {
  await server.close();
  return statSync(journalOf(dir)).size;
}
