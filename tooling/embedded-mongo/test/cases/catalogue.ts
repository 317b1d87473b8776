import { expect } from "vitest";
import type { Case } from "./case.ts";

/** Indexes, collections and databases. */
export const catalogue: Case[] = [
  {
    name: "keeps a compound unique index",
    async run(collection) {
      expect(await collection.createIndex({ sku: 1, location: 1 }, { unique: true })).toBe("sku_1_location_1");
      await collection.insertMany([
        { sku: "A", location: "main" },
        { sku: "A", location: "shop" },
      ]);
      await expect(collection.insertOne({ sku: "A", location: "main" })).rejects.toMatchObject({ code: 11000 });
      await expect(collection.updateOne({ location: "shop" }, { $set: { location: "main" } })).rejects.toMatchObject({
        code: 11000,
      });
      expect(await collection.countDocuments({ location: "shop" })).toBe(1);
      await collection.insertOne({ sku: "A" });
      await expect(collection.insertOne({ sku: "A", location: null })).rejects.toMatchObject({ code: 11000 });
    },
  },
  {
    name: "says which key is duplicate",
    notInJavaServer: "it leaves out the details of duplicate-key errors",
    async run(collection) {
      await collection.createIndex({ sku: 1, location: 1 }, { unique: true });
      await collection.insertOne({ sku: "A", location: "main" });
      await expect(collection.insertOne({ sku: "A", location: "main" })).rejects.toMatchObject({
        code: 11000,
        message: expect.stringMatching(
          /^E11000 duplicate key error collection: .+ index: sku_1_location_1 dup key: \{ sku: "A", location: "main" \}/,
        ),
        keyPattern: { sku: 1, location: 1 },
        keyValue: { sku: "A", location: "main" },
      });
      await collection.insertOne({ _id: 7 as never, sku: "B" });
      await expect(collection.insertOne({ _id: 7 as never, sku: "C" })).rejects.toMatchObject({
        keyPattern: { _id: 1 },
        keyValue: { _id: 7 },
      });
    },
  },
  {
    name: "keeps a unique index over the elements of arrays",
    async run(collection) {
      await collection.createIndex({ "variants.sku": 1 }, { unique: true });
      await collection.insertOne({ _id: 1 as never, variants: [{ sku: "a" }, { sku: "b" }] });
      await expect(collection.insertOne({ variants: [{ sku: "c" }, { sku: "b" }] })).rejects.toMatchObject({
        code: 11000,
      });
      await collection.insertOne({ _id: 2 as never, variants: [{ sku: "c" }] });
      await expect(
        collection.updateOne({ _id: 2 as never }, { $push: { variants: { sku: "a" } } as never }),
      ).rejects.toMatchObject({ code: 11000 });
      await collection.updateOne({ _id: 1 as never }, { $pull: { variants: { sku: "a" } } as never });
      await collection.updateOne({ _id: 2 as never }, { $push: { variants: { sku: "a" } } as never });
      expect(await collection.findOne({ "variants.sku": "a" })).toMatchObject({ _id: 2 });
    },
  },
  {
    name: "leaves documents without the field out of a sparse unique index",
    async run(collection) {
      await collection.createIndex({ email: 1 }, { unique: true, sparse: true });
      await collection.insertMany([{ n: 1 }, { n: 2 }, { email: "a" }]);
      await expect(collection.insertOne({ email: "a" })).rejects.toMatchObject({ code: 11000 });
      expect(await collection.countDocuments({ email: null })).toBe(2);
      expect(await collection.find().sort({ email: 1 }).toArray()).toHaveLength(3);
    },
  },
  {
    name: "leaves other documents out of a partial unique index",
    notInJavaServer: "it has no partial indexes",
    async run(collection) {
      await collection.createIndex({ slug: 1 }, { unique: true, partialFilterExpression: { live: true } });
      await collection.insertMany([{ slug: "a", live: true }, { slug: "a", live: false }, { slug: "a" }]);
      await expect(collection.insertOne({ slug: "a", live: true })).rejects.toMatchObject({ code: 11000 });
      await expect(collection.updateOne({ live: false }, { $set: { live: true } })).rejects.toMatchObject({
        code: 11000,
      });
      expect(await collection.countDocuments({ slug: "a" })).toBe(3);
      expect(await collection.countDocuments({ slug: "a", live: true })).toBe(1);
    },
  },
  {
    name: "does not make a unique index over duplicates",
    async run(collection) {
      await collection.insertMany([{ k: 1 }, { k: 1 }]);
      await expect(collection.createIndex({ k: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
      expect((await collection.indexes()).map(({ name }) => name)).toEqual(["_id_"]);
    },
  },
  {
    name: "lists, repeats and drops indexes",
    async run(collection) {
      await collection.createIndexes([{ key: { a: 1 } }, { key: { b: -1, c: 1 }, name: "bc", unique: true }]);
      await collection.createIndex({ a: 1 });
      const indexes = await collection.indexes();
      expect(indexes.map(({ name, key }) => [name, key])).toEqual([
        ["_id_", { _id: 1 }],
        ["a_1", { a: 1 }],
        ["bc", { b: -1, c: 1 }],
      ]);
      expect(indexes[2]?.unique).toBe(true);
      await collection.dropIndex("a_1");
      expect(await collection.indexExists("a_1")).toBe(false);
    },
  },
  {
    name: "lists and drops collections",
    notInJavaServer: "its listCollections ignores filters",
    async run(collection, db) {
      await collection.insertOne({ a: 1 });
      const names = async () =>
        (await db.listCollections({ name: collection.collectionName }).toArray()).map(({ name }) => name);
      expect(await names()).toEqual([collection.collectionName]);
      expect(await collection.drop()).toBe(true);
      expect(await names()).toEqual([]);
      expect(await collection.countDocuments()).toBe(0);
      await db.createCollection(collection.collectionName);
      await expect(db.createCollection(collection.collectionName)).rejects.toMatchObject({ code: 48 });
    },
  },
  {
    name: "makes no collection for updates and deletes of nothing",
    notInJavaServer: "it makes one",
    async run(collection, db) {
      await collection.updateOne({ a: 1 }, { $set: { b: 1 } });
      await collection.deleteOne({ a: 1 });
      await collection.findOneAndUpdate({ a: 1 }, { $set: { b: 1 } });
      expect(await db.listCollections({ name: collection.collectionName }).toArray()).toEqual([]);
      await collection.updateOne({ a: 1 }, { $set: { b: 1 } }, { upsert: true });
      expect(await db.listCollections({ name: collection.collectionName }).toArray()).toHaveLength(1);
    },
  },
  {
    name: "drops a database",
    async run(_, db) {
      const other = db.client.db(`${db.databaseName}_other`);
      await other.collection("one").insertOne({});
      await other.dropDatabase();
      expect(await other.collection("one").countDocuments()).toBe(0);
    },
  },
  {
    name: "answers ping, hello and buildInfo",
    notInJavaServer: "it knows isMaster only",
    async run(_, db) {
      expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
      expect((await db.admin().buildInfo()).version).toMatch(/^\d+\.\d+\.\d+/);
      expect((await db.admin().command({ hello: 1 })).maxBsonObjectSize).toBe(16_777_216);
    },
  },
  {
    name: "says what commands it doesn't know",
    async run(_, db) {
      await expect(db.command({ nonsense: 1 })).rejects.toMatchObject({ code: 59 });
    },
  },
];
