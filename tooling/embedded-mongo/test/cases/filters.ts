import { Decimal128, Double, Long, ObjectId } from "mongodb";
import { expect } from "vitest";
import type { Case } from "./case.ts";

const early = new ObjectId("0198b1c27f00700080000001");
const late = new ObjectId("0298b1c27f00700080000001");

const documents = [
  { _id: 1, name: "alpha", n: 5, tags: ["x", "y"], size: { w: 1, h: 2 }, at: new Date(1000), ref: early },
  { _id: 2, name: "Beta", n: 7.5, tags: ["y"], size: { w: 2 }, at: new Date(2000), ref: late },
  {
    _id: 3,
    name: "gamma",
    n: null,
    tags: [],
    items: [
      { k: "a", q: 1 },
      { k: "b", q: 5 },
    ],
  },
  { _id: 4, n: "5", items: [{ k: "b", q: 9 }, { q: 2 }], flag: true },
  { _id: 5, name: "al.pha", n: [1, 9], size: null, items: [], flag: false },
  { _id: 6, n: Long.fromNumber(5), tags: "y", size: 3, deep: [{ list: [{ v: 1 }, { v: 2 }] }, { list: [{ v: 3 }] }] },
  { _id: 7, n: Decimal128.fromString("5.0"), name: "émile", nested: { list: [10, 20, 30] } },
  { _id: 8, n: new Double(7), name: "alpine", at: new Date(-5), tags: [null, "z"] },
] as const;

/** Filters and the `_id`s of what they find. */
const questions: [filter: object, ids: number[], notInJavaServer?: string][] = [
  [{}, [1, 2, 3, 4, 5, 6, 7, 8]],
  [{ n: 5 }, [1, 6, 7]],
  [{ n: { $eq: 9 } }, [5]],
  [{ n: { $gt: 5 } }, [2, 5, 8]],
  [{ n: { $gte: 5, $lt: 7.5 } }, [1, 5, 6, 7, 8], "it wants one element to meet both bounds"],
  [{ n: { $lte: "5" } }, [4]],
  [{ n: null }, [3]],
  [{ n: { $ne: null } }, [1, 2, 4, 5, 6, 7, 8]],
  [{ name: null }, [4, 6]],
  [{ name: { $exists: true } }, [1, 2, 3, 5, 7, 8]],
  [{ name: { $exists: false } }, [4, 6]],
  [{ size: null }, [3, 4, 5, 7, 8]],
  [{ size: { $exists: true } }, [1, 2, 5, 6]],
  [{ "size.w": 1 }, [1]],
  [{ "size.w": null }, [3, 4, 5, 6, 7, 8]],
  [{ size: { w: 1, h: 2 } }, [1]],
  [{ size: { h: 2, w: 1 } }, []],
  [{ tags: "y" }, [1, 2, 6]],
  [{ tags: ["y"] }, [2]],
  [{ tags: { $ne: "y" } }, [3, 4, 5, 7, 8]],
  [{ tags: { $nin: ["x", "z"] } }, [2, 3, 4, 5, 6, 7]],
  [{ tags: { $in: ["x", null] } }, [1, 4, 5, 7, 8]],
  [{ tags: { $all: ["x", "y"] } }, [1]],
  [{ tags: { $all: ["y"] } }, [1, 2, 6], "its $all finds arrays only"],
  [{ tags: { $size: 0 } }, [3]],
  [{ tags: { $size: 2 } }, [1, 8]],
  [{ "tags.0": "y" }, [2]],
  [{ "items.k": "b" }, [3, 4]],
  [{ "items.k": { $ne: "a" } }, [1, 2, 4, 5, 6, 7, 8]],
  [{ "items.k": { $exists: false } }, [1, 2, 5, 6, 7, 8], "its $exists asks every element"],
  [{ "items.1.q": 5 }, [3]],
  [{ items: { $elemMatch: { k: "b", q: { $gt: 5 } } } }, [4]],
  [{ "items.k": "b", "items.q": 1 }, [3]],
  [{ items: { $elemMatch: { k: "b", q: 1 } } }, []],
  [{ n: { $elemMatch: { $gt: 1, $lt: 9 } } }, []],
  [{ n: { $elemMatch: { $gt: 1, $lte: 9 } } }, [5]],
  [{ items: { $not: { $elemMatch: { k: "b" } } } }, [1, 2, 5, 6, 7, 8]],
  [{ "deep.list.v": 3 }, [6]],
  [{ "deep.list.v": { $gt: 3 } }, []],
  [{ "nested.list.1": 20 }, [7]],
  [{ $or: [{ n: 7.5 }, { flag: true }] }, [2, 4]],
  [{ $nor: [{ name: { $exists: true } }, { flag: true }] }, [6]],
  [{ $and: [{ tags: "y" }, { n: { $gt: 5 } }] }, [2]],
  [{ name: /^al/ }, [1, 5, 8]],
  [{ name: /^al\./ }, [5]],
  [{ name: /^AL/i }, [1, 5, 8]],
  [{ name: { $regex: "^b", $options: "i" } }, [2]],
  [{ name: { $not: /a/ } }, [4, 6, 7]],
  [{ name: { $in: [/^be/i, "gamma"] } }, [2, 3]],
  [{ name: { $gt: "alpha", $lt: "b" } }, [8]],
  [{ at: { $lt: new Date(1500) } }, [1, 8]],
  [{ at: { $gte: new Date(1000), $lte: new Date(2000) } }, [1, 2]],
  [{ ref: early }, [1]],
  [{ ref: { $gt: early } }, [2]],
  [{ ref: { $in: [early, late] } }, [1, 2]],
  [{ flag: false }, [5]],
  [{ flag: { $ne: true } }, [1, 2, 3, 5, 6, 7, 8]],
  [{ n: { $type: "int" } }, [1, 5]],
  [{ n: { $type: "long" } }, [6]],
  [{ n: { $type: "double" } }, [2, 8]],
  [{ n: { $type: "decimal" } }, [7]],
  [{ n: { $type: "null" } }, [3]],
  [{ tags: { $type: "array" } }, [1, 2, 3, 8]],
  [{ n: { $type: ["string", 10] } }, [3, 4]],
  [{ n: { $mod: [5, 0] } }, [1, 6, 7]],
  [{ _id: { $in: [3, 1, 99] } }, [1, 3]],
  [{ _id: { $gt: 2, $lte: 4 } }, [3, 4]],
  [{ $expr: { $gt: ["$size.h", "$size.w"] } }, [1]],
  [{ $expr: { $eq: [{ $size: { $ifNull: ["$items", []] } }, 2] } }, [3, 4]],
  [{ n: { $in: [5, "5"] } }, [1, 4, 6, 7]],
  [{ "missing.path": { $exists: false } }, [1, 2, 3, 4, 5, 6, 7, 8]],
];

const filterCases: Case[] = questions.map(([filter, ids, notInJavaServer]) => ({
  name: `finds ${describeFilter(filter)}`,
  ...(notInJavaServer && { notInJavaServer }),
  async run(collection) {
    await collection.insertMany(documents.map((document) => ({ ...document })) as never);
    const unindexed = await collection.find(filter).sort({ _id: 1 }).toArray();
    expect(unindexed.map(({ _id }) => _id)).toEqual(ids);
    expect(await collection.countDocuments(filter)).toBe(ids.length);
    // And the same with every field indexed.
    for (const field of [
      "n",
      "name",
      "size",
      "size.w",
      "tags",
      "items.k",
      "items.q",
      "at",
      "ref",
      "flag",
      "deep.list.v",
    ]) {
      await collection.createIndex({ [field]: 1 });
    }
    await collection.createIndex({ flag: -1, name: -1, n: 1 });
    const indexed = await collection.find(filter).sort({ _id: 1 }).toArray();
    expect(indexed.map(({ _id }) => _id)).toEqual(ids);
  },
}));

function describeFilter(filter: object): string {
  return JSON.stringify(filter, (_, value) => (value instanceof RegExp ? String(value) : value));
}

const refused: [filter: object, code: number, notInJavaServer?: string][] = [
  [{ n: { $bogus: 1 } }, 2],
  [{ $bogus: [] }, 2],
  [{ $or: [] }, 2],
  [{ n: { $in: 5 } }, 2, "its error has no code"],
  [{ tags: { $size: -1 } }, 2, "it takes any size"],
];

export const filters: Case[] = [
  ...filterCases,
  ...refused.map(
    ([filter, code, notInJavaServer]): Case => ({
      name: `refuses ${JSON.stringify(filter)}`,
      ...(notInJavaServer && { notInJavaServer }),
      async run(collection) {
        await collection.insertOne({ n: 1 });
        await expect(collection.find(filter).toArray()).rejects.toMatchObject({ code });
      },
    }),
  ),
];
