import { connect } from "node:net";
import { expect, it } from "vitest";
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

it("answers broken HTTP with a problem", async () => {
  const { app } = sampleApp();
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as { port: number };
  const answer = await new Promise<string>((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write("BROKEN / HTTP/9\r\n\r\n"));
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
  await app.close();
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain("application/problem+json");
  expect(JSON.parse(answer.split("\r\n\r\n")[1]!)).toMatchObject({ status: 400, code: "request.malformed" });
});
