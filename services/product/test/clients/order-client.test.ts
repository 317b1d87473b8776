import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "@tradepost/api-client/client";
import { afterEach, describe, expect, it } from "vitest";
import { askOrderStanding } from "../../src/clients/order-client.ts";

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

async function askOf(status: number, body: object): Promise<string> {
  const listening = createServer((_request, response) => {
    response.writeHead(status, { "content-type": status === 200 ? "application/json" : "application/problem+json" });
    response.end(JSON.stringify(body));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  return askOrderStanding(createClient({ baseUrl, timeoutMs: 30_000, retries: 0 }))(crypto.randomUUID());
}
const state = (status: string, over: boolean) => ({ orderId: crypto.randomUUID(), status, over });
const problem = (status: number, code: string) => ({ type: `urn:${code}`, title: code, status, code, requestId: "r" });

describe("asking the order service about an order", () => {
  it("believes what it says", async () => {
    expect(await askOf(200, state("cancelled", true))).toBe("over");
    expect(await askOf(200, state("confirmed", false))).toBe("open");
  });

  it("takes an order for unknown only when the order service itself says so", async () => {
    expect(await askOf(404, problem(404, "order.not_found"))).toBe("unknown");
    await expect(askOf(404, problem(404, "route.not_found"))).rejects.toThrow();
    await expect(askOf(404, { message: "no route matched" })).rejects.toThrow();
    await expect(askOf(500, problem(500, "internal"))).rejects.toThrow();
  });
});
