import { Decimal128, type Document, Double, Int32, Long, ObjectId, Timestamp } from "mongodb";
import { expect } from "vitest";
import type { Case } from "./case.ts";

interface Change {
  name: string;
  before: object;
  update: object;
  after: object;
  filter?: object;
  arrayFilters?: object[];
  notInJavaServer?: string;
}

const holds = [
  { orderId: "a", quantity: 1 },
  { orderId: "b", quantity: 2 },
];

const changes: Change[] = [
  {
    name: "$set makes and changes fields",
    before: { a: 1, b: { c: 1 } },
    update: { $set: { a: 2, "b.d": 3, "e.f": 4 } },
    after: { a: 2, b: { c: 1, d: 3 }, e: { f: 4 } },
  },
  { name: "$set of an array's element", before: { a: [1, 2] }, update: { $set: { "a.1": 9 } }, after: { a: [1, 9] } },
  {
    name: "$set past an array's end",
    before: { a: [1] },
    update: { $set: { "a.3": 9 } },
    after: { a: [1, null, null, 9] },
  },
  {
    name: "$unset",
    before: { a: 1, b: { c: 1, d: 2 }, l: [1, 2] },
    update: { $unset: { a: "", "b.c": "", "l.0": "", none: "" } },
    after: { b: { d: 2 }, l: [null, 2] },
  },
  {
    name: "$inc up, down and from nothing",
    before: { a: 1, b: 2.5 },
    update: { $inc: { a: -3, b: 1, c: 4, "d.e": 5 } },
    after: { a: -2, b: 3.5, c: 4, d: { e: 5 } },
  },
  { name: "$mul", before: { a: 3 }, update: { $mul: { a: 2, b: 5 } }, after: { a: 6, b: 0 } },
  {
    name: "$min and $max",
    before: { a: 5, b: 5, c: 5 },
    update: { $min: { a: 3, b: 9, d: 1 }, $max: { c: 8 } },
    after: { a: 3, b: 5, c: 8, d: 1 },
  },
  {
    name: "$rename",
    notInJavaServer: "it adds new fields in the order given",
    before: { a: 1, b: { c: 2 } },
    update: { $rename: { a: "z", "b.c": "y" } },
    after: { b: {}, y: 2, z: 1 },
  },
  { name: "$push", before: { l: [1] }, update: { $push: { l: 2, m: [3] } }, after: { l: [1, 2], m: [[3]] } },
  {
    name: "$push $each with $slice from the end",
    before: { l: [1, 2] },
    update: { $push: { l: { $each: [3, 4], $slice: -3 } } },
    after: { l: [2, 3, 4] },
  },
  {
    name: "$push $each at a position",
    before: { l: [1, 2] },
    update: { $push: { l: { $each: [9, 8], $position: 1 } } },
    after: { l: [1, 9, 8, 2] },
  },
  {
    name: "$push $each sorted by a field",
    before: { l: [{ s: 2 }, { s: 5 }] },
    update: { $push: { l: { $each: [{ s: 3 }], $sort: { s: -1 }, $slice: 2 } } },
    after: { l: [{ s: 5 }, { s: 3 }] },
  },
  {
    name: "$addToSet",
    before: { l: ["a", { k: 1 }] },
    update: { $addToSet: { l: { $each: ["a", "b", "b", { k: 1 }] } } },
    after: { l: ["a", { k: 1 }, "b"] },
  },
  { name: "$pull by value", before: { l: [1, 2, 1, 3] }, update: { $pull: { l: 1 } }, after: { l: [2, 3] } },
  { name: "$pull by operator", before: { l: [1, 5, 9] }, update: { $pull: { l: { $gte: 5 } } }, after: { l: [1] } },
  {
    name: "$pull of $in",
    before: { l: ["a", "b", "c"] },
    update: { $pull: { l: { $in: ["a", "c"] } } },
    after: { l: ["b"] },
  },
  {
    name: "$pull of documents by a field",
    before: { holds },
    update: { $pull: { holds: { orderId: "a" } } },
    after: { holds: [holds[1]] },
  },
  {
    name: "$pull of documents by several conditions",
    before: { holds },
    update: { $pull: { holds: { orderId: { $in: ["a", "b"] }, quantity: { $gt: 1 } } } },
    after: { holds: [holds[0]] },
  },
  { name: "$pullAll", before: { l: [1, 2, 3, 2] }, update: { $pullAll: { l: [2, 3] } }, after: { l: [1] } },
  {
    name: "$pop from both ends",
    before: { l: [1, 2, 3], m: [1, 2, 3] },
    update: { $pop: { l: 1, m: -1 } },
    after: { l: [1, 2], m: [2, 3] },
  },
  {
    name: "$ on the element that a field names",
    before: { holds },
    filter: { "holds.orderId": "b" },
    update: { $set: { "holds.$.quantity": 7 } },
    after: { holds: [holds[0], { orderId: "b", quantity: 7 }] },
  },
  {
    name: "$ with $inc on the element of $elemMatch",
    notInJavaServer: "its $ does not see $elemMatch",
    before: { holds },
    filter: { holds: { $elemMatch: { orderId: "b", quantity: { $gt: 1 } } } },
    update: { $inc: { "holds.$.quantity": -1 } },
    after: { holds: [holds[0], { orderId: "b", quantity: 1 }] },
  },
  {
    name: "$ on a plain element",
    before: { l: [1, 5, 9] },
    filter: { l: 5 },
    update: { $set: { "l.$": 6 } },
    after: { l: [1, 6, 9] },
  },
  {
    name: "$[] on every element",
    before: { holds },
    update: { $inc: { "holds.$[].quantity": 1 } },
    after: {
      holds: [
        { orderId: "a", quantity: 2 },
        { orderId: "b", quantity: 3 },
      ],
    },
  },
  {
    name: "$[name] on filtered elements",
    before: { holds },
    update: { $set: { "holds.$[hold].done": true } },
    arrayFilters: [{ "hold.quantity": { $gte: 2 } }],
    after: { holds: [holds[0], { orderId: "b", quantity: 2, done: true }] },
  },
  {
    name: "keeps the order of fields",
    before: { c: 1, a: 2, b: 3 },
    update: { $set: { a: 9 } },
    after: { c: 1, a: 9, b: 3 },
  },
  {
    name: "several operators at once",
    before: { onHand: 5, available: 3, holds },
    filter: { "holds.orderId": "a" },
    update: { $inc: { onHand: -1 }, $pull: { holds: { orderId: "a" } }, $set: { at: new Date(7) } },
    after: { onHand: 4, available: 3, holds: [holds[1]], at: new Date(7) },
  },
];

const changeCases: Case[] = changes.map(
  ({ name, before, update, after, filter = {}, arrayFilters, notInJavaServer }) => ({
    name: `updates: ${name}`,
    ...(notInJavaServer && { notInJavaServer }),
    async run(collection) {
      const _id = new ObjectId();
      await collection.insertOne({ _id, ...before });
      const options = arrayFilters ? { arrayFilters } : {};
      const result = await collection.updateOne({ _id, ...filter }, update, options);
      expect([result.matchedCount, result.modifiedCount]).toEqual([1, 1]);
      const { _id: _, ...stored } = (await collection.findOne({ _id })) ?? {};
      expect(stored).toEqual(after);
      expect(Object.keys(stored)).toEqual(Object.keys(after));
    },
  }),
);

const unchanged: [name: string, before: object, update: object][] = [
  ["$set to the same value", { a: { b: 1 } }, { $set: { a: { b: 1 } } }],
  ["$inc by nothing", { a: 1 }, { $inc: { a: 0 } }],
  ["$unset of nothing", { a: 1 }, { $unset: { b: "" } }],
  ["$pull of nothing", { l: [1] }, { $pull: { l: 2, none: 1 } }],
  ["$addToSet of what is there", { l: [1] }, { $addToSet: { l: 1 } }],
  ["$max of less", { a: 5 }, { $max: { a: 3 } }],
  ["$rename of nothing", { a: 1 }, { $rename: { b: "c" } }],
];

const unchangedCases: Case[] = unchanged.map(([name, before, update]) => ({
  name: `counts no modification for ${name}`,
  async run(collection) {
    await collection.insertOne({ _id: 1 as never, ...before });
    const result = await collection.updateOne({}, update);
    expect([result.matchedCount, result.modifiedCount]).toEqual([1, 0]);
    expect(await collection.findOne()).toEqual({ _id: 1, ...before });
  },
}));

const refusals: [name: string, before: object, update: object, code: number, filter?: object][] = [
  ["another _id", {}, { $set: { _id: 5 } }, 66],
  ["$inc of a string", { a: "x" }, { $inc: { a: 1 } }, 14],
  ["$inc by a string", { a: 1 }, { $inc: { a: "x" } }, 14],
  ["two changes of one path", { a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ["changes of a path and what is under it", { a: { b: 1 } }, { $set: { a: {}, "a.b": 2 } }, 40],
  ["$push to a number", { a: 1 }, { $push: { a: 1 } }, 2],
  ["a field under a number", { a: 1 }, { $set: { "a.b": 1 } }, 28],
  ["a named field of an array", { a: [1] }, { $set: { "a.b": 1 } }, 28],
  ["$ without an array in the filter", { a: [1] }, { $set: { "a.$": 1 } }, 2],
  ["an operator nobody knows", { a: 1 }, { $bogus: { a: 1 } }, 9],
  ["$pop by two", { a: [1] }, { $pop: { a: 2 } }, 9],
];

const refusalCases: Case[] = refusals.map(([name, before, update, code, filter = {}]) => ({
  name: `refuses ${name}`,
  async run(collection) {
    await collection.insertOne({ _id: 1 as never, ...before });
    await expect(collection.updateOne(filter, update)).rejects.toMatchObject({ code });
    expect(await collection.findOne()).toEqual({ _id: 1, ...before });
  },
}));

const numberCases: Case[] = [
  {
    name: "keeps the types of numbers, and grows int32 to int64",
    async run(collection) {
      await collection.insertOne({
        _id: 1 as never,
        int: 2_147_483_647,
        double: new Double(5),
        long: Long.fromString("9007199254740993"),
        decimal: Decimal128.fromString("9.50"),
      });
      await collection.updateOne({}, { $inc: { int: 1, double: 1, long: 1, decimal: Decimal128.fromString("0.25") } });
      const stored: Document = (await collection.findOne({}, { promoteValues: false })) ?? {};
      expect(stored.int).toEqual(Long.fromNumber(2_147_483_648));
      expect(stored.double).toEqual(new Double(6));
      expect(stored.long).toEqual(Long.fromString("9007199254740994"));
      expect(String(stored.decimal)).toBe("9.75");
      expect(stored._id).toEqual(new Int32(1));
    },
  },
  {
    name: "sets the current date and timestamp",
    async run(collection) {
      await collection.insertOne({ _id: 1 as never });
      const before = Date.now();
      await collection.updateOne(
        {},
        { $currentDate: { at: true, on: { $type: "date" }, ts: { $type: "timestamp" } } as never },
      );
      const stored = await collection.findOne();
      expect(stored?.at).toBeInstanceOf(Date);
      expect(Math.abs(stored?.at.getTime() - before)).toBeLessThan(60_000);
      expect(stored?.on).toBeInstanceOf(Date);
      expect(stored?.ts).toBeInstanceOf(Timestamp);
    },
  },
];

export const updates: Case[] = [...changeCases, ...unchangedCases, ...refusalCases, ...numberCases];
