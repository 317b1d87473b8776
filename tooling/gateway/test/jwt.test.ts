import { generateKeyPairSync, randomUUID } from "node:crypto";
import jsonwebtoken from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { bearer, environment, gatewayForTest, pemOf, signingKey, signToken } from "./gateway-for-tests.ts";

const otherKey = generateKeyPairSync("ec", { namedCurve: "P-256" });
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function tokenWithAlgorithm(alg: string, sign: (text: string) => string): string {
  const text = `${base64({ alg, typ: "JWT", kid: "key-1" })}.${base64({ sub: randomUUID(), exp: 4_000_000_000 })}`;
  return `${text}.${sign(text)}`;
}

/** Signed with the public key's text as if it were a shared secret, the classic confusion of algorithms. */
const confused = () => {
  const payload = base64({ sub: randomUUID(), exp: Math.floor(Date.now() / 1000) + 60 });
  const [, , signature = ""] = jsonwebtoken.sign({}, "x".repeat(64), { algorithm: "HS256" }).split(".");
  return `${base64({ alg: "HS256", kid: "key-1" })}.${payload}.${signature}`;
};

const tampered = () => {
  const [header, , signature] = signToken().split(".");
  return `${header}.${base64({ sub: randomUUID(), exp: Math.floor(Date.now() / 1000) + 60 })}.${signature}`;
};

const BAD: [string, () => string][] = [
  ["expired", () => signToken(undefined, { expiresIn: -1 })],
  [
    "without expiry",
    () => jsonwebtoken.sign({ sub: "a" }, signingKey.privateKey, { algorithm: "ES256", keyid: "key-1" }),
  ],
  ["valid for longer than a day", () => signToken(undefined, { expiresIn: 86_401 + 60 })],
  ["signed with another key", () => signToken(undefined, { key: otherKey })],
  ["naming an unknown key", () => signToken(undefined, { keyid: "key-9" })],
  [
    "naming no key",
    () => jsonwebtoken.sign({ sub: "a" }, signingKey.privateKey, { algorithm: "ES256", expiresIn: 60 }),
  ],
  ["with alg none", () => tokenWithAlgorithm("none", () => "")],
  ["with the public key as a shared secret", confused],
  ["with a changed payload", tampered],
  ["that is no token", () => "abc"],
  ["of two parts", () => signToken().split(".").slice(0, 2).join(".")],
];

describe.each(BAD)("a token %s", (_what, make) => {
  it("is refused on a shopper's route", async () => {
    const gateway = await gatewayForTest();
    const answer = await fetch(`${gateway.url}/v1/users/me`, { headers: bearer(make()) });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    expect(await answer.json()).toMatchObject({ code: "token.invalid", status: 401, type: expect.any(String) });
    expect(gateway.arrivals).toEqual([]);
  });

  it("reaches the service on a visitor's route, which tells the reason", async () => {
    const gateway = await gatewayForTest();
    const headers = bearer(make());
    expect((await fetch(`${gateway.url}/v1/cart`, { headers })).status).toBe(200);
    expect(gateway.arrivals[0]?.headers.authorization).toBe(headers.authorization);
  });
});

it("asks for a token where none was sent", async () => {
  const gateway = await gatewayForTest();
  const answer = await fetch(`${gateway.url}/v1/users/me`);
  expect(answer.status).toBe(401);
  expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  expect(answer.headers.get("set-cookie")).toBeNull();
  expect(await answer.json()).toMatchObject({ code: "token.missing" });
});

it.each(["__Host-session", "session"])("believes a token in the cookie %s", async (name) => {
  const gateway = await gatewayForTest();
  const cookie = `theme=dark; ${name}=${signToken()}; other=1`;
  expect((await fetch(`${gateway.url}/v1/users/me`, { headers: { cookie } })).status).toBe(200);
  expect(gateway.arrivals[0]?.headers.cookie).toBe(cookie);
});

it("believes no token in the query", async () => {
  const gateway = await gatewayForTest();
  expect((await fetch(`${gateway.url}/v1/users/me?jwt=${signToken()}`)).status).toBe(401);
});

it("refuses two different tokens, and takes the same one twice", async () => {
  const gateway = await gatewayForTest();
  const token = signToken();
  const call = (cookie: string) =>
    fetch(`${gateway.url}/v1/users/me`, { headers: { ...bearer(token), cookie: `session=${cookie}` } });
  expect((await call(token)).status).toBe(200);
  expect((await call(signToken())).status).toBe(401);
});

it.each([
  ["__Host-session", "__Host-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure"],
  ["session", "session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"],
])("removes a cookie %s that no longer works", async (name, removal) => {
  const gateway = await gatewayForTest();
  const headers = { cookie: `${name}=${signToken(undefined, { expiresIn: -1 })}` };
  const answer = await fetch(`${gateway.url}/v1/users/me`, { headers });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("set-cookie")).toBe(removal);
});

it("accepts two keys while they are being changed", async () => {
  const env = { ...environment, JWT_KEY_ID_2: "key-2", JWT_PUBLIC_KEY_2: pemOf(otherKey.publicKey) };
  const gateway = await gatewayForTest({ env });
  const status = async (token: string) => (await fetch(`${gateway.url}/v1/orders`, { headers: bearer(token) })).status;
  expect(await status(signToken())).toBe(200);
  expect(await status(signToken(undefined, { keyid: "key-2", key: otherKey }))).toBe(200);
  expect(await status(signToken(undefined, { keyid: "key-1", key: otherKey }))).toBe(401);
});

it("looks at the clock anew for a token it has seen before", async () => {
  let ahead = 0;
  const gateway = await gatewayForTest({ now: () => Date.now() + ahead });
  const headers = bearer(signToken(undefined, { expiresIn: 60 }));
  expect((await fetch(`${gateway.url}/v1/users/me`, { headers })).status).toBe(200);
  ahead = 61_000;
  expect((await fetch(`${gateway.url}/v1/users/me`, { headers })).status).toBe(401);
});

it("keeps what Kong and services say of a caller among themselves", async () => {
  const gateway = await gatewayForTest();
  const forged = {
    "x-service-token": "stolen",
    "x-consumer-username": "admin",
    "x-consumer-id": "1",
    "x-credential-identifier": "k",
    "x-anonymous-consumer": "true",
    "x-rate-limit-key": "someone",
    forwarded: "for=1.2.3.4",
  };
  await fetch(`${gateway.url}/v1/users/me`, { headers: { ...bearer(signToken()), ...forged } });
  const arrived = Object.keys(gateway.arrivals[0]?.headers ?? {});
  expect(arrived).toContain("authorization");
  expect(arrived.filter((name) => name in forged)).toEqual([]);
});
