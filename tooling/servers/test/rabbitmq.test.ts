import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import amqplib from "amqplib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { isFree } from "../src/ports.ts";
import { identifyProcess } from "../src/process-identity.ts";
import { type ManagedRabbitmqServer, type RabbitmqServer, startRabbitmq } from "../src/rabbitmq.ts";
import { killHard, leaveOrphan, type Orphan } from "./orphan.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

// A start takes five seconds of processor time; on a busy machine that outlasts the usual limit.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const { dir, remove } = temporaryDirectory();
const QUEUE = "orders";
let orphan: Orphan;
let orphanedEpmd: number;
let server: RabbitmqServer;
let managed: ManagedRabbitmqServer;

beforeAll(async () => {
  orphan = await leaveOrphan("rabbitmq", dir);
  orphanedEpmd = epmdPid();
  await publish(orphan.url, "kept");
  server = await startRabbitmq({ dir, port: Number(new URL(orphan.url).port) });
});
afterAll(async () => {
  await server.stop();
  remove();
});

async function publish(url: string, text: string): Promise<void> {
  const connection = await amqplib.connect(url);
  const channel = await connection.createConfirmChannel();
  await channel.assertQueue(QUEUE, { durable: true, arguments: { "x-queue-type": "quorum" } });
  channel.sendToQueue(QUEUE, Buffer.from(text), { persistent: true });
  await channel.waitForConfirms();
  await connection.close();
}

async function take(url: string): Promise<string | undefined> {
  const connection = await amqplib.connect(url);
  const channel = await connection.createChannel();
  const message = await channel.get(QUEUE, { noAck: true });
  await connection.close();
  return message ? message.content.toString() : undefined;
}

function epmdPid(): number {
  return JSON.parse(readFileSync(join(dir, "epmd.pid.json"), "utf8")).server.pid;
}

test("lets nobody in without the password", async () => {
  const url = new URL(server.url);
  url.password = "wrong";
  await expect(amqplib.connect(url.href)).rejects.toThrow(/ACCESS.REFUSED/);
});

test("ends the orphan of a process that was killed, its epmd too, and carries on with its queues on its port", async () => {
  for (const pid of [orphan.pid, orphanedEpmd]) expect(identifyProcess(pid)).toBeUndefined();
  expect(server.url).toBe(orphan.url);
  expect(await take(server.url)).toBe("kept");
});

test("a confirmed message outlives kill -9, and a taken port means the next one", async () => {
  await publish(server.url, "survived");
  await killHard(server.pid);
  const { port } = server;
  const other = createServer().listen(port, "127.0.0.1");
  managed = await startRabbitmq({ dir, port, management: true });
  server = managed;
  expect(server.port).toBeGreaterThan(port);
  expect(await take(server.url)).toBe("survived");
  other.close();
});

test("the management API answers where it is asked for; after stop no port is held and no epmd is left", async () => {
  const { origin, port, username, password } = new URL(managed.managementUrl);
  const headers = { authorization: `Basic ${btoa(`${username}:${password}`)}` };
  const overview = await (await fetch(`${origin}/api/overview`, { headers })).json();
  expect(overview).toMatchObject({ node: "tradepost@localhost" });
  const epmd = epmdPid();
  await server.stop();
  expect(await isFree(Number(port))).toBe(true);
  expect(identifyProcess(epmd)).toBeUndefined();
});
