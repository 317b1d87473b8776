import { connect } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { createMetrics } from "../src/metrics.ts";
import { readItem, sampleApp } from "./sample-app.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it("gives each request an id and keeps the gateway's", async () => {
  const { app } = sampleApp();
  const [first, second] = [await app.inject("/v1/page"), await app.inject("/v1/page")];
  expect(first.headers["x-request-id"]).toMatch(UUID);
  expect(second.headers["x-request-id"]).not.toBe(first.headers["x-request-id"]);
  const id = "0198b1c2-7f00-7000-8000-000000000001";
  const reply = await app.inject({ url: "/nowhere", headers: { "x-request-id": id } });
  expect(reply.headers["x-request-id"]).toBe(id);
  expect(reply.json().requestId).toBe(id);
});

it.each(["4111111111111111", "x".repeat(500), "a\tb", "user@example.com"])("replaces the request id %s", async (id) => {
  const reply = await sampleApp().app.inject({ url: "/v1/page", headers: { "x-request-id": id } });
  expect(reply.headers["x-request-id"]).toMatch(UUID);
});

it("believes X-Forwarded-For only from trusted proxies", async () => {
  const ipSeen = async (trustProxy?: string) => {
    const { app } = sampleApp(trustProxy === undefined ? {} : { trustProxy });
    app.get("/ip", async (request) => ({ ip: request.ip }));
    const headers = { "x-forwarded-for": "203.0.113.9" };
    return (await app.inject({ url: "/ip", headers, remoteAddress: "10.0.0.7" })).json().ip;
  };
  expect(await ipSeen()).toBe("10.0.0.7");
  expect(await ipSeen("10.0.0.0/8")).toBe("203.0.113.9");
  expect(await ipSeen("192.168.0.0/16")).toBe("10.0.0.7");
});

it("writes one line per request, with the route and never the address", async () => {
  const { app, lines } = sampleApp();
  await app.inject("/v1/items/missing?tag=private");
  await expect.poll(() => lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    service: "product",
    event: "request",
    method: "GET",
    route: readItem.path,
    status: 404,
    code: "item.not_found",
    requestId: expect.stringMatching(UUID),
    durationMs: expect.any(Number),
  });
  expect(lines[0]).not.toMatch(/missing|private/);
});

it("counts requests by method, route and status", async () => {
  const metrics = createMetrics("product");
  const { app } = sampleApp({ metrics });
  await app.inject("/v1/items/a");
  await app.inject("/v1/items/b");
  await app.inject("/somewhere/else");
  const samples = async () => {
    const lines = (await metrics.registry.metrics()).split("\n");
    return lines.filter((line) => /^http_request_duration_seconds_(count|bucket{le="(5|\+Inf)")/.test(line)).sort();
  };
  const [item, none] = ['method="GET",route="/v1/items/:id",status="200"', 'method="GET",route="none",status="404"'];
  await expect
    .poll(samples)
    .toEqual([
      `http_request_duration_seconds_bucket{le="+Inf",${item},service="product"} 2`,
      `http_request_duration_seconds_bucket{le="+Inf",${none},service="product"} 1`,
      `http_request_duration_seconds_bucket{le="5",${item},service="product"} 2`,
      `http_request_duration_seconds_bucket{le="5",${none},service="product"} 1`,
      `http_request_duration_seconds_count{${item},service="product"} 2`,
      `http_request_duration_seconds_count{${none},service="product"} 1`,
    ]);
});

/** The app listening, what it answers to bytes as they are, and the bytes sent again and again until it does. */
async function rawExchange(first: string, drip?: string): Promise<string> {
  const { app } = sampleApp({ timeouts: { headersMs: 200, requestMs: 400 } });
  await app.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => app.close());
  const { port } = app.server.address() as { port: number };
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(first));
    const timer = drip === undefined ? undefined : setInterval(() => socket.write(drip), 20);
    socket.on("data", (chunk) => {
      text += chunk;
      clearInterval(timer); // a failed write would close the socket before the rest of the answer is read
    });
    socket.on("error", () => {}); // written to just before the answer
    socket.on("close", () => {
      clearInterval(timer);
      resolve(text);
    });
  });
}

it.each<[string, number, string, string, string?]>([
  ["that is not HTTP", 400, "request.malformed", "BROKEN / HTTP/9\r\n\r\n"],
  [
    "with two lengths",
    400,
    "request.malformed",
    "POST /v1/items HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
  ],
  [
    "with a length and chunks",
    400,
    "request.malformed",
    "POST /v1/items HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
  ],
  [
    "with headers over 16 KB",
    431,
    "request.headers_too_large",
    `GET /v1/page HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(17_000)}\r\n\r\n`,
  ],
  [
    "whose headers come drop by drop",
    408,
    "request.timeout",
    "GET /v1/page HTTP/1.1\r\nhost: a\r\n",
    "x: secret-canary\r\n",
  ],
  [
    "whose body comes drop by drop",
    408,
    "request.timeout",
    "POST /v1/items HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99999\r\n\r\n",
    "1",
  ],
])("answers a request %s with the problem %i", async (_what, status, code, first, drip) => {
  const answer = await rawExchange(first, drip);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toContain("application/problem+json");
  const [, requestId] = /x-request-id: (\S+)/.exec(answer) ?? [];
  expect(JSON.parse(answer.split("\r\n\r\n")[1]!)).toMatchObject({ status, code, requestId });
  expect(requestId).toMatch(UUID);
  expect(answer).not.toContain("secret-canary");
});

it("S9: tells nothing of the inside, whatever fails in the framework", async () => {
  const { app } = sampleApp();
  const requests = [
    { method: "GET", url: `/v1/items/${"x".repeat(300)}` },
    { method: "GET", url: "/v1/items/%zz" },
    { method: "DELETE", url: "/v1/page" },
    { method: "POST", url: "/v1/items", headers: { "content-type": "application/json" }, payload: "{" },
    { method: "POST", url: "/v1/items", headers: { "content-type": "x" }, payload: "a" },
    { method: "POST", url: "/v1/items", headers: { "content-type": "application/json;charset=\0" }, payload: "{}" },
    { method: "POST", url: "/v1/items", payload: { name: "x".repeat(300_000) } },
  ] as const;
  for (const request of requests) {
    const reply = await app.inject(request);
    expect(reply.statusCode, request.url).toBeGreaterThanOrEqual(400);
    expect(reply.statusCode, request.url).toBeLessThan(500);
    expect(reply.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(Object.keys(reply.json()).sort()).toEqual(["code", "requestId", "status", "title", "type"]);
    expect(reply.body).not.toMatch(/FST_|fastify|node_modules|Error|\bat \//);
  }
});
