import { Binary, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from "mongodb";
import { expect } from "vitest";
import type { Case } from "./case.ts";

const idsOf = (documents: { _id: unknown }[]): unknown[] => documents.map(({ _id }) => _id);

const product = {
  _id: 1,
  slug: "s",
  variants: [
    { sku: "a", price: { amount: 5, currency: "EUR" } },
    { sku: "b", price: { amount: 7, currency: "EUR" } },
  ],
  rating: { average: 4.5, count: 2 },
  tags: ["x", "y", "z"],
};

const projections: [projection: object, expected: object, filter?: object, notInJavaServer?: string][] = [
  [{ slug: 1 }, { _id: 1, slug: "s" }],
  [{ slug: 1, _id: 0 }, { slug: "s" }],
  [{ _id: 1 }, { _id: 1 }],
  [
    { variants: 0, tags: 0 },
    { _id: 1, slug: "s", rating: product.rating },
  ],
  [{ _id: 0, variants: 0, tags: 0, rating: 0 }, { slug: "s" }],
  [{ "variants.sku": 1 }, { _id: 1, variants: [{ sku: "a" }, { sku: "b" }] }],
  [{ "variants.price.amount": 1, _id: 0 }, { variants: [{ price: { amount: 5 } }, { price: { amount: 7 } }] }],
  [
    { "rating.count": 0, variants: 0, tags: 0 },
    { _id: 1, slug: "s", rating: { average: 4.5 } },
  ],
  [
    { "variants.price": 0, slug: 0, tags: 0, rating: 0 },
    { _id: 1, variants: [{ sku: "a" }, { sku: "b" }] },
  ],
  [{ missing: 1 }, { _id: 1 }],
  [
    { tags: { $slice: 2 }, slug: 1 },
    { _id: 1, slug: "s", tags: ["x", "y"] },
  ],
  [
    { tags: { $slice: -1 }, variants: 0, rating: 0, slug: 0 },
    { _id: 1, tags: ["z"] },
    {},
    "its $slice makes a projection an inclusion",
  ],
  [
    { tags: { $slice: [1, 1] }, variants: 0, rating: 0, slug: 0 },
    { _id: 1, tags: ["y"] },
    {},
    "its $slice makes a projection an inclusion",
  ],
  [{ variants: { $elemMatch: { sku: "b" } } }, { _id: 1, variants: [product.variants[1]] }],
  [
    { "variants.$": 1 },
    { _id: 1, variants: [product.variants[1]] },
    { "variants.sku": "b" },
    "its positional projection takes the first element",
  ],
];

const projectionCases: Case[] = projections.map(([projection, expected, filter = {}, notInJavaServer]) => ({
  name: `projects ${JSON.stringify(projection)}`,
  ...(notInJavaServer && { notInJavaServer }),
  async run(collection) {
    await collection.insertOne({ ...product } as never);
    expect(await collection.findOne(filter, { projection })).toEqual(expected);
    expect(await collection.findOne()).toEqual(product);
  },
}));

export const reads: Case[] = [
  ...projectionCases,
  {
    name: "sorts all types in their order",
    async run(collection) {
      const values = [
        new MinKey(),
        null,
        -3,
        2.5,
        Long.fromNumber(4),
        "Z",
        "a",
        "é",
        { a: 1 },
        { a: 2 },
        new Binary(Buffer.from("b")),
        new ObjectId(),
        false,
        true,
        new Date(0),
        new Timestamp({ t: 1, i: 1 }),
        /r/,
        new MaxKey(),
      ];
      const documents = values.map((v, _id) => ({ _id: _id as never, v }));
      await collection.insertMany(documents.toReversed());
      expect(idsOf(await collection.find().sort({ v: 1 }).toArray())).toEqual(values.keys().toArray());
      expect(idsOf(await collection.find().sort({ v: -1 }).toArray())).toEqual(values.keys().toArray().reverse());
      await collection.createIndex({ v: 1 });
      expect(idsOf(await collection.find().sort({ v: 1 }).toArray())).toEqual(values.keys().toArray());
      expect(idsOf(await collection.find().sort({ v: -1 }).limit(3).toArray())).toEqual([17, 16, 15]);
    },
  },
  {
    name: "sorts missing with null, and arrays by their least or greatest",
    async run(collection) {
      await collection.insertMany([
        { _id: 1 as never, v: 5 },
        { _id: 2 as never },
        { _id: 3 as never, v: [1, 9] },
        { _id: 4 as never, v: null },
        { _id: 5 as never, v: [6, 7] },
      ]);
      expect(idsOf(await collection.find().sort({ v: 1, _id: 1 }).toArray())).toEqual([2, 4, 3, 1, 5]);
      expect(idsOf(await collection.find().sort({ v: -1, _id: 1 }).toArray())).toEqual([3, 5, 1, 2, 4]);
    },
  },
  {
    name: "sorts by several fields, with skip and limit, indexed or not",
    async run(collection) {
      const documents = Array.from({ length: 60 }, (_, i) => ({
        _id: i as never,
        a: i % 3,
        b: (i * 7) % 20,
        c: { d: i % 2 },
      }));
      await collection.insertMany(documents);
      const expected = documents
        .toSorted((x, y) => x.a - y.a || y.b - x.b || Number(x._id) - Number(y._id))
        .slice(7, 19)
        .map(({ _id }) => _id);
      const found = async () =>
        idsOf(await collection.find().sort({ a: 1, b: -1, _id: 1 }).skip(7).limit(12).toArray());
      expect(await found()).toEqual(expected);
      await collection.createIndex({ a: 1, b: -1, _id: 1 });
      expect(await found()).toEqual(expected);
      const backwards = await collection.find({ a: 1 }).sort({ b: 1, _id: -1 }).limit(4).toArray();
      const wanted = documents
        .filter(({ a }) => a === 1)
        .toSorted((x, y) => x.b - y.b || Number(y._id) - Number(x._id));
      expect(idsOf(backwards)).toEqual(wanted.slice(0, 4).map(({ _id }) => _id));
    },
  },
  {
    name: "keeps equal documents in order of insertion when it sorts",
    async run(collection) {
      await collection.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: i as never, k: i % 2 })));
      const found = idsOf(await collection.find().sort({ k: 1 }).toArray()).map(Number);
      expect(found).toEqual([...found.filter((i) => i % 2 === 0), ...found.filter((i) => i % 2 === 1)]);
      expect(found.slice(0, 150)).toEqual(Array.from({ length: 150 }, (_, i) => i * 2));
    },
  },
  {
    name: "hands out 2,500 documents in batches",
    async run(collection) {
      await collection.insertMany(Array.from({ length: 2500 }, (_, i) => ({ i })));
      let expected = 0;
      for await (const { i } of collection.find().sort({ i: 1 }).batchSize(300)) expect(i).toBe(expected++);
      expect(expected).toBe(2500);
      expect(await collection.find().toArray()).toHaveLength(2500);
      expect(await collection.find().limit(1234).batchSize(1000).toArray()).toHaveLength(1234);
      expect(await collection.aggregate([{ $match: { i: { $lt: 500 } } }], { batchSize: 50 }).toArray()).toHaveLength(
        500,
      );
      const abandoned = collection.find().batchSize(10);
      await abandoned.next();
      await abandoned.close();
    },
  },
  {
    name: "hands out more than one reply can hold",
    async run(collection) {
      const filler = "x".repeat(1_000_000);
      await collection.insertMany(Array.from({ length: 20 }, (_, _id) => ({ _id: _id as never, filler })));
      const found = await collection.find().batchSize(20).toArray();
      expect(found.map(({ _id, filler: { length } }) => [_id, length])).toEqual(
        Array.from({ length: 20 }, (_, i) => [i, 1_000_000]),
      );
    },
  },
  {
    name: "counts, estimates and lists distinct values",
    async run(collection) {
      await collection.insertMany([
        { t: ["a", "b"], n: { v: 1 } },
        { t: "b", n: { v: 2 } },
        { t: ["c"], n: { v: 1 } },
        {},
      ]);
      expect(await collection.countDocuments()).toBe(4);
      expect(await collection.countDocuments({ t: "b" })).toBe(2);
      expect(await collection.countDocuments({}, { skip: 1, limit: 2 })).toBe(2);
      expect(await collection.countDocuments({ t: "zzz" })).toBe(0);
      expect(await collection.estimatedDocumentCount()).toBe(4);
      expect((await collection.distinct("t")).toSorted()).toEqual(["a", "b", "c"]);
      expect((await collection.distinct("n.v", { t: "b" })).toSorted()).toEqual([1, 2]);
    },
  },
  {
    name: "gives every type back as it came",
    async run(collection) {
      const document = {
        _id: new ObjectId(),
        text: "héllo 😀",
        whole: 5,
        fraction: 0.1,
        long: Long.fromString("9007199254740993"),
        decimal: Decimal128.fromString("12.50"),
        bytes: new Binary(Buffer.from([0, 1, 255])),
        uuid: new UUID("0198b1c2-7f00-7000-8000-000000000001"),
        at: new Date(1_700_000_000_123),
        nothing: null,
        yes: true,
        pattern: /ab+c/i,
        nested: { list: [[1, 2], [], { deep: [{}] }] },
      };
      await collection.insertOne({ ...document });
      expect(await collection.findOne()).toEqual(document);
      for (const [field, value] of Object.entries(document)) {
        if (field !== "pattern" && field !== "nested")
          expect(await collection.countDocuments({ [field]: value })).toBe(1);
      }
    },
  },
  {
    name: "finds UUIDs and decimals by value and in order",
    async run(collection) {
      const [first, second] = [
        new UUID("00000000-0000-4000-8000-000000000001"),
        new UUID("ffffffff-ffff-4fff-bfff-ffffffffffff"),
      ];
      await collection.insertMany([
        { _id: first as never, price: Decimal128.fromString("10.25") },
        { _id: second as never, price: Decimal128.fromString("9.5") },
      ]);
      await collection.createIndex({ price: 1 });
      expect(await collection.countDocuments({ _id: first as never })).toBe(1);
      expect(idsOf(await collection.find({ price: { $gt: Decimal128.fromString("9.9") } }).toArray())).toEqual([first]);
      expect(idsOf(await collection.find().sort({ price: 1 }).toArray())).toEqual([second, first]);
      expect(await collection.countDocuments({ price: { $lt: 10 } })).toBe(1);
    },
  },
];
