import { routesByService } from "@tradepost/contracts/catalog";
import { isExposed, type RouteContract } from "@tradepost/contracts/route";
import { expect, it } from "vitest";
import { bearer, gatewayForTest, sendRaw, signToken } from "./gateway-for-tests.ts";

const contracts = Object.entries(routesByService).flatMap(([service, routes]) =>
  Object.entries(routes).map(([name, route]) => ({ service, name, route })),
);
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const pathOf = ({ path }: RouteContract) => path.replaceAll(/:(\w+)/g, "any-$1");
const patternOf = ({ path }: RouteContract) =>
  new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+")}$`);
const call = (url: string, method: string, path: string) =>
  fetch(url + path, { method, headers: bearer(signToken()), redirect: "manual" });

it("brings every public call to its own service, path and query untouched", async () => {
  const gateway = await gatewayForTest();
  for (const { service, name, route } of contracts.filter((contract) => isExposed(contract.route))) {
    gateway.arrivals.length = 0;
    const path = `${pathOf(route)}?q=a%20b&x=%2F`;
    const answer = await call(gateway.url, route.method, path);
    expect(answer.status, name).toBe(200);
    expect(await answer.json(), name).toEqual({ service });
    expect(gateway.arrivals, name).toMatchObject([{ service, method: route.method, url: path }]);
  }
});

it("tells a fixed path from a parameter, and counts each under Kong's metric names", async () => {
  const gateway = await gatewayForTest({ operationsPort: 0 });
  await call(gateway.url, "DELETE", "/v1/sessions/current");
  await call(gateway.url, "DELETE", "/v1/sessions/other");
  expect(gateway.arrivals.map(({ url }) => url)).toEqual(["/v1/sessions/current", "/v1/sessions/other"]);
  const operations = `http://127.0.0.1:${gateway.operationsPort}`;
  const metrics = await (await fetch(`${operations}/metrics`)).text();
  expect(metrics).toContain('kong_http_requests_total{service="user",route="user-signOut",code="200"} 1');
  expect(metrics).toContain('kong_http_requests_total{service="user",route="user-endSession",code="200"} 1');
  expect((await fetch(`${operations}/livez`)).status).toBe(200);
});

/** Ways of writing a path that have got people past other gateways. */
const spellingsOf = (path: string): string[] => [
  path,
  `${path}/`,
  `/.${path}`,
  `/${path}`,
  `/v1/..${path}`,
  `/v1/products/../..${path}`,
  `/v1/%2e%2e${path}`,
  `/v1/%2E%2E%2F${path.slice(1)}`,
  `/v1/products/..%2f..${path.replaceAll("/", "%2f")}`,
  `/v1/products/..%5c..${path.replaceAll("/", "%5c")}`,
  `/v1/products/..\\..${path.replaceAll("/", "\\")}`,
  `/v1/products/%252e%252e/%252e%252e${path}`,
  `/v1/products/..;/..${path}`,
  `/v1/products;/..${path}`,
  path.replace("internal", "%69nternal"),
  path.replace("internal", "INTERNAL"),
  path.replace("/", "/%00"),
  path.replace("/", "/.%0d%0a/"),
  `${path}?x=/v1/products`,
  `${path}#/v1/products`,
];
const isForOutside = (url: string) => url.startsWith("/v1/") && !url.split("?")[0]?.split("/").includes("..");

it("lets no call between services in, by any method or spelling", async () => {
  const gateway = await gatewayForTest();
  const internal = contracts.filter(({ route }) => !isExposed(route));
  expect(internal.length).toBeGreaterThan(5);
  const token = signToken();
  for (const { route } of internal) {
    for (const spelling of spellingsOf(pathOf(route))) {
      const head = `host: a\r\nauthorization: Bearer ${token}\r\nx-service-token: stolen\r\nconnection: close`;
      const answer = await sendRaw(gateway.port, `${route.method} ${spelling} HTTP/1.1\r\n${head}\r\n\r\n`);
      const isParameter = gateway.arrivals.length > 0;
      expect(answer, spelling).toMatch(isParameter ? /^HTTP\/1\.1 200 / : /^HTTP\/1\.1 4\d\d /);
      if (!isParameter) expect(answer, spelling).toContain("application/problem+json");
      // `..%2f` within a segment is a product's name to the gateway, and to the service behind it.
      for (const { url, headers } of gateway.arrivals.splice(0)) {
        expect(isForOutside(url), `${spelling} came through as ${url}`).toBe(true);
        expect(headers["x-service-token"]).toBeUndefined();
      }
    }
  }
});

it("lets no method of a call between services in", async () => {
  const gateway = await gatewayForTest();
  for (const { route } of contracts.filter((contract) => !isExposed(contract.route))) {
    for (const method of METHODS) {
      const answer = await call(gateway.url, method, pathOf(route));
      expect(answer.status, `${method} ${route.path}`).toBe(404);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
    }
  }
  expect(gateway.arrivals).toEqual([]);
});

it.each([
  "/",
  "/v1",
  "/v1/",
  "/v1/products/",
  "/v1/products/a/b",
  "/v1/productsx",
  "/V1/products",
  "/v2/products",
  "/x/v1/products",
  "/v1/products%2Fa",
  "/v1/cart/lines",
  "/livez",
  "/metrics",
  "/v1/webhooks/other",
  "/v1/.well-known/jwksXjson",
])("answers %s with the 404 of a path that is nobody's", async (path) => {
  const gateway = await gatewayForTest();
  for (const method of METHODS) {
    const answer = await call(gateway.url, method, path);
    expect(answer.status, method).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "route.not_found", status: 404 });
  }
  expect(gateway.arrivals).toEqual([]);
});

it("lets a known path in by its own methods only", async () => {
  const gateway = await gatewayForTest();
  for (const { route } of contracts.filter((contract) => isExposed(contract.route))) {
    // `/v1/sessions/factors` may also be a session's id.
    const allowed = contracts
      .filter((other) => isExposed(other.route) && patternOf(other.route).test(pathOf(route)))
      .map((other) => other.route.method);
    for (const method of METHODS.filter((name) => !allowed.includes(name))) {
      expect((await call(gateway.url, method, pathOf(route))).status, `${method} ${route.path}`).toBe(404);
    }
  }
  expect(gateway.arrivals).toEqual([]);
});

it("routes what a path means, not how it is written", async () => {
  const gateway = await gatewayForTest();
  for (const path of ["/v1/x/../products", "/v1//products", "/v1/./products", "/v1/pr%6Fducts"]) {
    await sendRaw(gateway.port, `GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
  }
  expect(gateway.arrivals.map(({ url }) => url)).toEqual(Array(4).fill("/v1/products"));
});
