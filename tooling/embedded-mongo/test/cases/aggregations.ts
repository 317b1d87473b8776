import type { Document } from "mongodb";
import { expect } from "vitest";
import type { Case } from "./case.ts";

const products = [
  { _id: 1, name: "oak table", brand: "hygge", price: 300, tags: ["wood", "big"], stock: { main: 2 } },
  { _id: 2, name: "oak chair", brand: "hygge", price: 80, tags: ["wood"], stock: { main: 0 } },
  { _id: 3, name: "lamp", brand: "lumo", price: 80, tags: [], stock: { main: 9 } },
  { _id: 4, name: "rug", price: 120.5, tags: ["big"] },
];

const questions: {
  name: string;
  pipeline: Document[];
  expected: Document[];
  anyOrder?: true;
  notInJavaServer?: string;
}[] = [
  {
    name: "$match, $sort, $skip and $limit",
    pipeline: [
      { $match: { price: { $lt: 200 } } },
      { $sort: { price: -1, _id: 1 } },
      { $skip: 1 },
      { $limit: 1 },
      { $project: { _id: 1 } },
    ],
    expected: [{ _id: 2 }],
  },
  {
    name: "$group with sums, averages and extremes",
    pipeline: [
      {
        $group: {
          _id: "$brand",
          count: { $sum: 1 },
          total: { $sum: "$price" },
          mean: { $avg: "$price" },
          least: { $min: "$price" },
          most: { $max: "$price" },
        },
      },
      { $sort: { _id: 1 } },
    ],
    expected: [
      { _id: null, count: 1, total: 120.5, mean: 120.5, least: 120.5, most: 120.5 },
      { _id: "hygge", count: 2, total: 380, mean: 190, least: 80, most: 300 },
      { _id: "lumo", count: 1, total: 80, mean: 80, least: 80, most: 80 },
    ],
  },
  {
    name: "$group with lists",
    pipeline: [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: null,
          names: { $push: "$name" },
          brands: { $addToSet: "$brand" },
          first: { $first: "$name" },
          last: { $last: "$name" },
        },
      },
      { $project: { _id: 0, names: 1, first: 1, last: 1, brands: { $size: "$brands" } } },
    ],
    expected: [{ names: ["oak table", "oak chair", "lamp", "rug"], first: "oak table", last: "rug", brands: 2 }],
  },
  {
    name: "$group by a document",
    pipeline: [
      { $group: { _id: { brand: "$brand", cheap: { $lt: ["$price", 100] } }, count: { $sum: 1 } } },
      { $match: { "_id.brand": "hygge" } },
      { $sort: { "_id.cheap": 1 } },
    ],
    expected: [
      { _id: { brand: "hygge", cheap: false }, count: 1 },
      { _id: { brand: "hygge", cheap: true }, count: 1 },
    ],
  },
  {
    name: "$unwind",
    pipeline: [{ $unwind: "$tags" }, { $group: { _id: "$tags", count: { $sum: 1 } } }, { $sort: { _id: 1 } }],
    expected: [
      { _id: "big", count: 2 },
      { _id: "wood", count: 2 },
    ],
  },
  {
    name: "$unwind that keeps empty arrays, with an index",
    pipeline: [
      { $match: { _id: { $in: [1, 3] } } },
      { $unwind: { path: "$tags", preserveNullAndEmptyArrays: true, includeArrayIndex: "at" } },
      { $project: { tags: 1, at: 1 } },
      { $sort: { _id: 1, at: 1 } },
    ],
    expected: [
      { _id: 1, tags: "wood", at: 0 },
      { _id: 1, tags: "big", at: 1 },
      { _id: 3, at: null },
    ],
  },
  {
    name: "$project with inclusion, renaming and expressions",
    pipeline: [
      { $match: { _id: 1 } },
      {
        $project: {
          _id: 0,
          title: "$name",
          "stock.main": 1,
          net: { $multiply: ["$price", 2] },
          label: { $concat: ["$brand", ": ", "$name"] },
        },
      },
    ],
    expected: [{ title: "oak table", stock: { main: 2 }, net: 600, label: "hygge: oak table" }],
  },
  {
    name: "$project with exclusion",
    pipeline: [{ $match: { _id: 4 } }, { $project: { tags: 0, name: 0 } }],
    expected: [{ _id: 4, price: 120.5 }],
  },
  {
    name: "$addFields and $unset",
    pipeline: [
      { $match: { _id: 3 } },
      { $addFields: { available: "$stock.main" } },
      { $addFields: { cheap: { $cond: [{ $lte: ["$price", 80] }, "yes", "no"] } } },
      { $unset: "name" },
      { $project: { tags: 0, brand: 0 } },
    ],
    expected: [{ _id: 3, price: 80, stock: { main: 9 }, available: 9, cheap: "yes" }],
  },
  {
    name: "$set, $unset of several and $replaceWith",
    pipeline: [
      { $match: { _id: 3 } },
      { $set: { "stock.shop": 1, "stock.yard": 2, "stock.roof": 3 } },
      { $unset: ["stock.main", "stock.yard"] },
      { $replaceWith: "$stock" },
    ],
    expected: [{ shop: 1, roof: 3 }],
    notInJavaServer: "it lacks the newer names of stages",
  },
  { name: "$count", pipeline: [{ $match: { tags: "wood" } }, { $count: "n" }], expected: [{ n: 2 }] },
  { name: "$count of nothing", pipeline: [{ $match: { tags: "none" } }, { $count: "n" }], expected: [] },
  {
    name: "$sortByCount",
    pipeline: [{ $unwind: "$tags" }, { $sortByCount: "$tags" }],
    expected: [
      { _id: "wood", count: 2 },
      { _id: "big", count: 2 },
    ],
    anyOrder: true,
  },
  {
    name: "$facet",
    pipeline: [
      {
        $facet: {
          rows: [{ $sort: { price: 1, _id: -1 } }, { $limit: 2 }, { $project: { _id: 1 } }],
          total: [{ $count: "n" }],
          brands: [
            { $match: { brand: { $exists: true } } },
            { $group: { _id: "$brand", n: { $sum: 1 } } },
            { $sort: { _id: 1 } },
          ],
        },
      },
    ],
    expected: [
      {
        rows: [{ _id: 3 }, { _id: 2 }],
        total: [{ n: 4 }],
        brands: [
          { _id: "hygge", n: 2 },
          { _id: "lumo", n: 1 },
        ],
      },
    ],
  },
  {
    name: "$replaceRoot",
    pipeline: [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: "$stock" } }],
    expected: [{ main: 2 }],
  },
  {
    name: "conditions and null handling",
    pipeline: [
      { $sort: { _id: 1 } },
      {
        $project: {
          brand: { $ifNull: ["$brand", "none"] },
          kind: {
            $cond: [{ $gte: ["$price", 300] }, "dear", { $cond: [{ $in: ["wood", "$tags"] }, "wooden", "other"] }],
          },
        },
      },
    ],
    expected: [
      { _id: 1, brand: "hygge", kind: "dear" },
      { _id: 2, brand: "hygge", kind: "wooden" },
      { _id: 3, brand: "lumo", kind: "other" },
      { _id: 4, brand: "none", kind: "other" },
    ],
  },
  {
    name: "arrays inside documents",
    pipeline: [
      { $match: { _id: 1 } },
      {
        $project: {
          n: { $size: "$tags" },
          upper: { $map: { input: "$tags", as: "tag", in: { $toUpper: "$$tag" } } },
          big: { $filter: { input: "$tags", as: "tag", cond: { $eq: ["$$tag", "big"] } } },
        },
      },
    ],
    expected: [{ _id: 1, n: 2, upper: ["WOOD", "BIG"], big: ["big"] }],
  },
];

const questionCases: Case[] = questions.map(({ name, pipeline, expected, anyOrder, notInJavaServer }) => ({
  name: `aggregates: ${name}`,
  ...(notInJavaServer && { notInJavaServer }),
  async run(collection) {
    await collection.insertMany(structuredClone(products) as never);
    const found = await collection.aggregate(pipeline).toArray();
    if (anyOrder) expect(new Set(found)).toEqual(new Set(expected));
    else expect(found).toEqual(expected);
    // Stages share documents with the collection: none may have changed them.
    expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual(products);
  },
}));

export const aggregations: Case[] = [
  ...questionCases,
  {
    name: "aggregates: $lookup by field and by pipeline",
    async run(collection, db) {
      const reviews = db.collection(`${collection.collectionName}_reviews`);
      await collection.insertMany(structuredClone(products) as never);
      await reviews.insertMany([
        { product: 1, stars: 5 },
        { product: 1, stars: 3 },
        { product: 3, stars: 4 },
      ]);
      const byField = [
        { $lookup: { from: reviews.collectionName, localField: "_id", foreignField: "product", as: "reviews" } },
        { $project: { stars: { $sum: "$reviews.stars" }, n: { $size: "$reviews" } } },
        { $sort: { _id: 1 } },
      ];
      const expected = [
        { _id: 1, stars: 8, n: 2 },
        { _id: 2, stars: 0, n: 0 },
        { _id: 3, stars: 4, n: 1 },
        { _id: 4, stars: 0, n: 0 },
      ];
      expect(await collection.aggregate(byField).toArray()).toEqual(expected);
      const byPipeline = [
        { $match: { _id: 1 } },
        {
          $lookup: {
            from: reviews.collectionName,
            let: { id: "$_id" },
            pipeline: [
              { $match: { $expr: { $eq: ["$product", "$$id"] } } },
              { $sort: { stars: -1 } },
              { $limit: 1 },
              { $project: { _id: 0, stars: 1 } },
            ],
            as: "best",
          },
        },
        { $project: { best: 1 } },
      ];
      expect(await collection.aggregate(byPipeline).toArray()).toEqual([{ _id: 1, best: [{ stars: 5 }] }]);
    },
  },
  {
    name: "aggregates: refuses stages and operators that don't exist",
    async run(collection) {
      await collection.insertOne({});
      await expect(collection.aggregate([{ $bogus: {} }]).toArray()).rejects.toMatchObject({ code: 40324 });
      await expect(collection.aggregate([{ $group: { _id: 1, n: { $bogus: 1 } } }]).toArray()).rejects.toMatchObject({
        code: 15952,
      });
      await expect(collection.aggregate([{ $match: {}, $limit: 1 }]).toArray()).rejects.toMatchObject({ code: 40323 });
    },
  },
];
