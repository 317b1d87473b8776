import amqplib from "amqplib";
import { Redis } from "ioredis";
import { MongoClient } from "mongodb";
import pg from "pg";
import { expect, test } from "vitest";
import { testDatabase, testMongo, testRabbit, testRedis } from "../src/stores.ts";

test("each test database is separate and gone after drop", async () => {
  const migrate = async (url: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("CREATE TABLE lines (sku text)");
    await client.end();
  };
  const [one, other] = await Promise.all([testDatabase(migrate), testDatabase(migrate)]);
  const client = new pg.Client({ connectionString: one.url });
  client.on("error", () => {}); // drop ends this session
  await client.connect();
  await client.query("INSERT INTO lines VALUES ('A')");
  const second = new pg.Client({ connectionString: other.url });
  await second.connect();
  expect((await second.query("SELECT * FROM lines")).rowCount).toBe(0);
  await second.end();
  await Promise.all([one.drop(), other.drop()]);
  await expect(new pg.Client({ connectionString: one.url }).connect()).rejects.toThrow(/does not exist/);
});

test("each test Redis is separate and empty after drop", async () => {
  const [one, other] = await Promise.all([testRedis(), testRedis()]);
  const client = new Redis(one.url);
  const second = new Redis(other.url);
  await client.set("cart", "A");
  expect(await second.get("cart")).toBeNull();
  await one.drop();
  expect(await client.get("cart")).toBeNull();
  await Promise.all([client.quit(), second.quit(), other.drop()]);
});

test("each test RabbitMQ is separate and gone after drop", async () => {
  const [one, other] = await Promise.all([testRabbit(), testRabbit()]);
  const connection = await amqplib.connect(one.url);
  connection.on("error", () => {}); // drop closes this connection
  const channel = await connection.createChannel();
  await channel.assertQueue("orders", { durable: true, arguments: { "x-queue-type": "quorum" } });
  const second = await amqplib.connect(other.url);
  const secondChannel = await second.createChannel();
  secondChannel.on("error", () => {}); // a passive declare that finds nothing closes its channel
  await expect(secondChannel.checkQueue("orders")).rejects.toThrow(/NOT_FOUND/);
  await second.close();
  await Promise.all([one.drop(), other.drop()]);
  await expect(amqplib.connect(one.url)).rejects.toThrow(/ConnectionClose/);
});

test("each test MongoDB is separate and empty after drop", async () => {
  const [one, other] = await Promise.all([testMongo(), testMongo()]);
  const client = new MongoClient(one.url);
  const second = new MongoClient(other.url);
  await client.db().collection("products").insertOne({ sku: "A" });
  expect(await second.db().collection("products").countDocuments()).toBe(0);
  await one.drop();
  expect(await client.db().collection("products").countDocuments()).toBe(0);
  await Promise.all([client.close(), second.close(), other.drop()]);
});
