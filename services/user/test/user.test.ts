import { randomUUIDv7 } from "node:crypto";
import * as contract from "@tradepost/contracts/user";
import type { Postgres } from "@tradepost/postgres/pool";
import jwt from "jsonwebtoken";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { composeUseCases } from "../src/compose.ts";
import { config, HERE, newAccount, type Stage, sessionIdOf, userStage } from "./user-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

const call = (method: string, url: string, token?: string, payload?: object, headers?: Record<string, string>) =>
  stage.call(method, url, { token, payload, headers });
const register = (account = newAccount(), headers?: Record<string, string>) => stage.register(account, { headers });
const signIn = (email: string, password: string, headers?: Record<string, string>) =>
  stage.signIn(email, password, { headers });
const check = (body: object) => stage.check(body);

describe(`${contract.registerUser.method} ${contract.registerUser.path}`, () => {
  it("creates an account, signs in, and gives browsers cookies that scripts cannot read", async () => {
    const { reply, user, token, email } = await register();
    expect(reply.statusCode).toBe(201);
    expect(user).toMatchObject({ email: email.toLowerCase(), name: "Ada", roles: [] });
    const [session, device] = reply.headers["set-cookie"] as string[];
    expect(session).toMatch(/^__Host-session=[\w.-]+; Path=\/; Max-Age=863\d\d; HttpOnly; SameSite=Strict; Secure$/);
    expect(device).toMatch(/^__Host-device=[\w-]{43}; /);
    expect((await call("GET", "/v1/users/me", token)).json()).toEqual(user);
  });

  it.each([
    ["a short password", { password: "1234567" }],
    ["a huge password", { password: "x".repeat(129) }],
    ["no address", { email: "ada" }],
    ["a role", { roles: ["admin"] }],
  ])("refuses %s", async (_, change) => {
    expect((await call("POST", "/v1/users", undefined, { ...newAccount(), ...change })).statusCode).toBe(400);
  });

  it("begins with the currency in which the shop was seen, and with EUR where nobody says so", async () => {
    const chosen = await call("POST", "/v1/users", undefined, { ...newAccount(), currency: "GBP" });
    const preferences = async (token: string) => (await call("GET", "/v1/users/me/preferences", token)).json();
    expect(await preferences(chosen.json().token)).toMatchObject({ currency: "GBP" });
    expect(await preferences((await register()).token)).toMatchObject({ currency: "EUR" });
  });

  it("stores no password", async () => {
    const { user, password } = await register();
    const { rows } = await stage.postgres.query<Record<string, unknown>>("SELECT * FROM users WHERE id = $1", [
      user.id,
    ]);
    expect(JSON.stringify(rows)).not.toContain(password);
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe(`${contract.signIn.method} ${contract.signIn.path}`, () => {
  it("gives a token that says who and until when, signed by the first key", async () => {
    const { email, password, user } = await register();
    const { token } = (await signIn(email, password)).json();
    const { header, payload } = jwt.decode(token, { complete: true })!;
    expect(header).toMatchObject({ alg: "ES256", kid: "k2" });
    expect(payload).toMatchObject({ iss: "https://shop.example", aud: "tradepost", sub: user.id });
    const { exp, iat, jti, sid } = payload as Record<string, number>;
    expect(exp! - iat!).toBe(86_400);
    expect([jti, sid].every((id) => typeof id === "string")).toBe(true);
  });

  it("says the same of a wrong password and an unknown address", async () => {
    const { email } = await register();
    const wrong = await signIn(email, "wrong password");
    const unknown = await signIn(`nobody.${randomUUIDv7()}@example.com`, "wrong password");
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, "credentials.invalid"]);
    const { requestId: _a, ...first } = wrong.json();
    const { requestId: _b, ...second } = unknown.json();
    expect(second).toEqual(first);
  });

  it("makes an outgrown hash anew", async () => {
    const { email, password, user } = await register();
    const weak = "$argon2id$v=19$m=1024,t=1,p=1$";
    const { hash } = await outgrown(password, weak);
    await stage.postgres.query("UPDATE users SET password_hash = $2 WHERE id = $1", [user.id, hash]);
    expect((await signIn(email, password)).statusCode).toBe(201);
    const { rows } = await stage.postgres.query<{ password_hash: string }>(
      "SELECT password_hash FROM users WHERE id = $1",
      [user.id],
    );
    expect(rows[0]?.password_hash).toContain("m=19456");
  });

  it("does not bring an old password back that is changed in the same moment", async () => {
    const { email, password, user, token } = await register();
    const { hash } = await outgrown(password, "$argon2id$v=19$m=1024,t=1,p=1$");
    await stage.postgres.query("UPDATE users SET password_hash = $2 WHERE id = $1", [user.id, hash]);
    const query: Postgres["query"] = async (text, values) => {
      if (text.startsWith("UPDATE users"))
        await call("PUT", "/v1/users/me/password", token, { currentPassword: password, newPassword: "battery staple" });
      return stage.postgres.query(text, values);
    };
    const slow = composeUseCases(config, { ...stage.parts, postgres: { ...stage.postgres, query } });
    await expect(slow.signIn({ email, password }, HERE)).rejects.toMatchObject({ code: "credentials.invalid" });
    const { items } = (await call("GET", "/v1/sessions", token)).json();
    expect(items.map(({ id }: contract.Session) => id)).toEqual([sessionIdOf(token)]);
    expect((await signIn(email, password)).statusCode).toBe(401);
    expect((await signIn(email, "battery staple")).statusCode).toBe(201);
  });
});

describe("sessions", () => {
  it("are listed with their device, and ended one by one or all at once", async () => {
    const { email, password, token } = await register();
    const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    const other = (await signIn(email, password, { "user-agent": agent })).json();
    const { items } = (await call("GET", "/v1/sessions", token)).json();
    expect(items).toHaveLength(2);
    expect(items.find(({ current }: contract.Session) => !current)).toMatchObject({ device: "Firefox on Linux" });
    expect((await call("DELETE", `/v1/sessions/${sessionIdOf(other.token)}`, token)).statusCode).toBe(204);
    expect((await check({ sessionId: sessionIdOf(other.token) })).json()).toMatchObject({ code: "session.ended" });
    expect((await check({ sessionId: sessionIdOf(token) })).statusCode).toBe(200);
    await call("DELETE", "/v1/sessions", token);
    expect((await check({ sessionId: sessionIdOf(token) })).statusCode).toBe(401);
  });

  it("cannot be ended by somebody else", async () => {
    const [ada, eve] = [await register(), await register()];
    expect((await call("DELETE", `/v1/sessions/${sessionIdOf(ada.token)}`, eve.token)).statusCode).toBe(404);
    expect((await check({ sessionId: sessionIdOf(ada.token) })).statusCode).toBe(200);
  });

  it("end with signing out, which also clears the browser's cookie", async () => {
    const { token } = await register();
    const reply = await call("DELETE", "/v1/sessions/current", token);
    expect(reply.headers["set-cookie"]).toContain("__Host-session=; Path=/; Max-Age=0");
    expect((await check({ sessionId: sessionIdOf(token) })).json()).toMatchObject({ code: "session.ended" });
  });

  it("belong to the device whose key they began with", async () => {
    const { token } = await register(newAccount(), { "x-device-key": "device-one" });
    const sessionId = sessionIdOf(token);
    expect((await check({ sessionId, deviceKey: "device-one", network: "192.0.2.0/24" })).statusCode).toBe(200);
    expect((await check({ sessionId, deviceKey: "device-two" })).json()).toMatchObject({
      code: "session.other_device",
    });
    expect((await check({ sessionId, deviceKey: "device-one" })).json()).toMatchObject({ code: "session.ended" });
  });

  it("belong to a browser from its very first one, for which the browser had no key yet", async () => {
    const { token, reply } = await register(newAccount(), { "sec-fetch-site": "same-origin" });
    const sessionId = sessionIdOf(token);
    const deviceKey = /^__Host-device=([\w-]+)/.exec(String((reply.headers["set-cookie"] as string[])[1]))?.[1];
    expect((await check({ sessionId, deviceKey })).statusCode).toBe(200);
    expect((await check({ sessionId })).json()).toMatchObject({ code: "session.other_device" });
  });

  it("note a new network and carry the user's roles", async () => {
    const { email, password, user } = await register();
    await stage.postgres.query("UPDATE users SET roles = '{support}' WHERE id = $1", [user.id]);
    const { token } = (await signIn(email, password)).json();
    const answer = (await check({ sessionId: sessionIdOf(token), network: "198.51.100.0/24" })).json();
    expect(answer).toMatchObject({ userId: user.id, roles: ["support"] });
    const other = (await signIn(email, password)).json().token;
    const { items } = (await call("GET", "/v1/sessions", other)).json();
    expect(items.map(({ network }: contract.Session) => network)).toContain("198.51.100.0/24");
  });
});

describe(`${contract.changePassword.method} ${contract.changePassword.path}`, () => {
  it("needs the current one and ends every other session", async () => {
    const { email, password, token } = await register();
    const other = (await signIn(email, password)).json().token;
    const change = (currentPassword: string) =>
      call("PUT", "/v1/users/me/password", token, { currentPassword, newPassword: "another horse" });
    expect((await change("wrong")).json()).toMatchObject({ status: 422, errors: [{ path: "body.currentPassword" }] });
    expect((await change(password)).statusCode).toBe(204);
    expect((await check({ sessionId: sessionIdOf(other) })).statusCode).toBe(401);
    expect((await check({ sessionId: sessionIdOf(token) })).statusCode).toBe(200);
    expect((await signIn(email, password)).statusCode).toBe(401);
    expect((await signIn(email, "another horse")).statusCode).toBe(201);
  });
});

describe("the profile", () => {
  it("changes the name and some preferences", async () => {
    const { token } = await register(newAccount(), { "accept-language": "de" });
    expect((await call("PATCH", "/v1/users/me", token, { name: " Ada L. " })).json()).toMatchObject({ name: "Ada L." });
    expect((await call("GET", "/v1/users/me/preferences", token)).json()).toMatchObject({ locale: "de", sms: false });
    const changed = await call("PATCH", "/v1/users/me/preferences", token, { sms: true, currency: "GBP" });
    expect(changed.json()).toEqual({ locale: "de", currency: "GBP", marketing: false, sms: true });
  });

  it("is told to the order service, and to nobody else", async () => {
    const { user } = await register();
    const ask = (name: "order" | "cart") =>
      call("GET", `/internal/users/${user.id}/contact`, undefined, undefined, stage.serviceHeader(name));
    expect((await ask("order")).json()).toMatchObject({ email: user.email, preferences: { locale: "en" } });
    expect((await ask("cart")).statusCode).toBe(403);
  });
});

describe("addresses", () => {
  const address = { name: "Ada", line1: "Torstraße 1", city: "Berlin", postalCode: "10119", country: "DE" };
  const list = async (token: string): Promise<contract.SavedAddress[]> =>
    (await call("GET", "/v1/users/me/addresses", token)).json().items;
  const add = async (token: string, isDefault = false, change: object = {}) =>
    (await call("POST", "/v1/users/me/addresses", token, { address: { ...address, ...change }, isDefault })).json();

  it("have exactly one default, whatever is added or removed", async () => {
    const { token } = await register();
    const first = await add(token);
    const second = await add(token, true, { line1: "Torstraße 2" });
    expect((await list(token)).map(({ id, isDefault }) => [id, isDefault])).toEqual([
      [second.id, true],
      [first.id, false],
    ]);
    await call("DELETE", `/v1/users/me/addresses/${second.id}`, token);
    expect(await list(token)).toEqual([{ id: first.id, isDefault: true, address }]);
    await Promise.all(Array.from({ length: 5 }, () => add(token, true)));
    expect((await list(token)).filter(({ isDefault }) => isDefault)).toHaveLength(1);
  });

  it("are replaced, and are nobody else's business", async () => {
    const [ada, eve] = [await register(), await register()];
    const { id } = await add(ada.token);
    const change = { address: { ...address, city: "Potsdam" } };
    expect((await call("PUT", `/v1/users/me/addresses/${id}`, eve.token, change)).statusCode).toBe(404);
    expect((await call("DELETE", `/v1/users/me/addresses/${id}`, eve.token)).statusCode).toBe(404);
    expect((await call("PUT", `/v1/users/me/addresses/${id}`, ada.token, change)).json()).toMatchObject({
      address: { city: "Potsdam" },
      isDefault: true,
    });
  });

  it("refuse a country the shop does not know, a bad number, and a twenty-first", async () => {
    const { token } = await register();
    expect(await add(token, false, { country: "XX" })).toMatchObject({ code: "request.invalid" });
    expect(await add(token, false, { phone: "030 123" })).toMatchObject({ code: "request.invalid" });
    for (let i = 0; i < 20; i++) await add(token);
    expect(await add(token)).toMatchObject({ code: "address.too_many" });
  });
});

describe(`${contract.getJwks.method} ${contract.getJwks.path}`, () => {
  it("publishes the public halves of both keys, so that tokens of the older one stay valid", async () => {
    const { keys: published } = (await call("GET", contract.getJwks.path)).json();
    expect(published.map(({ kid }: { kid: string }) => kid)).toEqual(["k2", "k1"]);
    expect(JSON.stringify(published)).not.toContain('"d"');
    const older = composeUseCases(config, { ...stage.parts, signingKeys: () => stage.keys().slice(1) });
    const { email, password } = await register();
    const { token } = await older.signIn({ email, password }, HERE);
    expect((await call("GET", "/v1/users/me", token)).statusCode).toBe(200);
  });
});

describe("a browser's cookie", () => {
  it("signs in, but writes only from the shop's own pages", async () => {
    const { token } = await register();
    const patch = (headers: Record<string, string>) =>
      call("PATCH", "/v1/users/me", undefined, { name: "Mallory" }, { cookie: `__Host-session=${token}`, ...headers });
    expect((await patch({ origin: "https://evil.example" })).json()).toMatchObject({ code: "origin.refused" });
    expect((await patch({})).statusCode).toBe(403);
    expect((await patch({ origin: "https://shop.example" })).statusCode).toBe(200);
  });
});

/** A hash with parameters as weak as they were years ago. */
async function outgrown(password: string, prefix: string): Promise<{ hash: string }> {
  const { argon2Sync } = await import("node:crypto");
  const nonce = Buffer.alloc(16, 3);
  const parameters = { message: password, nonce, memory: 1024, passes: 1, parallelism: 1, tagLength: 32 };
  const text = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  return { hash: `${prefix}${text(nonce)}$${text(argon2Sync("argon2id", parameters))}` };
}
