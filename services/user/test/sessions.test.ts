import { createHmac, createPrivateKey, createPublicKey } from "node:crypto";
import type { Session } from "@tradepost/contracts/user";
import { type FaultProxy, startFaultProxy } from "@tradepost/testing/fault-proxy";
import { waitFor } from "@tradepost/testing/wait-for";
import jwt from "jsonwebtoken";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activateKey, prepareKey, retireKey, type SigningKey } from "../src/domain/signing-keys.ts";
import { newAccount, newKey, type Stage, sessionIdOf, userStage } from "./user-stage.ts";

let stage: Stage;
let redisProxy: FaultProxy;
beforeAll(async () => {
  stage = await userStage(async (url) => {
    redisProxy = await startFaultProxy({ target: url });
    return redisProxy.url;
  });
});
afterAll(async () => {
  await stage.stop();
  await redisProxy.close();
});

const HOME = "192.0.2.7";
const CAFE = "198.51.100.7";
const me = (token: string, options: { from?: string; headers?: Record<string, string> } = {}) =>
  stage.call("GET", "/v1/users/me", { token, ...options });
const codeOf = (reply: { json: () => { code?: string } }) => reply.json().code;
const deleteMe = (token: string, from: string) => stage.call("DELETE", "/v1/users/me", { token, from });
const stepUp = (token: string, from: string, password: string) =>
  stage.call("POST", "/v1/sessions/current/step-up", { token, from, payload: { password } });

describe("S3: tokens", () => {
  it("S3: a token that is forged, expired, unsigned or for somebody else is refused", async () => {
    const { token, user } = await stage.register();
    const [key] = stage.keys() as [SigningKey];
    const claims = { sid: sessionIdOf(token), sub: user.id, iss: "https://shop.example", aud: "tradepost" };
    const sign = (change: object, by: SigningKey = key, kid = key.kid) =>
      jwt.sign({ ...claims, exp: Math.floor(Date.now() / 1000) + 3600, ...change }, pem(by), {
        algorithm: "ES256",
        keyid: kid,
      });
    expect((await me(sign({}))).statusCode).toBe(200);
    const forged = {
      "another key": sign({}, newKey("mine"), key.kid),
      "an unknown key": sign({}, newKey("mine"), "mine"),
      "another audience": sign({ aud: "elsewhere" }),
      "another issuer": sign({ iss: "https://evil.example" }),
      "one that has expired": sign({ exp: Math.floor(Date.now() / 1000) - 1 }),
      "another's session": sign({ sub: (await stage.register()).user.id }),
      "no session": sign({ sid: undefined }),
      "no algorithm": `${encode({ alg: "none", kid: key.kid })}.${encode(claims)}.`,
      "the public key as a secret": hmacToken(claims, key),
      "a cut signature": token.slice(0, -4),
    };
    for (const [name, bad] of Object.entries(forged)) {
      const reply = await me(bad);
      expect([name, reply.statusCode, codeOf(reply)]).toEqual([name, 401, "token.invalid"]);
    }
  });

  it("S3: keys rotate in three steps, and nobody is signed out", async () => {
    const tokens: string[] = [];
    const works = async (token: string) => (await me(token)).statusCode === 200;
    const take = async (keys: SigningKey[]) => {
      stage.setKeys(keys);
      const { token } = await stage.register();
      tokens.push(token);
      // A key that has never been seen makes a service fetch them anew, at most every five seconds.
      await waitFor(() => works(token), { timeoutMs: 30_000, what: "the new token to be believed" });
      for (const each of tokens) expect(await works(each)).toBe(true);
      return (jwt.decode(token, { complete: true }) as jwt.Jwt).header.kid;
    };
    const now = new Date();
    const tomorrow = new Date(now.getTime() + 86_400_000);
    const first = [newKey("first")];
    expect(await take(first)).toBe("first");
    const prepared = prepareKey(first, now);
    expect(await take(prepared)).toBe("first");
    const published = (await stage.call("GET", "/v1/.well-known/jwks.json")).json().keys;
    expect(published.map(({ kid }: SigningKey) => kid)).toEqual(prepared.map(({ kid }) => kid));
    expect(JSON.stringify(published)).not.toMatch(/"d"|state|since/);
    const activated = activateKey(prepared, now);
    expect(await take(activated)).toBe(prepared[1]!.kid);
    expect(() => retireKey(activated, now, { tokenLifeMs: 86_400_000, force: false })).toThrow("retire then");
    const retired = retireKey(activated, tomorrow, { tokenLifeMs: 86_400_000, force: false });
    expect(retired.map(({ kid }) => kid)).toEqual([prepared[1]!.kid]);
  });
});

describe("S3: sessions end at once, and fail closed", () => {
  it.each([
    ["signing out", (token: string) => stage.call("DELETE", "/v1/sessions/current", { token })],
    ["signing out everywhere", (token: string) => stage.call("DELETE", "/v1/sessions", { token })],
    ["ending it from a list", (token: string) => stage.call("DELETE", `/v1/sessions/${sessionIdOf(token)}`, { token })],
  ])("S3: %s is known to whoever asks next", async (_, end) => {
    const { token } = await stage.register();
    expect((await stage.check({ sessionId: sessionIdOf(token) })).statusCode).toBe(200);
    expect((await end(token)).statusCode).toBe(204);
    expect(codeOf(await stage.check({ sessionId: sessionIdOf(token) }))).toBe("session.ended");
    await waitFor(async () => (await me(token)).statusCode === 401, { what: "the token to be refused" });
  });

  it("S3: without Redis signed-in routes answer 503, public ones as ever, and nothing is allowed", async () => {
    const { email, password, token } = await stage.register();
    redisProxy.set({ kind: "refuse" });
    try {
      const refused = await waitFor(
        async () => {
          const reply = await me(token, { from: CAFE });
          return reply.statusCode === 503 && reply;
        },
        { timeoutMs: 30_000, what: "Redis to be missed" },
      );
      expect(codeOf(refused)).toBe("session.unavailable");
      expect((await stage.check({ sessionId: sessionIdOf(token) })).statusCode).toBe(503);
      expect((await stage.signIn(email, password)).statusCode).toBe(503);
      expect((await stage.call("POST", "/v1/password-resets", { payload: { email } })).statusCode).toBe(503);
      expect((await stage.call("GET", "/v1/.well-known/jwks.json")).statusCode).toBe(200);
    } finally {
      redisProxy.set({ kind: "pass" });
    }
    await waitFor(async () => (await me(token)).statusCode === 200, { timeoutMs: 30_000, what: "Redis to be back" });
  });

  it("S3: a reset that cannot end the sessions does not happen", async () => {
    const { email, password } = await stage.registerVerified();
    await stage.call("POST", "/v1/password-resets", { payload: { email } });
    const link = await stage.linkToken(email, /Set a new password/);
    const reset = () =>
      stage.call("POST", "/v1/password-resets/completion", { payload: { token: link, password: "another horse" } });
    redisProxy.set({ kind: "refuse" });
    try {
      expect((await reset()).statusCode).toBe(503);
    } finally {
      redisProxy.set({ kind: "pass" });
    }
    const works = async (which: string) => (await stage.signIn(email, which)).statusCode === 201;
    expect(await waitFor(() => works(password), { timeoutMs: 30_000, intervalMs: 500 })).toBe(true);
    expect((await reset()).statusCode).toBe(204);
    expect(await works("another horse")).toBe(true);
  });
});

describe("S4: binding to device and network", () => {
  it("S4: the same device on a new network goes on, and the account's list shows it", async () => {
    const { token } = await stage.register(newAccount(), { from: HOME, headers: { "x-device-key": "device-one" } });
    expect((await me(token, { from: CAFE, headers: { "x-device-key": "device-one" } })).statusCode).toBe(200);
    const list = await stage.call("GET", "/v1/sessions", {
      token,
      from: CAFE,
      headers: { "x-device-key": "device-one" },
    });
    expect(list.json().items).toMatchObject([{ network: "198.51.100.0/24", networkChanged: true, current: true }]);
  });

  it("S4: another device with the same token is refused, and the session ends for both", async () => {
    const { token } = await stage.register(newAccount(), { headers: { "x-device-key": "device-one" } });
    expect(codeOf(await me(token, { headers: { "x-device-key": "device-two" } }))).toBe("session.other_device");
    expect(codeOf(await me(token, { headers: { "x-device-key": "device-one" } }))).toBe("session.ended");
  });

  it("S4: sensitive changes on a new network ask for the password, however fresh the sign-in", async () => {
    const { token, password, email } = await stage.registerVerified(newAccount(), { from: HOME });
    const changes: [string, string, object][] = [
      ["PUT", "/v1/users/me/password", { newPassword: "another horse" }],
      ["PUT", "/v1/users/me/email", { email: "other@example.com" }],
      ["PATCH", "/v1/users/me/security", { pinNetwork: false }],
    ];
    for (const [method, url, payload] of changes) {
      const reply = await stage.call(method, url, { token, payload, from: CAFE });
      expect([url, reply.statusCode, codeOf(reply)]).toEqual([url, 401, "session.step_up_required"]);
    }
    expect(codeOf(await deleteMe(token, CAFE))).toBe("session.step_up_required");
    // The session lives on: it is asked for more, not ended.
    expect((await me(token, { from: CAFE })).statusCode).toBe(200);
    expect((await stepUp(token, CAFE, "wrong")).json()).toMatchObject({
      code: "credentials.invalid",
      errors: [{ path: "body.password" }],
    });
    expect((await stepUp(token, CAFE, password)).statusCode).toBe(204);
    expect((await deleteMe(token, CAFE)).statusCode).toBe(204);
    expect((await stage.signIn(email, password)).statusCode).toBe(401);
  });

  it("S4: five minutes after the password was shown it is asked for on the same network as well", async () => {
    const { token, password } = await stage.register(newAccount(), { from: HOME });
    stage.advance(6 * 60_000);
    expect(codeOf(await deleteMe(token, HOME))).toBe("session.step_up_required");
    const change = await stage.call("PUT", "/v1/users/me/password", {
      ...{ token, from: HOME },
      payload: { currentPassword: password, newPassword: "another horse" },
    });
    expect(change.statusCode).toBe(204);
    expect((await deleteMe(token, HOME)).statusCode).toBe(204);
    stage.advance(-6 * 60_000);
  });

  it("S4: a pinned session ends when it is used from another network", async () => {
    const { token, email, password } = await stage.register(newAccount(), { from: HOME });
    const pin = await stage.call("PATCH", "/v1/users/me/security", {
      token,
      from: HOME,
      payload: { pinNetwork: true },
    });
    expect(pin.json()).toEqual({ pinNetwork: true });
    expect((await me(token, { from: "192.0.2.8" })).statusCode).toBe(200);
    expect(codeOf(await me(token, { from: CAFE }))).toBe("session.other_network");
    expect(codeOf(await stage.check({ sessionId: sessionIdOf(token), network: "192.0.2.0/24" }))).toBe("session.ended");
    // So are the ones to come.
    const next = (await stage.signIn(email, password, { from: CAFE })).json().token;
    expect((await stage.call("GET", "/v1/users/me/security", { token: next, from: CAFE })).json()).toEqual({
      pinNetwork: true,
    });
    expect(codeOf(await me(next, { from: HOME }))).toBe("session.other_network");
  });

  it("S4: the owner is told of a sign-in from a device that is new, once, and of no other", async () => {
    const { email, password } = await stage.registerVerified(newAccount(), { headers: { "x-device-key": "first" } });
    const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    for (const key of ["first", "second", "second"])
      await stage.signIn(email, password, { headers: { "x-device-key": key, "user-agent": agent }, from: CAFE });
    const told = (await stage.mailsTo(email)).filter(({ subject }) => subject === "A new device has signed in");
    expect(told).toHaveLength(1);
    expect(told[0]!.text).toContain("Device: Firefox on Linux\nNetwork: 198.51.100.0/24");
  });

  it("S4: the list tells devices apart and shows where each was last seen", async () => {
    const { email, password, token } = await stage.register(newAccount(), { from: HOME });
    await stage.signIn(email, password, { from: CAFE });
    const { items } = (await stage.call("GET", "/v1/sessions", { token, from: HOME })).json();
    expect(items.map(({ network, current }: Session) => [network, current]).sort()).toEqual([
      ["192.0.2.0/24", true],
      ["198.51.100.0/24", false],
    ]);
  });
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
function pem({ kty, crv, x, y, d }: SigningKey): string {
  return createPrivateKey({ key: { kty, crv, x, y, d }, format: "jwk" })
    .export({ format: "pem", type: "pkcs8" })
    .toString();
}
/** The classic confusion: the public key, which everybody has, as the secret of an HMAC. */
function hmacToken(claims: object, { kty, crv, x, y, kid }: SigningKey): string {
  const secret = createPublicKey({ key: { kty, crv, x, y }, format: "jwk" }).export({ format: "pem", type: "spki" });
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const text = `${encode({ alg: "HS256", kid })}.${encode({ ...claims, exp })}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}
