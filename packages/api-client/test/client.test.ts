import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { defineRoute } from "@tradepost/contracts/route";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { CallFailed, CallUnreachable } from "../src/call-error.ts";
import { type ClientOptions, createClient } from "../src/client.ts";
import { retryAfterSeconds } from "../src/read-answer.ts";
import { retryDelayMs } from "../src/retry.ts";
import { withServiceToken } from "../src/service-token.ts";

const Item = z.object({ id: z.string(), at: z.iso.datetime().optional() });
const getItem = defineRoute({
  method: "GET",
  path: "/v1/items/:id",
  summary: "Read an item",
  access: "public",
  params: z.object({ id: z.string() }),
  querystring: z.object({
    tag: z.array(z.string()).optional(),
    limit: z.number().optional(),
    all: z.boolean().optional(),
  }),
  success: { status: 200, body: Item },
  failures: [404],
});
const addItem = defineRoute({
  method: "POST",
  path: "/v1/items",
  summary: "Add an item",
  access: "public",
  body: z.object({ name: z.string() }),
  success: { status: 201, body: Item },
  failures: [409],
});
const payItem = defineRoute({ ...addItem, path: "/v1/payments", idempotent: true });
const dropItem = defineRoute({ ...getItem, method: "DELETE", success: { status: 204 } });

type Answer = (response: ServerResponse, request: IncomingMessage & { text: string }) => void;
const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
const problem = (status: number, code: string, extra: object = {}, headers: Record<string, string> = {}) =>
  json(status, { type: `urn:tradepost:problem:${code}`, title: "No", status, code, requestId: "r", ...extra }, headers);

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server that gives one answer after another, the last one for good, and keeps the requests it got. */
async function serve(...answers: Answer[]) {
  const requests: (IncomingMessage & { text: string })[] = [];
  const sockets = new Set<unknown>();
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const seen = Object.assign(request, { text });
      requests.push(seen);
      sockets.add(request.socket);
      (answers[requests.length - 1] ?? answers.at(-1))?.(response, seen);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => server.close().closeAllConnections());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = (options: Partial<ClientOptions> = {}) => createClient({ baseUrl, ...options });
  return { requests, sockets, baseUrl, client };
}
const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "nothing thrown",
    (error) => error,
  );

describe("a call", () => {
  it("encodes params and query, and reads the body the contract declares", async () => {
    const { client, requests } = await serve(json(200, { id: "a", more: 1 }));
    const item = await client()(getItem, {
      params: { id: "a/b ?é" },
      query: { tag: ["x y", "z&"], limit: 0, all: false },
    });
    expect(item).toEqual({ id: "a" });
    expect(requests[0]?.url).toBe("/v1/items/a%2Fb%20%3F%C3%A9?tag=x+y&tag=z%26&limit=0&all=false");
    expect(requests[0]?.headers["content-type"]).toBeUndefined();
  });
  it("sends JSON, the idempotency key and headers of the client and the call", async () => {
    const { client, requests } = await serve(json(201, { id: "a" }));
    const call = client({ headers: () => ({ authorization: "Bearer t", "x-a": "1" }) });
    await call(payItem, { body: { name: "x" }, idempotencyKey: "key-0001" }, { headers: { "x-a": "2" } });
    expect(requests[0]?.text).toBe('{"name":"x"}');
    expect(requests[0]?.headers).toMatchObject({
      "content-type": "application/json",
      "idempotency-key": "key-0001",
      authorization: "Bearer t",
      "x-a": "2",
    });
  });
  it("answers nothing for 204", async () => {
    const { client } = await serve((response) => response.writeHead(204).end());
    expect(await client()(dropItem, { params: { id: "a" }, query: {} })).toBeUndefined();
  });
  it("keeps a prefix of the base address", async () => {
    const { baseUrl, requests } = await serve(json(200, { id: "a" }));
    await createClient({ baseUrl: `${baseUrl}/api/` })(getItem, { params: { id: "a" }, query: {} });
    expect(requests[0]?.url).toBe("/api/v1/items/a");
  });
  it("keeps connections and uses them again", async () => {
    const { client, sockets } = await serve(json(200, { id: "a" }));
    const call = client();
    for (let i = 0; i < 20; i++) await call(getItem, { params: { id: "a" }, query: {} });
    expect(sockets.size).toBeLessThan(4);
  });
  it("carries the service's token", async () => {
    const { baseUrl, requests } = await serve(json(200, { id: "a" }));
    const tokens = { header: () => "signed" };
    const call = createClient(withServiceToken({ baseUrl, headers: () => ({ traceparent: "00-x" }) }, tokens));
    await call(getItem, { params: { id: "a" }, query: {} });
    expect(requests[0]?.headers).toMatchObject({ "x-service-token": "signed", traceparent: "00-x" });
  });
});

describe("a failure", () => {
  const get = (client: ReturnType<Awaited<ReturnType<typeof serve>>["client"]>) =>
    caught(client(getItem, { params: { id: "a" }, query: {} }));

  it("throws the problem with its extension members", async () => {
    const { client } = await serve(
      problem(409, "stock.insufficient", { lines: [{ sku: "MUG" }] }, { "retry-after": "7" }),
    );
    const error = await caught(client()(addItem, { body: { name: "x" } }));
    expect(error).toBeInstanceOf(CallFailed);
    expect(error).toMatchObject({
      status: 409,
      retryAfterSeconds: 7,
      problem: { code: "stock.insufficient", lines: [{ sku: "MUG" }] },
    });
  });
  it.each<[string, Answer]>([
    ["an HTML error page", (response) => response.writeHead(404).end("<h1>no</h1>")],
    ["a success that is not the contract's", json(200, { id: 7 })],
    ["a success that is cut off", (response) => response.writeHead(200).end('{"id":')],
    ["JSON that is no problem", json(400, { error: "no" })],
  ])("that is %s is unreachable, as garbage", async (_, answer) => {
    const { client } = await serve(answer);
    expect(await get(client({ retries: 0 }))).toMatchObject({ name: "CallUnreachable", reason: "garbage" });
  });
  it("to connect or to answer in full is unreachable, by the network", async () => {
    expect(await get(createClient({ baseUrl: "http://127.0.0.1:1" }))).toMatchObject({ reason: "network" });
    const { client } = await serve((response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write('{"id"', () => response.destroy());
    });
    expect(await get(client({ retries: 0 }))).toMatchObject({ reason: "network" });
  });
  it("to answer in time is unreachable, by timeout, also when only the body stalls", async () => {
    const { client } = await serve(
      () => undefined,
      (response) => response.writeHead(200).write('{"id"'),
    );
    expect(await get(client({ timeoutMs: 50 }))).toMatchObject({ reason: "timeout" });
    expect(await get(client({ timeoutMs: 50 }))).toBeInstanceOf(CallUnreachable);
  });
  it("by the caller's own signal throws its reason", async () => {
    const { client, requests } = await serve(() => controller.abort(new Error("navigated away")));
    const controller = new AbortController();
    const error = await caught(client()(getItem, { params: { id: "a" }, query: {} }, { signal: controller.signal }));
    expect(error).toMatchObject({ message: "navigated away" });
    expect(
      await caught(client()(getItem, { params: { id: "a" }, query: {} }, { signal: controller.signal })),
    ).toMatchObject({ message: "navigated away" });
    expect(requests).toHaveLength(1);
  });
});

describe("retries", () => {
  const drop: Answer = (response) => response.destroy();
  const unavailable = problem(503, "session.unavailable");

  it.each<[string, Answer]>([
    ["a dropped connection", drop],
    ["a 503", unavailable],
    ["a 502 page of a proxy", (response) => response.writeHead(502).end("<h1>")],
  ])("a GET after %s", async (_, first) => {
    const { client, requests } = await serve(first, json(200, { id: "a" }));
    expect(await client()(getItem, { params: { id: "a" }, query: {} })).toEqual({ id: "a" });
    expect(requests).toHaveLength(2);
  });
  it("an idempotent write with the same key", async () => {
    const { client, requests } = await serve(drop, json(201, { id: "a" }));
    await client()(payItem, { body: { name: "x" }, idempotencyKey: "key-0001" });
    expect(requests.map(({ headers }) => headers["idempotency-key"])).toEqual(["key-0001", "key-0001"]);
  });
  it.each(["PUT", "DELETE"] as const)("a %s, which HTTP says may be repeated", async (method) => {
    const { client, requests } = await serve(drop, json(200, { id: "a" }));
    await client()({ ...getItem, method }, { params: { id: "a" }, query: {} });
    expect(requests).toHaveLength(2);
  });
  it("a POST that says it may be repeated", async () => {
    const { client, requests } = await serve(drop, json(201, { id: "a" }));
    await client()({ ...addItem, repeatable: true }, { body: { name: "x" } });
    expect(requests).toHaveLength(2);
  });
  it("never any other write", async () => {
    for (const answer of [drop, unavailable]) {
      const { client, requests } = await serve(answer);
      await caught(client({ retries: 5 })(addItem, { body: { name: "x" } }));
      expect(requests).toHaveLength(1);
    }
  });
  it("never a refusal, and no more often than told", async () => {
    const refused = await serve(problem(404, "item.not_found"));
    await caught(refused.client({ retries: 5 })(getItem, { params: { id: "a" }, query: {} }));
    expect(refused.requests).toHaveLength(1);
    const failing = await serve(unavailable);
    await caught(failing.client({ retries: 2 })(getItem, { params: { id: "a" }, query: {} }));
    expect(failing.requests).toHaveLength(3);
    await caught(failing.client({ retries: 0 })(getItem, { params: { id: "a" }, query: {} }));
    expect(failing.requests).toHaveLength(4);
  });
  it("not when Retry-After lies beyond the call's time", async () => {
    const { client, requests } = await serve(problem(429, "rate.limited", {}, { "retry-after": "30" }));
    const error = await caught(client({ timeoutMs: 20_000 })(getItem, { params: { id: "a" }, query: {} }));
    expect(error).toMatchObject({ status: 429, retryAfterSeconds: 30 });
    expect(requests).toHaveLength(1);
  });
  it("wait as told, else longer each time, with jitter", () => {
    const limited = new CallFailed({ type: "", title: "", status: 429, code: "", requestId: "" }, 429, 3);
    expect(retryDelayMs(limited, 1)).toBe(3000);
    const lost = new CallUnreachable("network", "GET /");
    expect([1, 2, 3, 9].map((tried) => retryDelayMs(lost, tried, () => 1))).toEqual([100, 200, 400, 2000]);
    expect(retryDelayMs(lost, 1, () => 0)).toBe(0);
  });
  it("read Retry-After in both of its forms", () => {
    const read = (value: string) =>
      retryAfterSeconds(new Response(null, { headers: { "retry-after": value } }), Date.UTC(2030, 0, 1));
    expect(read("120")).toBe(120);
    expect(read("Tue, 01 Jan 2030 00:00:05 GMT")).toBe(5);
    expect(read("soon")).toBeUndefined();
  });
});
