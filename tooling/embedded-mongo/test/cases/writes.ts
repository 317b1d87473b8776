import { MongoBulkWriteError, ObjectId } from "mongodb";
import { expect } from "vitest";
import type { Case } from "./case.ts";

export const writes: Case[] = [
  {
    name: "upserts from equalities, $set and $setOnInsert, once",
    async run(collection) {
      const upsert = (n: number) =>
        collection.updateOne(
          { sku: "A", "at.shelf": 3, size: { $gt: 1 } },
          { $setOnInsert: { made: n }, $inc: { count: 1 }, $push: { log: n } as never },
          { upsert: true },
        );
      const first = await upsert(1);
      expect([first.matchedCount, first.upsertedCount]).toEqual([0, 1]);
      expect(first.upsertedId).toBeInstanceOf(ObjectId);
      expect(await collection.findOne()).toEqual({
        _id: first.upsertedId,
        sku: "A",
        at: { shelf: 3 },
        made: 1,
        count: 1,
        log: [1],
      });
      await collection.updateOne({}, { $set: { size: 2 } });
      const second = await upsert(2);
      expect([second.matchedCount, second.upsertedCount]).toEqual([1, 0]);
      expect(await collection.findOne()).toMatchObject({ made: 1, count: 2, log: [1, 2] });
    },
  },
  {
    name: "upserts with the _id of the filter",
    async run(collection) {
      const result = await collection.updateOne({ _id: "counter" as never }, { $inc: { n: 1 } }, { upsert: true });
      expect(result.upsertedId).toBe("counter");
      expect(await collection.findOne()).toEqual({ _id: "counter", n: 1 });
    },
  },
  {
    name: "replaces documents, and upserts replacements",
    async run(collection) {
      await collection.insertOne({ _id: 1 as never, a: 1, b: 2 });
      const replaced = await collection.replaceOne({ a: 1 }, { c: 3 });
      expect([replaced.matchedCount, replaced.modifiedCount]).toEqual([1, 1]);
      await collection.replaceOne({ _id: 2 as never }, { d: 4 }, { upsert: true });
      expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual([
        { _id: 1, c: 3 },
        { _id: 2, d: 4 },
      ]);
    },
  },
  {
    name: "updates one or many",
    async run(collection) {
      await collection.insertMany([{ k: 1 }, { k: 1 }, { k: 2 }]);
      expect((await collection.updateOne({ k: 1 }, { $set: { seen: true } })).modifiedCount).toBe(1);
      expect((await collection.updateMany({ k: { $gte: 1 } }, { $inc: { k: 10 } })).modifiedCount).toBe(3);
      expect(await collection.countDocuments({ k: { $gt: 10 } })).toBe(3);
    },
  },
  {
    name: "deletes one or many",
    async run(collection) {
      await collection.insertMany([{ k: 1 }, { k: 1 }, { k: 2 }, { k: 3 }]);
      expect((await collection.deleteOne({ k: 1 })).deletedCount).toBe(1);
      expect((await collection.deleteMany({ k: { $lt: 3 } })).deletedCount).toBe(2);
      expect((await collection.deleteMany({ k: 99 })).deletedCount).toBe(0);
      expect(await collection.countDocuments()).toBe(1);
    },
  },
  {
    name: "finds and updates, before or after, sorted, projected, or not at all",
    notInJavaServer: "its findAndModify leaves out lastErrorObject",
    async run(collection) {
      await collection.insertMany([
        { _id: 1 as never, n: 1, x: 1 },
        { _id: 2 as never, n: 2, x: 1 },
      ]);
      const after = await collection.findOneAndUpdate(
        { x: 1 },
        { $inc: { n: 10 } },
        { sort: { n: -1 }, returnDocument: "after", projection: { n: 1 } },
      );
      expect(after).toEqual({ _id: 2, n: 12 });
      expect(await collection.findOneAndUpdate({ _id: 1 as never }, { $inc: { n: 1 } })).toEqual({
        _id: 1,
        n: 1,
        x: 1,
      });
      expect(await collection.findOneAndUpdate({ x: 99 }, { $inc: { n: 1 } })).toBeNull();
      const made = await collection.findOneAndUpdate(
        { _id: 3 as never },
        { $inc: { n: 1 } },
        { upsert: true, returnDocument: "after", includeResultMetadata: true },
      );
      expect(made).toMatchObject({
        value: { _id: 3, n: 1 },
        lastErrorObject: { n: 1, updatedExisting: false, upserted: 3 },
      });
    },
  },
  {
    name: "finds and replaces, finds and deletes",
    async run(collection) {
      await collection.insertMany([
        { _id: 1 as never, n: 1 },
        { _id: 2 as never, n: 2 },
      ]);
      expect(await collection.findOneAndReplace({ n: 1 }, { n: 5 }, { returnDocument: "after" })).toEqual({
        _id: 1,
        n: 5,
      });
      expect(await collection.findOneAndDelete({}, { sort: { n: 1 } })).toEqual({ _id: 2, n: 2 });
      expect(await collection.findOneAndDelete({ n: 99 })).toBeNull();
    },
  },
  {
    name: "does ordered bulk writes up to the first error",
    notInJavaServer: "it counts inserts that failed",
    async run(collection) {
      await collection.insertOne({ _id: 1 as never });
      const attempt = collection.bulkWrite([
        { insertOne: { document: { _id: 2 as never } } },
        { insertOne: { document: { _id: 1 as never } } },
        { insertOne: { document: { _id: 3 as never } } },
      ]);
      await expect(attempt).rejects.toMatchObject({ code: 11000, result: { insertedCount: 1 } });
      expect(await collection.countDocuments()).toBe(2);
    },
  },
  {
    name: "does unordered bulk writes past errors",
    notInJavaServer: "it counts inserts that failed",
    async run(collection) {
      await collection.insertOne({ _id: 1 as never });
      const error = await collection
        .insertMany([{ _id: 1 as never }, { _id: 2 as never }, { _id: 1 as never }, { _id: 3 as never }], {
          ordered: false,
        })
        .catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(MongoBulkWriteError);
      const { result, writeErrors } = error as MongoBulkWriteError;
      expect(result.insertedCount).toBe(2);
      expect([writeErrors].flat().map(({ index, code }) => [index, code])).toEqual([
        [0, 11000],
        [2, 11000],
      ]);
    },
  },
  {
    name: "counts what a mixed bulk write did",
    async run(collection) {
      const result = await collection.bulkWrite([
        { insertOne: { document: { a: 1 } } },
        { updateOne: { filter: { a: 2 }, update: { $set: { b: 1 } }, upsert: true } },
        { updateMany: { filter: {}, update: { $inc: { c: 1 } } } },
        { replaceOne: { filter: { a: 2 }, replacement: { a: 5 } } },
        { deleteOne: { filter: { a: 1 } } },
      ]);
      expect([result.insertedCount, result.upsertedCount, result.modifiedCount, result.deletedCount]).toEqual([
        1, 1, 3, 1,
      ]);
      expect(Object.keys(result.upsertedIds)).toEqual(["1"]);
    },
  },
  {
    name: "never takes more than there is, whatever comes at once",
    async run(collection) {
      await collection.insertOne({ _id: 1 as never, available: 30 });
      const taken = await Promise.all(
        Array.from({ length: 50 }, () => collection.updateOne({ available: { $gte: 1 } }, { $inc: { available: -1 } })),
      );
      expect(taken.filter(({ modifiedCount }) => modifiedCount === 1)).toHaveLength(30);
      expect(await collection.findOne()).toEqual({ _id: 1, available: 0 });
    },
  },
  {
    name: "holds stock once per order, and sells and releases what is held",
    async run(collection) {
      await collection.createIndex({ sku: 1, location: 1 }, { unique: true });
      await collection.insertOne({ _id: 1 as never, sku: "S", location: "main", onHand: 5, available: 5, holds: [] });
      const hold = (orderId: string, quantity: number) =>
        collection.updateOne(
          { sku: "S", location: "main", available: { $gte: quantity }, "holds.orderId": { $ne: orderId } },
          { $inc: { available: -quantity }, $push: { holds: { orderId, quantity } } as never },
        );
      const results = [await hold("a", 2), await hold("a", 2), await hold("b", 2), await hold("c", 2)];
      expect(results.map(({ modifiedCount }) => modifiedCount)).toEqual([1, 0, 1, 0]);
      const release = { $inc: { available: 2 }, $pull: { holds: { orderId: "b" } } as never };
      expect((await collection.updateOne({ sku: "S", "holds.orderId": "b" }, release)).modifiedCount).toBe(1);
      expect((await collection.updateOne({ sku: "S", "holds.orderId": "b" }, release)).modifiedCount).toBe(0);
      await collection.updateOne(
        { "holds.orderId": "a" },
        { $inc: { onHand: -2 }, $pull: { holds: { orderId: "a" } } as never },
      );
      expect(await collection.findOne()).toEqual({
        _id: 1,
        sku: "S",
        location: "main",
        onHand: 3,
        available: 3,
        holds: [],
      });
    },
  },
];
