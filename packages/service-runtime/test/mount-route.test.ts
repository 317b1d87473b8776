import { describe, expect, it } from "vitest";
import { mountRoute } from "../src/mount-route.ts";
import { createServiceTokens } from "../src/service-token.ts";
import {
  cachedPage,
  hook,
  INTERNAL_KEY,
  internalThings,
  myThings,
  payItem,
  readItem,
  sampleApp,
  staffThings,
  staffWrite,
  whoAmI,
  writeItem,
} from "./sample-app.ts";

const title = (route: { method: string; path: string }) => `${route.method} ${route.path}`;

describe(title(readItem), () => {
  it("sends declared fields only", async () => {
    const reply = await sampleApp().app.inject("/v1/items/a?tag=x&tag=y");
    expect(reply.statusCode).toBe(200);
    expect(reply.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(reply.json()).toEqual({ id: "a", tags: ["x", "y"] });
  });
  it("takes a list key given once as a list of one", async () => {
    expect((await sampleApp().app.inject("/v1/items/a?tag=x")).json().tags).toEqual(["x"]);
  });
  it("names what is wrong in a query", async () => {
    const reply = await sampleApp().app.inject("/v1/items/a?limit=many&tagg=x");
    expect(reply.statusCode).toBe(400);
    expect(reply.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(reply.json()).toMatchObject({
      type: "urn:tradepost:problem:request.invalid",
      status: 400,
      code: "request.invalid",
    });
    expect(reply.json().errors.map((error: { path: string }) => error.path)).toEqual(["limit", "tagg"]);
  });
  it("renders an AppError as a problem with the request's id", async () => {
    const reply = await sampleApp().app.inject("/v1/items/missing");
    expect(reply.statusCode).toBe(404);
    expect(reply.json()).toEqual({
      type: "urn:tradepost:problem:item.not_found",
      title: "There is no such item",
      status: 404,
      code: "item.not_found",
      requestId: reply.headers["x-request-id"],
    });
  });
  it("says nothing about the inside when it breaks", async () => {
    const seen: unknown[] = [];
    const { app, lines } = sampleApp({ onUnexpectedError: (error) => seen.push(error) });
    const reply = await app.inject("/v1/items/broken");
    expect(reply.statusCode).toBe(500);
    expect(reply.json().code).toBe("internal");
    expect(reply.body).not.toMatch(/hunter2|db\.internal|stack/);
    expect(lines.join("")).not.toMatch(/hunter2|db\.internal/);
    expect(lines.join("")).toContain("sample-app.ts");
    expect(seen).toHaveLength(1);
  });
});

describe(title(writeItem), () => {
  it("keeps a problem's extension members, which cannot replace standard ones", async () => {
    const reply = await sampleApp().app.inject({ method: "POST", url: "/v1/items", payload: { name: "conflict" } });
    expect(reply.statusCode).toBe(409);
    expect(reply.json()).toMatchObject({
      status: 409,
      detail: "Lower the quantity.",
      lines: [{ sku: "MUG", available: 2 }],
    });
  });
  it("refuses unknown fields at every depth", async () => {
    const reply = await sampleApp().app.inject({
      method: "POST",
      url: "/v1/items",
      payload: { isAdmin: true, lines: [{ sku: "MUG", price: 1 }] },
    });
    expect(reply.statusCode).toBe(400);
    expect(
      reply
        .json()
        .errors.map((error: { path: string }) => error.path)
        .sort(),
    ).toEqual(["isAdmin", "lines.0.price"]);
  });
});

describe(title(payItem), () => {
  const pay = (headers: Record<string, string>) =>
    sampleApp().app.inject({ method: "POST", url: "/v1/items/a/payments", headers });

  it("answers 204 without a body", async () => {
    const reply = await pay({ "idempotency-key": "0123456789" });
    expect(reply.statusCode).toBe(204);
    expect(reply.body).toBe("");
  });
  it("S12: requires an Idempotency-Key", async () => {
    expect((await pay({})).json().code).toBe("idempotency.key_required");
  });
  it.each(["short", "x".repeat(201), "with space inside"])("refuses the key %s", async (key) => {
    expect((await pay({ "idempotency-key": key })).json().code).toBe("idempotency.key_invalid");
  });
  it("hands the key to the handler", async () => {
    expect((await pay({ "idempotency-key": "known-key" })).json().code).toBe("idempotency.mismatch");
  });
});

describe(title(cachedPage), () => {
  it("sends the bytes with their tag", async () => {
    const reply = await sampleApp().app.inject("/v1/page");
    expect(reply.body).toBe('{"a":1}');
    expect(reply.headers).toMatchObject({
      etag: '"tag-1"',
      "cache-control": "public, max-age=5",
      "content-length": "7",
    });
  });
  it.each(['"tag-1"', 'W/"tag-1"', '"other", "tag-1"', "*"])("answers 304 to If-None-Match: %s", async (tag) => {
    const reply = await sampleApp().app.inject({ url: "/v1/page", headers: { "if-none-match": tag } });
    expect(reply.statusCode).toBe(304);
    expect(reply.body).toBe("");
    expect(reply.headers.etag).toBe('"tag-1"');
  });
  it("answers 200 to another tag", async () => {
    const reply = await sampleApp().app.inject({ url: "/v1/page", headers: { "if-none-match": '"tag-2"' } });
    expect(reply.statusCode).toBe(200);
  });
});

describe("access", () => {
  const ask = (url: string, headers: Record<string, string> = {}) => sampleApp().app.inject({ url, headers });

  it("lets guests and shoppers on visitor routes, and refuses a bad token", async () => {
    expect((await ask(whoAmI.path)).json()).toEqual({ kind: "guest" });
    expect((await ask(whoAmI.path, { "x-as": "shopper" })).json()).toEqual({ kind: "shopper" });
    expect((await ask(whoAmI.path, { "x-as": "bad" })).json().code).toBe("token.invalid");
  });
  it("asks guests to sign in on shopper and staff routes", async () => {
    for (const { path } of [myThings, staffThings]) {
      const reply = await ask(path);
      expect(reply.statusCode).toBe(401);
      expect(reply.json().code).toBe("token.missing");
      expect(reply.headers["www-authenticate"]).toBe("Bearer");
    }
  });
  it("keeps staff routes to those with the permission", async () => {
    expect((await ask(staffThings.path, { "x-as": "shopper" })).json()).toMatchObject({
      status: 403,
      code: "permission.missing",
    });
    expect((await ask(staffThings.path, { "x-as": "staff" })).statusCode).toBe(200);
  });
  it("tells handlers of staff routes what the audit log is told, and the log who was refused", async () => {
    const { app, lines } = sampleApp();
    const action: unknown[] = [];
    mountRoute(app, staffWrite, async (_, context) => void action.push(context.action));
    const write = (as: string) => app.inject({ method: "POST", url: "/v1/staff/a", headers: { "x-as": as } });
    const reply = await write("staff");
    expect(reply.statusCode).toBe(204);
    const [route, requestId] = ["POST /v1/staff/:id", reply.headers["x-request-id"]];
    expect(action).toEqual([{ service: "product", route, actorId: "u1", requestId }]);
    expect(lines.join("")).not.toContain("staff.denied");
    const refused = await write("shopper");
    expect([refused.statusCode, action.length]).toEqual([403, 1]);
    const denial = lines.find((line) => line.includes("staff.denied")) ?? "{}";
    expect(JSON.parse(denial)).toMatchObject({
      ...{ event: "staff.denied", userId: "u1", method: "POST", route: "/v1/staff/:id" },
      requestId: refused.headers["x-request-id"],
    });
  });
  it("marks answers to signed-in callers as not to be stored", async () => {
    expect((await ask(myThings.path, { "x-as": "shopper" })).headers["cache-control"]).toBe("no-store");
    const signedIn = await sampleApp().app.inject({ method: "POST", url: writeItem.path, payload: { name: "x" } });
    expect(signedIn.headers["cache-control"], "what a public write answers, such as a token").toBe("no-store");
  });
  it("keeps internal routes to the services they name", async () => {
    const token = (name: "order" | "cart", key = INTERNAL_KEY) => createServiceTokens({ name, key }).header();
    expect((await ask(internalThings.path)).json()).toMatchObject({ status: 401, code: "service_token.invalid" });
    expect((await ask(internalThings.path, { "x-as": "staff" })).statusCode).toBe(401);
    expect((await ask(internalThings.path, { "x-service-token": token("cart") })).json().code).toBe("service.refused");
    const forged = token("order", "another-key-that-is-32-bytes-long-too");
    expect((await ask(internalThings.path, { "x-service-token": forged })).statusCode).toBe(401);
    expect((await ask(internalThings.path, { "x-service-token": token("order") })).json()).toEqual({ kind: "order" });
  });
  it("cannot be mounted where nothing checks it", () => {
    expect(() => sampleApp({ identify: undefined })).toThrow("identify");
    expect(() => sampleApp({ serviceTokens: undefined })).toThrow("serviceTokens");
  });
});

describe(title(hook), () => {
  it("hands over the bytes as they came", async () => {
    const payload = '{ "a" : 1, "$where": "4111111111111111" }';
    const headers = { "content-type": "application/json; charset=utf-8" };
    const reply = await sampleApp().app.inject({ method: "POST", url: hook.path, headers, payload });
    expect(reply.json()).toEqual({ length: payload.length, isBuffer: true });
  });
});
