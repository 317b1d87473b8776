import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { freePort, isFree } from "../src/ports.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function occupy(port: number): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  expect((server.address() as AddressInfo).port).toBe(port);
}

test("a preferred port that is free is the one", async () => {
  const port = await freePort();
  expect(await isFree(port)).toBe(true);
  expect(await freePort(port)).toBe(port);
});

test("a preferred port that is taken gives way to the next free one", async () => {
  const port = await freePort();
  await occupy(port);
  expect(await isFree(port)).toBe(false);
  const next = await freePort(port);
  expect(next).toBeGreaterThan(port);
  expect(await isFree(next)).toBe(true);
});

test("the same port is not given out twice", async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()));
  expect(new Set(ports).size).toBe(50);
});
