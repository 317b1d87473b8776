import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { freePort } from "@tradepost/servers/ports";
import { afterEach, describe, expect, it } from "vitest";
import { startBalancer } from "../src/balancer.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function startReplica(name: string): Promise<{ port: number; server: Server }> {
  const server = createServer((_request, response) => response.end(name));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => server.close());
  return { port: (server.address() as AddressInfo).port, server };
}

async function balance(ports: number[]): Promise<() => Promise<string>> {
  const port = await freePort();
  const balancer = await startBalancer(port, ports);
  closers.push(balancer.close);
  return async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: "close" } });
    return response.text();
  };
}

describe("the balancer", () => {
  it("spreads connections over the replicas", async () => {
    const ask = await balance([(await startReplica("a")).port, (await startReplica("b")).port]);
    expect([await ask(), await ask(), await ask(), await ask()].sort()).toEqual(["a", "a", "b", "b"]);
  });

  it("goes on with the replicas that are left", async () => {
    const ask = await balance([await freePort(), (await startReplica("b")).port]);
    expect([await ask(), await ask(), await ask()]).toEqual(["b", "b", "b"]);
  });

  it("refuses when none is left", async () => {
    const ask = await balance([await freePort(), await freePort()]);
    await expect(ask()).rejects.toThrow();
  });
});
