import { existsSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startMongo } from "../src/mongo.ts";
import { chooseMongo } from "../src/mongo-choice.ts";
import { downloadedMongod } from "../src/mongod-download.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

let temporary: ReturnType<typeof temporaryDirectory>;
let probes: string[];
beforeEach(() => {
  temporary = temporaryDirectory();
  probes = [];
});
afterEach(() => temporary.remove());

const notAsked = () => Promise.reject(new Error("must not be asked"));

test("an external URL is used as it is and left alone", async () => {
  const server = await startMongo({ dir: temporary.dir, externalUrl: "mongodb://db.example:27018/shop" });
  expect(server).toMatchObject({ kind: "url", port: 27018, pid: undefined });
  expect(server.description).toBe("db.example:27018 (MONGODB_URL)");
  await server.stop();
});

test("the machine's mongod comes before a fetched one", async () => {
  const { dir } = temporary;
  const choice = await chooseMongo({ dir, installed: "/usr/bin/mongod", fetch: notAsked });
  expect(choice).toMatchObject({ kind: "mongod", command: "/usr/bin/mongod" });
  const args = choice.args(4711).join(" ");
  expect(args).toContain(`--dbpath ${join(dir, "data")} --bind_ip 127.0.0.1`);
  expect(args).toContain("--port 4711");
});

test("a fetched mongod comes before the embedded server, and shares the data of an installed one", async () => {
  const { dir } = temporary;
  const choice = await chooseMongo({ dir, installed: undefined, fetch: async () => "/cache/mongod" });
  expect(choice).toMatchObject({ kind: "downloaded", command: "/cache/mongod" });
  expect(choice.args(4711)).toContain(join(dir, "data"));
});

test("the embedded server is last, with data of its own", async () => {
  const { dir } = temporary;
  const choice = await chooseMongo({ dir, installed: undefined, fetch: async () => undefined });
  expect(choice).toMatchObject({ kind: "embedded", command: process.execPath });
  expect(choice.args(4711).slice(1)).toEqual(["--port", "4711", "--data", join(dir, "embedded-data")]);
  expect(existsSync(join(dir, "embedded-data"))).toBe(true);
});

async function fetchUnreachable(): Promise<string | undefined> {
  const isReachable = async (url: string) => {
    probes.push(url);
    return false;
  };
  return downloadedMongod({ dir: temporary.dir, log: () => {}, isReachable });
}

test("when the download server is out of reach nobody asks again for a day", async () => {
  expect(await fetchUnreachable()).toBeUndefined();
  expect(probes).toEqual([expect.stringMatching(/^https:\/\/fastdl\.mongodb\.org\/.*\.tgz$/)]);
  expect(await fetchUnreachable()).toBeUndefined();
  expect(probes).toHaveLength(1);
  const yesterday = Date.now() / 1000 - 25 * 60 * 60;
  utimesSync(join(temporary.dir, "unavailable"), yesterday, yesterday);
  await fetchUnreachable();
  expect(probes).toHaveLength(2);
});
