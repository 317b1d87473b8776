import { describe, expect, it } from "vitest";
import { z } from "zod";
import { eventsByService, routesByService } from "../src/catalog.ts";
import { chooseLocale } from "../src/market.ts";
import { formatMoney } from "../src/money.ts";
import { isExposed, type RouteContract } from "../src/route.ts";

const routes = Object.entries(routesByService).flatMap(([service, contracts]) =>
  Object.entries(contracts).map(([name, route]) => ({ service, name, route })),
);
/** Each once: an event may have several publishers. */
const events = [...new Set(Object.values(eventsByService).flatMap((contracts) => Object.values(contracts)))];

const keysOf = (schema: z.ZodType | undefined): string[] =>
  schema ? Object.keys((z.toJSONSchema(schema, { io: "input" }) as { properties?: object }).properties ?? {}) : [];
const pathParameters = (route: RouteContract) => [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]);

describe("route contracts", () => {
  it("use each method and path once", () => {
    const all = routes.map(({ route }) => `${route.method} ${route.path.replace(/:\w+/g, ":")}`);
    expect(all.length).toBeGreaterThan(30);
    expect(new Set(all).size).toBe(all.length);
  });

  it.each(routes)("$service.$name declares exactly its path's parameters", ({ route }) => {
    expect(keysOf(route.params).sort()).toEqual(pathParameters(route).sort());
  });

  it.each(routes)("$service.$name can be written as JSON Schema both ways", ({ route }) => {
    for (const schema of [route.body, route.querystring, route.params])
      if (schema) expect(z.toJSONSchema(schema, { io: "input", target: "draft-07" })).toBeTypeOf("object");
    if (route.success.body)
      expect(z.toJSONSchema(route.success.body, { io: "output", target: "draft-07" })).toBeTypeOf("object");
  });

  it.each(routes)("$service.$name is under /v1 exactly when the gateway exposes it", ({ route }) => {
    expect(route.path.startsWith(isExposed(route) ? "/v1/" : "/internal/")).toBe(true);
  });

  it.each(routes.filter(({ route }) => route.method === "GET"))("$service.$name, a GET, takes no body", ({ route }) => {
    expect(route.body).toBeUndefined();
  });
});

describe("event contracts", () => {
  it("have one routing key each", () => {
    const keys = events.map((event) => event.routingKey);
    expect(keys.length).toBeGreaterThan(5);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("refuse an envelope of another event", () => {
    for (const event of events) expect(event.envelope.safeParse({ name: "other" }).success).toBe(false);
  });
});

describe("formatMoney", () => {
  it.each([
    [{ amount: 1250, currency: "EUR" }, "en", "€12.50"],
    [{ amount: 5, currency: "USD" }, "en", "$0.05"],
    [{ amount: 123456, currency: "EUR" }, "de", "1.234,56\u00a0€"],
  ] as const)("writes %o in %s as %s", (money, locale, text) => {
    expect(formatMoney(money, locale)).toBe(text);
  });
});

describe("chooseLocale", () => {
  it.each([
    [undefined, "en"],
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["fr, en;q=0.5, de;q=0.7", "de"],
    ["de;q=0, en", "en"],
    [";;;,", "en"],
  ])("chooses from %s: %s", (header, locale) => {
    expect(chooseLocale(header)).toBe(locale);
  });
  it("reads no more of a header than anybody means", () => {
    expect(chooseLocale(`${"xx,".repeat(40)}de`)).toBe("de");
    expect(chooseLocale(`${"xx,".repeat(5_000)}de`)).toBe("en");
  });
});
