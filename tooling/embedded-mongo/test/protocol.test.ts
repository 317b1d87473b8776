import { once } from "node:events";
import { connect } from "node:net";
import { deserialize, serialize } from "bson";
import { Long, MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedMongo, startEmbeddedMongo } from "../src/server.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

let server: EmbeddedMongo;
let client: MongoClient;
beforeAll(async () => {
  server = await startEmbeddedMongo();
  client = await MongoClient.connect(server.url);
});
afterAll(async () => {
  await client.close();
  await server.close();
});

const OP_MSG = 2013;
const OP_QUERY = 2004;
const OP_COMPRESSED = 2012;

function message(opcode: number, body: Uint8Array): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(opcode, 12);
  return Buffer.concat([header, body]);
}

const command = (doc: object): Uint8Array => Buffer.concat([Buffer.alloc(5), serialize(doc)]);

/** Sends bytes, in the given pieces, and reads one reply. */
async function exchange(
  ...pieces: Uint8Array[]
): Promise<{ opcode: number; responseTo: number; reply: Record<string, unknown> }> {
  const socket = connect(server.port, "127.0.0.1");
  await once(socket, "connect");
  for (const piece of pieces) await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
  let received = Buffer.alloc(0);
  while (received.length < 16 || received.length < received.readInt32LE(0)) {
    received = Buffer.concat([received, ...(await once(socket, "data"))]);
  }
  socket.destroy();
  const opcode = received.readInt32LE(12);
  return { opcode, responseTo: received.readInt32LE(8), reply: deserialize(received.subarray(opcode === 1 ? 36 : 21)) };
}

describe("the wire protocol", () => {
  it("answers OP_MSG however its bytes arrive", async () => {
    const bytes = message(OP_MSG, command({ ping: 1, $db: "admin" }));
    const answer = await exchange(...Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)));
    expect(answer).toEqual({ opcode: OP_MSG, responseTo: 7, reply: { ok: 1 } });
  });

  it("answers the OP_QUERY of an old handshake with OP_REPLY", async () => {
    const name = Buffer.from("admin.$cmd\0");
    const body = Buffer.concat([Buffer.alloc(4), name, Buffer.alloc(8), serialize({ isMaster: 1 })]);
    expect(await exchange(message(OP_QUERY, body))).toMatchObject({
      opcode: 1,
      responseTo: 7,
      reply: { ismaster: true, ok: 1 },
    });
  });

  it("reads document sequences", async () => {
    const documents = [{ _id: 1 }, { _id: 2 }].map((doc) => serialize(doc));
    const name = Buffer.from("documents\0");
    const length = Buffer.alloc(4);
    length.writeInt32LE(4 + name.length + documents.reduce((sum, { length }) => sum + length, 0));
    const body = Buffer.concat([
      command({ insert: "sequences", $db: "wire" }),
      Buffer.from([1]),
      length,
      name,
      ...documents,
    ]);
    expect((await exchange(message(OP_MSG, body))).reply).toEqual({ n: 2, ok: 1 });
    expect(await client.db("wire").collection("sequences").countDocuments()).toBe(2);
  });

  it.each([
    ["OP_COMPRESSED", message(OP_COMPRESSED, Buffer.alloc(9)), /OP_COMPRESSED/],
    ["an opcode it doesn't know", message(2006, Buffer.alloc(9)), /opcode 2006/],
  ])("refuses %s", async (_, bytes, errmsg) => {
    expect((await exchange(bytes)).reply).toMatchObject({ ok: 0, errmsg: expect.stringMatching(errmsg) });
  });

  it("hangs up on what is not the protocol, and goes on serving others", async () => {
    const socket = connect(server.port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await once(socket, "close");
    expect(await client.db("admin").command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it("does unacknowledged writes without an answer", async () => {
    const collection = client.db("wire").collection("unacknowledged");
    await collection.insertOne({ _id: 1 as never }, { writeConcern: { w: 0 } });
    await expect.poll(() => collection.countDocuments()).toBe(1);
  });
});

describe("retryable writes", () => {
  it("does a repeated write once, and answers both alike", async () => {
    const db = client.db("retry");
    const session = client.startSession();
    await db.collection("stock").insertOne({ _id: 1 as never, n: 0 });
    const write = {
      update: "stock",
      updates: [
        { q: { _id: 1 }, u: { $inc: { n: 1 } } },
        { q: { _id: 2 }, u: { $set: { n: 5 } }, upsert: true },
      ],
      txnNumber: Long.fromNumber(1),
    };
    const first = await db.command(write, { session });
    const again = await db.command(write, { session });
    expect(first).toMatchObject({ n: 2, nModified: 1, upserted: [{ index: 1, _id: 2 }] });
    expect(again).toMatchObject({ n: 2, nModified: 1, upserted: [{ index: 1, _id: 2 }], retriedStmtIds: [0, 1] });
    await db.command({ ...write, txnNumber: Long.fromNumber(2) }, { session });
    expect(await db.collection("stock").findOne({ _id: 1 as never })).toMatchObject({ n: 2 });
    await expect(db.command(write, { session })).rejects.toMatchObject({ code: 225 });
    await session.endSession();
  });

  it("does the statements that failed or were not reached, and no others", async () => {
    const db = client.db("retry");
    const session = client.startSession();
    const write = { insert: "partly", documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }], txnNumber: Long.fromNumber(10) };
    await db.collection("partly").insertOne({ _id: 2 as never });
    await expect(db.command(write, { session })).resolves.toMatchObject({
      n: 1,
      writeErrors: [{ index: 1, code: 11000 }],
    });
    await db.collection("partly").deleteOne({ _id: 2 as never });
    expect(await db.command(write, { session })).toMatchObject({ n: 3, retriedStmtIds: [0] });
    expect(await db.collection("partly").countDocuments()).toBe(3);
    await session.endSession();
  });

  it("repeats the answer of findAndModify, and of a write before a restart", async () => {
    const dataDir = temporaryDirectory();
    const first = await startEmbeddedMongo({ dataDir });
    const caller = await MongoClient.connect(first.url);
    const lsid = { id: caller.startSession().id?.id };
    const write = {
      findAndModify: "counters",
      query: { _id: "a" },
      update: { $inc: { n: 1 } },
      upsert: true,
      new: true,
      lsid,
      txnNumber: Long.fromNumber(9),
      $db: "retry",
    };
    const bytes = message(OP_MSG, command(write));
    const askAt = async (port: number) => {
      const previous = server;
      server = { ...previous, port };
      try {
        return (await exchange(bytes)).reply;
      } finally {
        server = previous;
      }
    };
    const answer = await askAt(first.port);
    expect(answer).toMatchObject({ value: { _id: "a", n: 1 } });
    expect(await askAt(first.port)).toEqual(answer);
    await caller.close();
    await first.close();
    const second = await startEmbeddedMongo({ dataDir });
    expect(await askAt(second.port)).toEqual(answer);
    await second.close();
  });
});

describe("what it does not do", () => {
  const db = () => client.db("unsupported");

  it("refuses transactions as a standalone server does", async () => {
    const session = client.startSession();
    const begin = {
      insert: "a",
      documents: [{}],
      txnNumber: Long.fromNumber(99),
      startTransaction: true,
      autocommit: false,
    };
    const reply = await exchange(
      message(OP_MSG, command({ ...begin, lsid: { id: session.id?.id }, $db: "unsupported" })),
    );
    expect(reply.reply).toMatchObject({ ok: 0, code: 20, codeName: "IllegalOperation" });
    expect(await db().collection("a").countDocuments()).toBe(0);
    await session.endSession();
  });

  it.each<[string, () => Promise<unknown>, number]>([
    [
      "collations",
      () =>
        db()
          .collection("a")
          .find({}, { collation: { locale: "en", strength: 2 } })
          .toArray(),
      238,
    ],
    [
      "update pipelines",
      () =>
        db()
          .collection("a")
          .updateOne({}, [{ $set: { a: 1 } }]),
      238,
    ],
    ["expiring indexes", () => db().collection("a").createIndex({ at: 1 }, { expireAfterSeconds: 5 }), 238],
    ["text indexes", () => db().collection("a").createIndex({ name: "text" }), 238],
    ["$where", () => db().collection("a").find({ $where: "true" }).toArray(), 238],
    [
      "$text without an index",
      () =>
        db()
          .collection("a")
          .find({ $text: { $search: "x" } })
          .toArray(),
      27,
    ],
    [
      "change streams",
      () =>
        db()
          .collection("a")
          .aggregate([{ $changeStream: {} }])
          .toArray(),
      40324,
    ],
    [
      "$out",
      () =>
        db()
          .collection("a")
          .aggregate([{ $out: "b" }])
          .toArray(),
      40324,
    ],
    ["capped collections", () => db().createCollection("b", { capped: true, size: 1000 }), 238],
    ["explain", () => db().command({ explain: { find: "a" } }), 115],
    [
      "an _id that is an array",
      () =>
        db()
          .collection("a")
          .insertOne({ _id: [1] as never }),
      53,
    ],
    [
      "expressions that cannot be evaluated",
      async () => {
        await db().collection("words").insertOne({ word: "five" });
        await db()
          .collection("words")
          .aggregate([{ $project: { n: { $round: ["$word"] } } }])
          .toArray();
      },
      2,
    ],
    [
      "expression operators nobody knows",
      () =>
        db()
          .collection("a")
          .aggregate([{ $project: { n: { $bogus: 1 } } }])
          .toArray(),
      168,
    ],
    [
      "replies too large to encode",
      async () => {
        for (let i = 0; i < 20; i++)
          await db()
            .collection("large")
            .insertOne({ text: `${i}`.padEnd(1_000_000) });
        await db().collection("large").distinct("text");
      },
      10334,
    ],
    ["a cursor nobody opened", () => db().command({ getMore: Long.fromNumber(999), collection: "a" }), 43],
    [
      "an array field beside another in an index",
      async () => {
        await db().collection("parallel").createIndex({ a: 1, b: 1 });
        await db()
          .collection("parallel")
          .insertOne({ a: [1], b: [2] });
      },
      171,
    ],
  ])("refuses %s", async (_, attempt, code) => {
    await expect(attempt()).rejects.toMatchObject({ code });
  });
});
