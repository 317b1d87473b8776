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
  expect(lines).toHaveLength(1);
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
  const text = await metrics.registry.metrics();
  const count = (route: string, status: number) =>
    text.includes(
      `http_request_duration_seconds_count{service="product",method="GET",route="${route}",status="${status}"}`,
    );
  expect([count("/v1/items/:id", 200), count("none", 404), count("/v1/items/a", 200)]).toEqual([true, true, false]);
  expect(text.includes("nodejs_eventloop_lag_p99_seconds")).toBe(true);
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
