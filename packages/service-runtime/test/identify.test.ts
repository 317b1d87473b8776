import { createHmac, generateKeyPairSync, type KeyObject } from "node:crypto";
import { CallUnreachable } from "@tradepost/api-client/call-error";
import { getJwks } from "@tradepost/contracts/user";
import jwt from "jsonwebtoken";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../src/app-error.ts";
import { createIdentify } from "../src/identify.ts";
import { createLogger } from "../src/logger.ts";
import { mountRoute } from "../src/mount-route.ts";
import { createServiceApp } from "../src/service-app.ts";
import type { CheckSession, LiveSession, SessionQuestion } from "../src/session-gate.ts";
import { cachedPage, myThings, sampleApp, staffThings, whoAmI, writeItem } from "./sample-app.ts";

const ISSUER = "https://tradepost.test";
const AUDIENCE = "tradepost";
const ORIGIN = "https://shop.test";

interface Key {
  kid: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
}
const newKey = (kid: string): Key => ({ kid, ...generateKeyPairSync("ec", { namedCurve: "P-256" }) });

/** A user service that publishes `keys`, listening on a free port. */
async function startUserService(keys: Key[]) {
  const app = createServiceApp({ name: "user", logger: createLogger({ service: "user", level: "silent" }) });
  let fetches = 0;
  mountRoute(app, getJwks, () => {
    fetches++;
    return {
      keys: keys.map(({ kid, publicKey }) => {
        const { x = "", y = "" } = publicKey.export({ format: "jwk" });
        return { kty: "EC", crv: "P-256", x, y, kid, use: "sig", alg: "ES256" };
      }),
    };
  });
  const userUrl = await app.listen({ port: 0, host: "127.0.0.1" });
  return { app, userUrl, fetches: () => fetches };
}

const sign = (key: Key, claims: object = {}, options: jwt.SignOptions = {}) =>
  jwt.sign({ sub: "u1", sid: "s1", ...claims }, key.privateKey, {
    algorithm: "ES256",
    keyid: key.kid,
    issuer: ISSUER,
    audience: AUDIENCE,
    expiresIn: "24h",
    ...options,
  });

const live: LiveSession = { userId: "u1", roles: [], permissions: ["orders.read"] };
let keys: Key[];
let user: Awaited<ReturnType<typeof startUserService>>;
let clockMs: number;

beforeEach(async () => {
  clockMs = Date.now();
  keys = [newKey("key-1")];
  user = await startUserService(keys);
});
afterEach(() => user.app.close());

function shop(checkSession: CheckSession = async () => live, userUrl = user.userUrl, origin = ORIGIN) {
  const identify = createIdentify({
    jwks: { userUrl },
    issuer: ISSUER,
    audience: AUDIENCE,
    checkSession,
    allowedOrigins: [origin],
    now: () => clockMs,
  });
  return sampleApp({ identify, trustProxy: true }).app;
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const key1 = () => keys[0] as Key;

describe("tokens", () => {
  it("are taken from the header and from the session cookie", async () => {
    const app = shop();
    const token = sign(key1());
    for (const headers of [bearer(token), { cookie: `a=b; __Host-session=${token}` }])
      expect((await app.inject({ url: myThings.path, headers })).json()).toEqual({ kind: "u1" });
    expect((await app.inject({ url: staffThings.path, headers: bearer(token) })).statusCode).toBe(200);
  });

  it("S5: are taken from a plainly named cookie on localhost alone: over HTTPS another host could have set it", async () => {
    const headers = { cookie: `session=${sign(key1())}; device=d1` };
    expect((await shop().inject({ url: myThings.path, headers })).json().code).toBe("token.missing");
    const questions: SessionQuestion[] = [];
    const note: CheckSession = async (question) => {
      questions.push(question);
      return live;
    };
    const local = shop(note, undefined, "http://localhost:8080");
    expect((await local.inject({ url: myThings.path, headers })).json()).toEqual({ kind: "u1" });
    const secure = { cookie: `__Host-session=${sign(key1())}; device=d1` };
    expect((await shop(note).inject({ url: myThings.path, headers: secure })).json()).toEqual({ kind: "u1" });
    expect(questions.map(({ deviceKey }) => deviceKey)).toEqual(["d1", undefined]);
  });

  const none = (key: Key) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "none", kid: key.kid })}.${part({ sub: "u1", sid: "s1", exp: 9e9 })}.`;
  };
  const confused = (key: Key) => {
    const [header, body] = sign(key).split(".");
    const asHmac = Buffer.from(Buffer.from(header!, "base64url").toString().replace("ES256", "HS256")).toString(
      "base64url",
    );
    const secret = key.publicKey.export({ type: "spki", format: "pem" });
    return `${asHmac}.${body}.${createHmac("sha256", secret).update(`${asHmac}.${body}`).digest("base64url")}`;
  };
  const tampered = (key: Key) => {
    const [header, , signature] = sign(key).split(".");
    return `${header}.${sign(key, { sub: "someone-else" }).split(".")[1]}.${signature}`;
  };
  it.each<[string, (key: Key) => string]>([
    ["an unsigned token", none],
    ["a public key used as an HMAC secret", confused],
    ["a changed payload", tampered],
    ["another key under a known id", (key) => sign({ ...newKey(key.kid) })],
    ["an unpublished key", () => sign(newKey("key-9"))],
    ["another issuer", (key) => sign(key, {}, { issuer: "https://evil.test" })],
    ["another audience", (key) => sign(key, {}, { audience: "else" })],
    ["an expired token", (key) => sign(key, {}, { expiresIn: "-1h" })],
    ["no session", (key) => sign(key, { sid: undefined })],
    ["no subject", (key) => sign(key, { sub: undefined })],
    [
      "no expiry",
      (key) =>
        jwt.sign({ sub: "u1", sid: "s1" }, key.privateKey, {
          algorithm: "ES256",
          keyid: key.kid,
          issuer: ISSUER,
          audience: AUDIENCE,
        }),
    ],
    ["garbage", () => "not.a.token"],
  ])("refuse %s, on visitor routes too", async (_, make) => {
    for (const url of [myThings.path, whoAmI.path]) {
      const reply = await shop().inject({ url, headers: bearer(make(key1())) });
      expect(reply.statusCode).toBe(401);
      expect(reply.json().code).toBe("token.invalid");
      expect(reply.headers["www-authenticate"]).toContain("Bearer");
    }
  });
  it("stop working at their expiry although they were verified before", async () => {
    const app = shop();
    const headers = bearer(sign(key1(), {}, { expiresIn: "5m" }));
    expect((await app.inject({ url: myThings.path, headers })).statusCode).toBe(200);
    clockMs += 10 * 60_000;
    expect((await app.inject({ url: myThings.path, headers })).json().code).toBe("token.invalid");
  });
  it("of a key published later work, and unknown ids fetch keys at most every few seconds", async () => {
    const app = shop();
    await app.inject({ url: myThings.path, headers: bearer(sign(key1())) });
    expect(user.fetches()).toBe(1);
    const key2 = newKey("key-2");
    keys.push(key2);
    expect((await app.inject({ url: myThings.path, headers: bearer(sign(key2)) })).statusCode).toBe(401);
    expect(user.fetches()).toBe(1);
    clockMs += 5001;
    for (const key of [key2, key1()]) {
      expect((await app.inject({ url: myThings.path, headers: bearer(sign(key)) })).statusCode).toBe(200);
    }
    for (let i = 0; i < 5; i++) await app.inject({ url: myThings.path, headers: bearer(sign(newKey(`x${i}`))) });
    expect(user.fetches()).toBe(2);
  });
  it("cannot be judged without keys: signed-in routes answer 503, public ones work", async () => {
    const app = shop(undefined, "http://127.0.0.1:1");
    const headers = bearer(sign(key1()));
    expect((await app.inject({ url: myThings.path, headers })).json()).toMatchObject({
      status: 503,
      code: "session.unavailable",
    });
    expect((await app.inject({ url: cachedPage.path, headers })).statusCode).toBe(200);
    expect((await app.inject({ url: whoAmI.path })).json()).toEqual({ kind: "guest" });
  });
});

describe("sessions", () => {
  it("are checked with the device and the network, once for a burst of requests", async () => {
    const questions: SessionQuestion[] = [];
    const app = shop(async (question) => {
      questions.push(question);
      return live;
    });
    const headers = { ...bearer(sign(key1())), cookie: "__Host-device=d1", "x-forwarded-for": "192.0.2.77" };
    await Promise.all(Array.from({ length: 10 }, () => app.inject({ url: myThings.path, headers })));
    expect(questions).toEqual([{ sessionId: "s1", deviceKey: "d1", network: "192.0.2.0/24" }]);
    await app.inject({ url: myThings.path, headers: { ...headers, cookie: "__Host-device=d2" } });
    expect(questions).toHaveLength(2);
  });
  it.each([
    ["too long", "d".repeat(257)],
    ["a control character", "d%00"],
    ["letters of any kind", "d%C3%A9"],
    ["a card number", "4111111111111111"],
  ])("S7: are not asked about with a device key that is %s, which nobody was given", async (_, key) => {
    const questions: SessionQuestion[] = [];
    const app = shop(async (question) => {
      questions.push(question);
      return live;
    });
    const own = { ...bearer(sign(key1())), "x-forwarded-for": "192.0.2.77" };
    await app.inject({ url: myThings.path, headers: { ...own, cookie: `__Host-device=${key}` } });
    await app.inject({ url: myThings.path, headers: { ...own, "x-device-key": decodeURIComponent(key) } });
    for (const question of questions) expect(question).toEqual({ sessionId: "s1", network: "192.0.2.0/24" });
    expect(questions.length).toBeGreaterThan(0);
  });
  it("that end are refused within a second", async () => {
    let ended = false;
    const app = shop(async () => {
      if (ended) throw new AppError(401, "session.ended", "This session has ended");
      return live;
    });
    const ask = () => app.inject({ url: myThings.path, headers: bearer(sign(key1())) });
    expect((await ask()).statusCode).toBe(200);
    ended = true;
    clockMs += 501;
    expect((await ask()).json()).toMatchObject({ status: 401, code: "session.ended" });
    ended = false;
    expect((await ask()).statusCode).toBe(200);
  });
  it("that cannot be checked are refused with 503, never let in", async () => {
    const app = shop(() => Promise.reject(new CallUnreachable("timeout", "POST /internal/sessions/checks")));
    const reply = await app.inject({ url: whoAmI.path, headers: bearer(sign(key1())) });
    expect(reply.json()).toMatchObject({ status: 503, code: "session.unavailable" });
    expect(reply.headers["retry-after"]).toBe("1");
  });
  it("of someone else than the token's subject are refused", async () => {
    const app = shop(async () => ({ ...live, userId: "u2" }));
    expect((await app.inject({ url: myThings.path, headers: bearer(sign(key1())) })).json().code).toBe("token.invalid");
  });
  it("that end take their cookie along", async () => {
    const app = shop(() => Promise.reject(new AppError(401, "session.ended", "This session has ended")));
    const reply = await app.inject({ url: whoAmI.path, headers: { cookie: `__Host-session=${sign(key1())}` } });
    expect(reply.headers["set-cookie"]).toBe("__Host-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
  });
});

describe("writes by cookie", () => {
  const write = { ...writeItem, access: "shopper" as const, path: "/v1/own-items" as const };
  const post = (headers: Record<string, string>) => {
    const app = shop();
    mountRoute(app, write, ({ body }) => ({ ...(body.name ? { name: body.name } : {}) }));
    return app.inject({ method: "POST", url: write.path, headers, payload: { name: "x" } });
  };
  it.each<[Record<string, string>, number]>([
    [{ origin: ORIGIN }, 201],
    [{ "sec-fetch-site": "same-origin" }, 201],
    [{ origin: "https://evil.test" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "https://evil.test", "sec-fetch-site": "same-origin" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{}, 403],
  ])("from %o answer %i", async (headers, status) => {
    const reply = await post({ ...headers, cookie: `__Host-session=${sign(key1())}` });
    expect(reply.statusCode).toBe(status);
    if (status === 403) expect(reply.json().code).toBe("origin.refused");
  });
  it("need no origin when the token is in the header, which no other page can send", async () => {
    expect((await post({ ...bearer(sign(key1())), origin: "https://app.test" })).statusCode).toBe(201);
  });
});
