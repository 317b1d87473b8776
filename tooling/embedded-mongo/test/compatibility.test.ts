import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, it } from "vitest";
import { startEmbeddedMongo } from "../src/server.ts";
import { aggregations } from "./cases/aggregations.ts";
import type { Case } from "./cases/case.ts";
import { catalogue } from "./cases/catalogue.ts";
import { filters } from "./cases/filters.ts";
import { reads } from "./cases/reads.ts";
import { updates } from "./cases/updates.ts";
import { writes } from "./cases/writes.ts";
import { findSecondServer } from "./second-server.ts";

const cases: Case[] = [...filters, ...updates, ...writes, ...reads, ...catalogue, ...aggregations];

const embedded = await startEmbeddedMongo();
const second = await findSecondServer();
if (!second) {
  console.log(
    "no second MongoDB server was checked: no MONGODB_URL, no mongod on the PATH, no ../shared/bin/mongo-second",
  );
}

afterAll(async () => {
  await embedded.close();
  await second?.stop();
});

const servers = [{ name: "embedded", kind: "embedded", url: embedded.url }, ...(second ? [second] : [])];

describe.each(servers)("$name", ({ name, kind, url }) => {
  const database = `compat_${randomUUID().slice(0, 8)}`;
  let client: MongoClient;
  beforeAll(async () => {
    client = await MongoClient.connect(url);
  });
  afterAll(async () => {
    await client.db(database).dropDatabase();
    await client.close();
  });

  for (const [i, { name: title, notInJavaServer, run }] of cases.entries()) {
    if (kind === "mongo-java-server" && notInJavaServer) {
      console.log(`${name} is not asked whether it ${title}: ${notInJavaServer}`);
      continue;
    }
    it(title, () => run(client.db(database).collection(`case_${i}`), client.db(database)));
  }
});
