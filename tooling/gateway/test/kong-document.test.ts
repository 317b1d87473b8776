import { readFileSync } from "node:fs";
import { routesByService } from "@tradepost/contracts/catalog";
import { isExposed } from "@tradepost/contracts/route";
import { expect, it } from "vitest";
import { kongDocument } from "../src/kong-document.ts";
import { readKongConfig } from "../src/read-kong-config.ts";
import { startGateway } from "../src/start-gateway.ts";
import { type Changeable, changedConfig, environment, kongFile, NO_REDIS } from "./gateway-for-tests.ts";

const template = new URL("../../../deploy/kong/template.yml", import.meta.url);
const env = { ...environment, REDIS_HOST: "redis" };
const read = (change: (document: Changeable) => void = () => {}, variables: Record<string, string> = env) =>
  readKongConfig(changedConfig(change), variables);
const isPublicWrite = (tags: string[], [method]: string[]) => tags.includes("access:public") && method !== "GET";

it("is what the contracts and the template say now", () => {
  expect(readFileSync(kongFile, "utf8"), "run: node tooling/gateway/src/generate-kong.ts").toBe(kongDocument(template));
});

it("exposes every route of the contracts but those between services, each once", () => {
  const exposed = Object.entries(routesByService).flatMap(([service, routes]) =>
    Object.entries(routes)
      .filter(([, route]) => isExposed(route))
      .map(([name, { method }]) => `${service}-${name} ${method}`),
  );
  const kong = read().services.flatMap(({ routes }) => routes.map(({ name, methods }) => `${name} ${methods[0]}`));
  expect(kong.sort()).toEqual(exposed.sort());
});

it("asks for a valid token on exactly the shopper's and the staff's routes", () => {
  for (const { name, tags, plugins } of read().services.flatMap(({ routes }) => routes)) {
    const token = plugins.find((plugin) => plugin.name === "jwt");
    const isRequired = token !== undefined && token.config.anonymous === undefined;
    expect(isRequired, name).toBe(tags.includes("access:shopper") || tags.includes("access:staff"));
  }
});

it("lets nobody guess or send mail in bulk: every public write and webhook has a limit of its own, by address", () => {
  const routes = read().services.flatMap(({ routes }) => routes);
  const guarded = routes.filter(({ tags, methods }) => tags.includes("access:webhook") || isPublicWrite(tags, methods));
  expect(guarded.map(({ name }) => name)).toEqual(expect.arrayContaining(["user-signIn", "user-registerUser"]));
  for (const { name, plugins } of guarded) {
    expect(plugins, `${name}: its contract needs limitPerMinute`).toMatchObject([
      { name: "rate-limiting", config: { limit_by: "ip", policy: "redis", fault_tolerant: true } },
    ]);
  }
  const signIn = routes.find(({ name }) => name === "user-signIn");
  expect(signIn?.plugins[0]?.config).toMatchObject({ minute: 5 });
});

it.each<[string, (document: Changeable) => void, string]>([
  ["a plugin", (d) => d.plugins.push({ name: "ip-restriction", config: {} }), "plugins"],
  ["a field of a plugin", (d) => Object.assign(d.plugins[1].config, { realm: "x" }), "realm"],
  [
    "a value of a plugin",
    (d) => Object.assign(d.plugins[2].config, { preflight_continue: true }),
    "preflight_continue",
  ],
  ["a field of a route", (d) => Object.assign(d.services[0].routes[0], { hosts: ["a"] }), "hosts"],
  ["a prefix path", (d) => Object.assign(d.services[0].routes[0], { paths: ["/v1/"] }), "anchored"],
  ["retries of writes", (d) => Object.assign(d.services[0], { retries: 5 }), "retries"],
  ["a section", (d) => Object.assign(d, { upstreams: [] }), "upstreams"],
  ["a key that is none", (d) => Object.assign(d.consumers[0].jwt_secrets[0], { rsa_public_key: "abc" }), "PEM"],
])("is refused with %s that the gateway does not know", (_what, change, complaint) => {
  expect(() => read(change)).toThrow(complaint);
});

it("is refused with Lua that the gateway has no equal of", async () => {
  const configFile = changedConfig((document) => {
    document.plugins[0].config.access[0] += "\n";
  });
  await expect(startGateway({ configFile, env, redisUrl: NO_REDIS })).rejects.toThrow("no equal");
});

it("is refused without what tells of refusals, and with two routes for one call", async () => {
  const start = (change: (document: Changeable) => void) =>
    startGateway({ configFile: changedConfig(change), env, redisUrl: NO_REDIS });
  await expect(start((document) => document.plugins.pop())).rejects.toThrow("describe-problem.lua");
  const repeat = (document: Changeable) => document.services[1].routes.push(document.services[0].routes[0]);
  await expect(start(repeat)).rejects.toThrow("both take");
});

it("names every variable that is missing", () => {
  expect(() => read(() => {}, {})).toThrow(
    "CORS_ORIGINS, JWT_KEY_ID_1, JWT_PUBLIC_KEY_1, JWT_PUBLIC_KEY_2, REDIS_HOST",
  );
});

it("fills references in by the type of the field and splits lists", () => {
  const config = read(undefined, { ...env, REDIS_PORT: "7000", REDIS_SSL: "true", REDIS_PASSWORD: "s3:cret" });
  const cors = config.plugins.find((plugin) => plugin.name === "cors");
  expect(cors?.config.origins).toEqual(["https://shop.example", "https://admin.shop.example"]);
  expect(config.consumers[0]?.plugins[0]?.config).toMatchObject({
    redis: { host: "redis", port: 7000, ssl: true, password: "s3:cret", username: "", database: 0 },
  });
});

it("refuses the address of a service that kong.yml does not have", async () => {
  const upstreams = { produkt: "http://127.0.0.1:1" };
  await expect(startGateway({ configFile: kongFile, env, redisUrl: NO_REDIS, upstreams })).rejects.toThrow("produkt");
});
