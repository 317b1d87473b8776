import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LoadRequest } from "../src/load/load-plan.ts";
import { runLoad } from "../src/load/run-load.ts";
import { figuresOf, inRounds } from "../src/rounds.ts";

let app: FastifyInstance;
let origin: string;
const seen: string[] = [];
beforeAll(async () => {
  app = Fastify();
  app.addHook("onRequest", async ({ method, url, headers }) => {
    seen.push(`${method} ${url} ${headers["x-cart-id"] ?? ""}`.trim());
  });
  app.get("/found/:n", async () => ({ ok: true }));
  app.put("/found/:n", async ({ body }, reply) => reply.code(201).send(body));
  origin = await app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => app.close());
beforeEach(() => {
  seen.length = 0;
});

const gets = (count: number): LoadRequest[] =>
  Array.from({ length: count }, (_, n) => ({ method: "GET", path: `/found/${n}` }));

describe("a load", () => {
  it("without a time sends each request once, with its own headers and body", async () => {
    const put: LoadRequest = {
      ...{ method: "PUT", path: "/found/me", body: '{"quantity":2}' },
      headers: { "content-type": "application/json", "x-cart-id": "mine" },
    };
    const result = await runLoad({ origin, connections: 4, requests: [...gets(30), put] });
    expect(result.answers).toBe(31);
    expect(new Set(seen).size).toBe(31);
    expect(seen).toContain("PUT /found/me mine");
    expect(result.latencyMs.p50).toBeGreaterThan(0);
    expect(result.latencyMs.max).toBeGreaterThanOrEqual(result.latencyMs.p99);
  });

  it("with a time goes round until it is up", async () => {
    const result = await runLoad({ origin, connections: 2, requests: gets(2), seconds: 1 });
    expect(result.answers).toBeGreaterThan(2);
    expect(result.seconds).toBeGreaterThan(0.5);
    expect(new Set(seen)).toEqual(new Set(["GET /found/0", "GET /found/1"]));
  });

  it("that meets failures measures nothing", async () => {
    const missing: LoadRequest = { method: "GET", path: "/missing" };
    await expect(runLoad({ origin, connections: 1, requests: [...gets(3), missing] })).rejects.toThrow("1 × 404");
  });
});

describe("rounds", () => {
  it("alternate between the sides, and the first is thrown away", async () => {
    const asked: string[] = [];
    const side = (name: string) => ({
      pid: () => process.pid,
      plan: (round: number) => {
        asked.push(`${name}${round}`);
        return { origin, connections: 1, requests: gets(20) };
      },
    });
    const said: string[] = [];
    const rounds = await inRounds({ a: side("a"), b: side("b") }, 2, (line) => said.push(line));
    expect(asked).toEqual(["a0", "b0", "a1", "b1", "a2", "b2"]);
    expect(rounds).toHaveLength(2);
    expect(said[0]).toMatch(/^warm-up: a \d+\/s, b \d+\/s$/);
    const figures = figuresOf(rounds.map(({ a }) => a));
    expect(figures.requestsPerSecond.min).toBeGreaterThan(0);
    expect(figures.latencyMs.p99.median).toBeGreaterThan(0);
  });
});
