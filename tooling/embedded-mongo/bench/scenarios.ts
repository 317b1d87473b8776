import type { Db, Document } from "mongodb";

export interface Scenario {
  name: string;
  prepare?: (db: Db) => Promise<unknown>;
  operations: number;
  /** Concurrent callers. */
  clients?: number;
  run: (db: Db, i: number) => Promise<unknown>;
}

const PRODUCTS = 100_000;
const STOCK = 10_000;

const product = (i: number): Document => ({
  _id: `product-${i}` as never,
  slug: `a-fine-thing-number-${i}`,
  name: `A fine thing, number ${i}`,
  description: "Made to last, and described at the length that descriptions have in shops. ".repeat(4),
  brand: `brand-${i % 40}`,
  categories: [`category-${i % 25}`, `category-${(i * 7) % 25}`],
  attributes: { material: ["oak", "steel", "wool"][i % 3], colour: ["red", "green", "blue"][i % 3] },
  images: [
    { url: `/images/${i}-1.webp`, alt: "front" },
    { url: `/images/${i}-2.webp`, alt: "back" },
  ],
  variants: Array.from({ length: 3 }, (_, v) => ({
    sku: `SKU-${i}-${v}`,
    options: { size: "SML"[v] },
    price: { amount: 1000 + ((i * 37) % 9000), currency: "EUR" },
  })),
  rating: { average: 4.5, count: i % 100 },
  updatedAt: new Date(1_700_000_000_000 + i * 1000),
});

const stock = (i: number): Document => ({
  _id: `SKU-${i}@main` as never,
  sku: `SKU-${i}`,
  location: "main",
  onHand: 1_000_000,
  available: 1_000_000,
  holds: [],
  sales: [],
  returns: [],
  updatedAt: new Date(),
});

async function insertAll(db: Db, name: string, count: number, make: (i: number) => Document): Promise<void> {
  for (let from = 0; from < count; from += 1000) {
    await db
      .collection(name)
      .insertMany(Array.from({ length: Math.min(1000, count - from) }, (_, i) => make(from + i)));
  }
}

const hold = (db: Db, sku: string, orderId: string) =>
  db.collection("stock").updateOne(
    { sku, location: "main", available: { $gte: 1 }, "holds.orderId": { $ne: orderId } },
    {
      $inc: { available: -1 },
      $push: { holds: { orderId, quantity: 1, until: new Date() } } as never,
      $currentDate: { updatedAt: true },
    },
  );

const sell = (db: Db, sku: string, orderId: string) =>
  db
    .collection("stock")
    .updateOne({ sku, "holds.orderId": orderId }, { $inc: { onHand: -1 }, $pull: { holds: { orderId } } as never });

export const scenarios: Scenario[] = [
  {
    name: "insertMany of 1,000 products (100,000 in all, 3 indexes)",
    prepare: (db) =>
      db
        .collection("products")
        .createIndexes([
          { key: { slug: 1 }, unique: true },
          { key: { "variants.sku": 1 }, unique: true },
          { key: { updatedAt: 1 } },
        ]),
    operations: PRODUCTS / 1000,
    run: (db, i) => insertAll(db, "products", 1000, (j) => product(i * 1000 + j)),
  },
  {
    name: "findOne by slug among 100,000",
    operations: 10_000,
    run: (db, i) => db.collection("products").findOne({ slug: `a-fine-thing-number-${(i * 7919) % PRODUCTS}` }),
  },
  {
    name: "findOne by slug among 100,000, 20 callers",
    operations: 20_000,
    clients: 20,
    run: (db, i) => db.collection("products").findOne({ slug: `a-fine-thing-number-${(i * 7919) % PRODUCTS}` }),
  },
  {
    name: "find by variants.sku $in 20",
    operations: 2_000,
    run: (db, i) =>
      db
        .collection("products")
        .find({ "variants.sku": { $in: Array.from({ length: 20 }, (_, j) => `SKU-${(i + j * 31) % PRODUCTS}-1`) } })
        .toArray(),
  },
  {
    name: "poll updatedAt > latest (10 found)",
    operations: 2_000,
    run: (db) =>
      db
        .collection("products")
        .find({ updatedAt: { $gt: new Date(1_700_000_000_000 + (PRODUCTS - 11) * 1000) } })
        .sort({ updatedAt: 1 })
        .toArray(),
  },
  {
    name: "scan 100,000 for a brand, sorted by name, 20 of them",
    operations: 10,
    run: (db) => db.collection("products").find({ brand: "brand-7" }).sort({ name: 1 }).limit(20).toArray(),
  },
  {
    name: "facets over 100,000",
    operations: 3,
    run: (db) =>
      db
        .collection("products")
        .aggregate([
          {
            $facet: {
              brands: [{ $sortByCount: "$brand" }],
              categories: [{ $unwind: "$categories" }, { $sortByCount: "$categories" }],
            },
          },
        ])
        .toArray(),
  },
  {
    name: "hold of stock among 10,000 SKUs",
    prepare: async (db) => {
      await db
        .collection("stock")
        .createIndexes([
          { key: { sku: 1, location: 1 }, unique: true },
          { key: { "holds.orderId": 1 } },
          { key: { "holds.until": 1 } },
          { key: { updatedAt: 1 } },
        ]);
      await insertAll(db, "stock", STOCK, stock);
    },
    operations: 10_000,
    run: (db, i) => hold(db, `SKU-${(i * 7919) % STOCK}`, `order-${i}`),
  },
  {
    name: "hold of stock among 10,000 SKUs, 20 callers",
    operations: 20_000,
    clients: 20,
    run: (db, i) => hold(db, `SKU-${(i * 7919) % STOCK}`, `again-${i}`),
  },
  {
    name: "hold and sale of one SKU",
    operations: 5_000,
    run: async (db, i) => {
      await hold(db, "SKU-1", `quick-${i}`);
      await sell(db, "SKU-1", `quick-${i}`);
    },
  },
  {
    name: "hold of one SKU that gathers 2,000 holds, 20 callers",
    operations: 2_000,
    clients: 20,
    run: (db, i) => hold(db, "SKU-2", `hot-${i}`),
  },
];
