import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { type Collection, type Document, MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedMongo, startEmbeddedMongo } from "../src/server.ts";
import { findSecondServer, type SecondServer } from "./second-server.ts";

const seed = Number(process.env.FC_SEED ?? 20_260_901);
const second = await findSecondServer();
console.log(
  second
    ? `random filters and updates are compared with ${second.name}, seed ${seed}`
    : "random filters and updates were not compared with a second MongoDB server: no MONGODB_URL, no mongod on the PATH, no ../shared/bin/mongo-second",
);

const number = fc.constantFrom(-1, 0, 1, 2, 2.5, 7);
const text = fc.constantFrom("", "a", "ab", "b");
const scalar = fc.oneof(number, text, fc.boolean(), fc.constant(null), fc.constantFrom(new Date(0), new Date(5000)));
const hold = fc.record({ orderId: text, quantity: number }, { requiredKeys: ["orderId"] });
const document = fc.record(
  {
    a: scalar,
    b: fc.oneof(scalar, fc.array(number, { maxLength: 3 })),
    c: fc.record({ d: scalar }, { requiredKeys: [] }),
    holds: fc.array(hold, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const field = fc.constantFrom("a", "b", "c.d", "holds.orderId", "holds.quantity");
// One bound a field: mongo-java-server wants one element to meet all of them, MongoDB does not.
const comparison = fc.oneof(
  scalar,
  fc.record({ $gt: fc.oneof(number, text) }),
  fc.record({ $gte: fc.oneof(number, text) }),
  fc.record({ $lt: fc.oneof(number, text) }),
  fc.record({ $lte: fc.oneof(number, text) }),
  fc.record({ $ne: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(scalar, { maxLength: 3 }) }),
);
const clause = fc.tuple(field, comparison).map(([name, condition]): Document => ({ [name]: condition }));
const filter: fc.Arbitrary<Document> = fc.oneof(
  clause,
  fc.array(clause, { minLength: 1, maxLength: 3 }).map(($and) => ({ $and })),
  fc.array(clause, { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })),
  fc.array(clause, { minLength: 1, maxLength: 2 }).map(($nor) => ({ $nor })),
  fc.record({ holds: fc.record({ $elemMatch: fc.record({ orderId: text, quantity: fc.record({ $gte: number }) }) }) }),
);

const update: fc.Arbitrary<Document> = fc.oneof(
  fc.record({ $set: fc.record({ a: scalar, "c.d": scalar }, { requiredKeys: ["a"] }) }),
  fc.record({ $inc: fc.record({ n: number, m: number }, { requiredKeys: ["n"] }) }),
  fc.record({ $unset: fc.constantFrom({ a: "" }, { b: "", "c.d": "" }) }),
  fc.record({ $push: fc.record({ holds: hold }) }),
  fc.record({ $pull: fc.record({ holds: fc.record({ orderId: text }) }) }),
  fc.record({ $addToSet: fc.record({ holds: hold }) }),
  fc.record({ $set: fc.record({ a: scalar }), $inc: fc.record({ n: number }), $push: fc.record({ holds: hold }) }),
  fc.record({ $max: fc.record({ n: number }), $min: fc.record({ m: number }) }),
);

/** Runs a program of updates and gives what can be seen of it: counts, matches in order, and the documents at the end. */
async function observe(
  collection: Collection,
  documents: Document[],
  steps: [Document, Document][],
  questions: Question[],
) {
  await collection.deleteMany({});
  await collection.insertMany(documents.map((fields, _id) => ({ _id: _id as never, ...fields })));
  const seen: unknown[] = [];
  for (const [query, change] of steps) {
    const { matchedCount, modifiedCount } = await collection.updateMany(query, change);
    seen.push([matchedCount, modifiedCount]);
  }
  for (const { query, sort, skip, limit } of questions) {
    const found = collection.find(query).sort(sort).skip(skip).limit(limit);
    seen.push(await found.toArray(), await collection.countDocuments(query));
  }
  return { seen, documents: await collection.find().sort({ _id: 1 }).toArray() };
}

const documents = fc.array(document, { minLength: 1, maxLength: 12 });
const steps = fc.array(fc.tuple(filter, update), { maxLength: 5 });
interface Question {
  query: Document;
  sort: Record<string, 1 | -1>;
  skip: number;
  limit: number;
}

const direction = fc.constantFrom<1 | -1>(1, -1);
const questionsSortedBy = (...names: string[]) => {
  const sort = fc
    .tuple(fc.subarray(names), direction, direction, direction)
    .map(([[first, second], ...[x, y, _id]]) => ({
      ...(first && { [first]: x }),
      ...(second && { [second]: y }),
      _id,
    }));
  const question: fc.Arbitrary<Question> = fc.record({ query: filter, sort, skip: fc.nat(2), limit: fc.nat(4) });
  return fc.array(question, { minLength: 1, maxLength: 6 });
};
const INDEXES = [
  { a: 1 },
  { b: -1, a: 1 },
  { "c.d": 1 },
  { "holds.orderId": 1, a: -1 },
  { "holds.quantity": 1 },
  { n: 1 },
] as const;

describe("random filters and updates", () => {
  let embedded: EmbeddedMongo;
  const clients: MongoClient[] = [];
  const database = `agreement_${randomUUID().slice(0, 8)}`;
  const collectionAt = async (url: string, name: string) => {
    const client = await MongoClient.connect(url);
    clients.push(client);
    return client.db(database).collection(name);
  };
  beforeAll(async () => {
    embedded = await startEmbeddedMongo();
  });
  afterAll(async () => {
    if (second) await (await collectionAt(second.url, "any")).db.dropDatabase();
    for (const client of clients) await client.close();
    await embedded.close();
    await second?.stop();
  });

  it("give the same with indexes as without", async () => {
    const plain = await collectionAt(embedded.url, "plain");
    const indexed = await collectionAt(embedded.url, "indexed");
    for (const key of INDEXES) await indexed.createIndex(key);
    await fc.assert(
      fc.asyncProperty(
        documents,
        steps,
        questionsSortedBy("a", "b", "c.d", "holds.orderId", "holds.quantity"),
        async (...program) => {
          expect(await observe(indexed, ...program)).toEqual(await observe(plain, ...program));
        },
      ),
      { seed, numRuns: 150 },
    );
  });

  // Not sorted by what may be an array: mongo-java-server puts empty ones before what is missing.
  it.runIf(second)("give the same on a second server", async () => {
    const { url } = second as SecondServer;
    const [ours, theirs] = [await collectionAt(embedded.url, "ours"), await collectionAt(url, "theirs")];
    await fc.assert(
      fc.asyncProperty(documents, steps, questionsSortedBy("a", "c.d", "n"), async (...program) => {
        expect(await observe(ours, ...program)).toEqual(await observe(theirs, ...program));
      }),
      { seed, numRuns: 150 },
    );
  });
});
