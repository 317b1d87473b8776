import { expect, it } from "vitest";
import { changedConfig, gatewayForTest, sendRaw } from "./gateway-for-tests.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const preflight = (url: string, origin: string) =>
  fetch(`${url}/v1/users/me`, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "PATCH", "access-control-request-headers": "content-type" },
  });

it("answers a preflight itself, without a token and for its own origins only", async () => {
  const gateway = await gatewayForTest();
  const own = await preflight(gateway.url, "https://shop.example");
  expect(own.status).toBe(200);
  expect(Object.fromEntries(own.headers)).toMatchObject({
    "access-control-allow-origin": "https://shop.example",
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "GET,POST,PUT,PATCH,DELETE",
    "access-control-allow-headers": expect.stringContaining("idempotency-key"),
    "access-control-max-age": "3600",
    vary: "Origin",
  });
  const other = await preflight(gateway.url, "https://shop.example.evil.example");
  expect(other.headers.get("access-control-allow-origin")).toBeNull();
  expect(gateway.arrivals).toEqual([]);
});

it.each([
  ["https://shop.example", "https://shop.example"],
  ["https://shop.example:443", "https://shop.example"],
  ["https://admin.shop.example", "https://admin.shop.example"],
  ["http://shop.example", null],
  ["https://shop.example:8443", null],
  ["null", null],
])("lets pages of %s read answers: %s", async (origin, allowed) => {
  const gateway = await gatewayForTest();
  for (const path of ["/v1/products", "/v1/users/me", "/v1/nowhere"]) {
    const { headers } = await fetch(gateway.url + path, { headers: { origin } });
    expect(headers.get("access-control-allow-origin"), path).toBe(allowed);
    expect(headers.get("vary")).toContain("Origin");
    expect(headers.get("access-control-expose-headers")).toContain("x-cart-id");
  }
});

it("keeps the service's own Vary", async () => {
  const gateway = await gatewayForTest({
    answer: (_request, response) => response.setHeader("vary", "Accept-Language").end(),
  });
  const { headers } = await fetch(`${gateway.url}/v1/products`);
  expect(headers.get("vary")).toBe("Accept-Language, Origin");
});

it("gives every request an id that service and caller see", async () => {
  const gateway = await gatewayForTest();
  const { headers } = await fetch(`${gateway.url}/v1/products`);
  expect(headers.get("x-request-id")).toMatch(UUID);
  expect(gateway.arrivals[0]?.headers["x-request-id"]).toBe(headers.get("x-request-id"));
});

it("keeps a caller's id where it is one, and no other text", async () => {
  const gateway = await gatewayForTest();
  const own = "019a1b2c-3d4e-7f60-8a9b-0c1d2e3f4a5b";
  const call = (id: string) => fetch(`${gateway.url}/v1/products`, { headers: { "x-request-id": id } });
  expect((await call(own)).headers.get("x-request-id")).toBe(own);
  const forged = (await call('"},{"level":"error')).headers.get("x-request-id");
  expect(forged).toMatch(UUID);
  expect(gateway.arrivals.map(({ headers }) => headers["x-request-id"])).toEqual([own, forged]);
});

it("tells a refusal's id in its problem", async () => {
  const gateway = await gatewayForTest();
  for (const path of ["/v1/users/me", "/v1/nowhere"]) {
    const answer = await fetch(gateway.url + path);
    expect(await answer.json()).toMatchObject({ requestId: answer.headers.get("x-request-id") });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
});

it("adds security headers to every answer and tells nothing of the inside", async () => {
  const gateway = await gatewayForTest({
    answer: (_request, response) =>
      response.writeHead(200, { server: "x/1", "x-powered-by": "y", via: "z", "referrer-policy": "no-referrer" }).end(),
  });
  for (const path of ["/v1/products", "/v1/users/me", "/v1/nowhere"]) {
    const headers = Object.fromEntries((await fetch(gateway.url + path)).headers);
    expect(headers, path).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "strict-transport-security": expect.stringContaining("max-age=63072000"),
      "referrer-policy": path === "/v1/products" ? "no-referrer" : "strict-origin-when-cross-origin",
    });
    expect(Object.keys(headers).filter((name) => ["server", "via", "x-powered-by"].includes(name))).toEqual([]);
  }
});

it("leaves a service's own failure as it is", async () => {
  const problem = JSON.stringify({ code: "stock.insufficient", lines: [{ sku: "A" }] });
  const gateway = await gatewayForTest({
    answer: (_request, response) =>
      response.writeHead(409, { "content-type": "application/problem+json" }).end(problem),
  });
  const answer = await fetch(`${gateway.url}/v1/orders`, { method: "POST", body: "{}" });
  expect(answer.status).toBe(409);
  expect(await answer.text()).toBe(problem);
});

it("runs the closest configuration of a plugin: the route's before the global one", async () => {
  const configFile = changedConfig((document) => {
    document.services[0].routes[0].plugins.push({
      name: "response-transformer",
      config: { remove: { headers: [] }, add: { headers: ["x-own:1"] } },
    });
  });
  const gateway = await gatewayForTest({ configFile });
  const own = await fetch(`${gateway.url}/v1/categories`);
  expect([own.headers.get("x-own"), own.headers.get("x-frame-options")]).toEqual(["1", null]);
  const other = await fetch(`${gateway.url}/v1/products`);
  expect([other.headers.get("x-own"), other.headers.get("x-frame-options")]).toEqual([null, "DENY"]);
});

it("does not take an absolute address for a path", async () => {
  const gateway = await gatewayForTest();
  const answer = await sendRaw(
    gateway.port,
    "GET http://evil.example/v1/products HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(gateway.arrivals).toEqual([]);
});
