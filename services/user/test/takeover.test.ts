import * as contract from "@tradepost/contracts/user-factors";
import { newAuthenticator } from "@tradepost/testing/authenticator";
import { type OpenidServer, type Person, signInAtProvider, startOpenidServer } from "@tradepost/testing/openid-server";
import { waitFor } from "@tradepost/testing/wait-for";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashPassword } from "../src/domain/password.ts";
import { type CallOptions, newAccount, type Stage, statusAndCode, userStage } from "./user-stage.ts";

/** Whoever got into an account once, or began one in somebody else's name, tries to stay. */
const SHOP = "https://shop.example";
const people = new Map<string, Person>();
let provider: OpenidServer;
let stage: Stage;
beforeAll(async () => {
  provider = await startOpenidServer(`${SHOP}/sign-in/acme`, (login) => people.get(login));
  const { issuer, clientId, clientSecret } = provider;
  stage = await userStage(undefined, {
    OIDC_PROVIDERS: [{ id: "acme", name: "Acme", issuer, clientId, clientSecret }],
  });
});
afterAll(async () => {
  await stage.stop();
  await provider.stop();
});

const post = (path: string, payload?: object, options: CallOptions = {}) =>
  stage.call("POST", path, { payload, ...options });
const put = (path: string, payload: object, token: string) => stage.call("PUT", path, { payload, token });
const ADDRESS = { name: "Stranger", line1: "Elsewhere 1", city: "Berlin", postalCode: "10119", country: "DE" };
const STEP_UP = [401, "session.step_up_required"];

const nextCode = (secret: string): string => {
  stage.advance(30_000);
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  return app.generate({ timestamp: stage.parts.now?.().getTime() ?? 0 });
};
const setUpTotp = async (token: string): Promise<string> =>
  (await post("/v1/users/me/totp", undefined, { token })).json().secret;
const confirmTotp = (token: string, secret: string) =>
  post("/v1/users/me/totp/confirmation", { code: nextCode(secret) }, { token });

async function newPasskey(token: string) {
  const reply = await post("/v1/users/me/passkey-challenges", undefined, { token });
  const device = newAuthenticator(SHOP);
  return { device, passkey: device.create(contract.PasskeyCreation.parse(reply.json().options)) };
}
async function signInByPasskey(device: ReturnType<typeof newAuthenticator>) {
  const { challengeId, options } = (await post("/v1/sessions/passkey-challenges")).json();
  const passkey = device.get(contract.PasskeyRequest.parse(options));
  return post("/v1/sessions/passkeys", { challengeId, passkey });
}

/** What the provider sends a browser back with, and that browser. */
async function atProvider(login: string) {
  const reply = await post("/v1/sign-in-providers/acme/authorizations", undefined, {
    headers: { "sec-fetch-site": "same-origin" },
  });
  const cookie = /__Host-device=[\w-]+/.exec(String(reply.headers["set-cookie"]))?.[0] ?? "";
  const back = await signInAtProvider(reply.json().url, login);
  const { code, state, iss } = Object.fromEntries(back.searchParams);
  return { answer: { code, state, iss }, headers: { "sec-fetch-site": "same-origin", cookie } };
}

async function resetPassword(email: string, password = "the owner's own"): Promise<void> {
  await post("/v1/password-resets", { email });
  const token = await stage.linkToken(email, /Set a new password/);
  const reply = await post("/v1/password-resets/completion", { token, password });
  expect(reply.statusCode).toBe(204);
}

/**
 * Has `attempt` begin, and wait for the account, while its password becomes another one: as if the owner's reset had come
 * a moment before.
 */
async function whilePasswordChanges<T>(userId: string, attempt: () => Promise<T>): Promise<T> {
  const anew = await hashPassword("the owner's own");
  const { running } = await stage.postgres.transact(async (tx) => {
    await tx.query("UPDATE users SET password_hash = $2 WHERE id = $1", [userId, anew]);
    const running = attempt();
    await waitFor(async () => (await waiting()) > 0, {
      timeoutMs: 30_000,
      what: "the attempt to wait for the account",
    });
    return { running };
  });
  return running;
}
async function waiting(): Promise<number> {
  const { rows } = await stage.postgres.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows[0]?.n ?? 0;
}

describe("S2: an account that a stranger began with the owner's address, once the owner's reset proves it", () => {
  it("opens to nothing of the stranger's: no app, no passkey, no provider; and ships to none of their addresses", async () => {
    const stranger = await stage.register();
    const { token } = stranger;
    const { device, passkey } = await newPasskey(token);
    expect((await post("/v1/users/me/passkeys", { name: "Phone", passkey }, { token })).statusCode).toBe(201);
    const secret = await setUpTotp(token);
    expect((await confirmTotp(token, secret)).statusCode).toBe(201);
    people.set("stranger", { email: "stranger@example.com", emailVerified: false, name: "Stranger" });
    const { answer, headers } = await atProvider("stranger");
    const linked = await post("/v1/users/me/identities", { ...answer, providerId: "acme" }, { token, headers });
    expect(linked.statusCode).toBe(201);
    expect((await post("/v1/users/me/addresses", { address: ADDRESS }, { token })).statusCode).toBe(201);

    await resetPassword(stranger.email);
    const owner = await stage.signIn(stranger.email, "the owner's own");
    expect(statusAndCode(owner)).toEqual([201, undefined]);
    const factors = await stage.call("GET", "/v1/users/me/factors", { token: owner.json().token });
    expect(factors.json()).toMatchObject({ totp: null, passkeys: [], providers: [], recoveryCodesLeft: 0 });
    const addresses = await stage.call("GET", "/v1/users/me/addresses", { token: owner.json().token });
    expect(addresses.json()).toEqual({ items: [] });
    expect(statusAndCode(await signInByPasskey(device))).toEqual([401, "passkey.refused"]);
    const again = await atProvider("stranger");
    expect(
      (await post("/v1/sign-in-providers/acme/sessions", again.answer, { headers: again.headers })).statusCode,
    ).toBe(409);
  });

  it("is nothing that the owner's click proves, who does not hold it; and so nothing of it outlives the reset", async () => {
    const stranger = await stage.register();
    const { token, email } = stranger;
    expect((await confirmTotp(token, await setUpTotp(token))).statusCode).toBe(201);
    const link = await stage.linkToken(email, /Confirm your e-mail/);
    expect(statusAndCode(await post("/v1/users/verification", { token: link }))).toEqual([401, "password.required"]);
    await resetPassword(email);
    expect(statusAndCode(await stage.signIn(email, "the owner's own"))).toEqual([201, undefined]);
    expect(statusAndCode(await stage.signIn(email, stranger.password))).toEqual([401, "credentials.invalid"]);
  });

  it("keeps the factors of an owner who had proved the address before", async () => {
    const { token, email } = await stage.registerVerified();
    expect((await confirmTotp(token, await setUpTotp(token))).statusCode).toBe(201);
    await resetPassword(email);
    expect(statusAndCode(await stage.signIn(email, "the owner's own"))).toEqual([401, "factor.required"]);
  });
});

describe("S3: a new password ends what was begun with the old one", () => {
  const moveTo = (email: string, token: string) => put("/v1/users/me/email", { email }, token);
  const useLink = (token: string) => post("/v1/users/verification", { token });

  it.each(["changed", "reset"])("a link that moves the account to another address, when it is %s", async (how) => {
    const { token, email } = await stage.registerVerified();
    const thief = newAccount().email;
    expect((await moveTo(thief, token)).statusCode).toBe(202);
    const link = await stage.linkToken(thief, /new e-mail address/);
    if (how === "reset") await resetPassword(email);
    else expect((await put("/v1/users/me/password", { newPassword: "the owner's own" }, token)).statusCode).toBe(204);
    expect(statusAndCode(await useLink(link))).toEqual([422, "link.invalid"]);
  });

  it.each(["changed", "reset"])("a mail with such a link that waits to be sent, when it is %s", async (how) => {
    const { token, email } = await stage.registerVerified();
    const thief = newAccount().email;
    if (how === "reset") await post("/v1/password-resets", { email });
    const link = how === "reset" ? await stage.linkToken(email, /Set a new password/) : "";
    expect((await moveTo(thief, token)).statusCode).toBe(202);
    const newPassword = "the owner's own";
    const reply =
      how === "reset"
        ? await post("/v1/password-resets/completion", { token: link, password: newPassword })
        : await put("/v1/users/me/password", { newPassword }, token);
    expect(reply.statusCode).toBe(204);
    expect(await stage.mailsTo(thief)).toEqual([]);
  });

  it("the secret of an app that was offered and not confirmed", async () => {
    const { token, email } = await stage.registerVerified();
    const secret = await setUpTotp(token);
    await resetPassword(email);
    const { token: later } = (await stage.signIn(email, "the owner's own")).json();
    expect(statusAndCode(await confirmTotp(later, secret))).toEqual([409, "totp.not_set_up"]);
  });

  it.each<[string, (token: string) => Promise<() => Promise<{ statusCode: number; body: string }>>]>([
    [
      "another password",
      async (token) => () => put("/v1/users/me/password", { newPassword: "the thief's own" }, token),
    ],
    ["another address", async (token) => () => moveTo(newAccount().email, token)],
    ["a secret for an app", async (token) => () => post("/v1/users/me/totp", undefined, { token })],
    [
      "an app",
      async (token) => {
        const secret = await setUpTotp(token);
        return () => confirmTotp(token, secret);
      },
    ],
    [
      "a passkey",
      async (token) => {
        const { passkey } = await newPasskey(token);
        return () => post("/v1/users/me/passkeys", { name: "Phone", passkey }, { token });
      },
    ],
    [
      "a provider",
      async (token) => {
        people.set("thief", { email: "thief@example.com", emailVerified: true, name: "Thief" });
        const { answer, headers } = await atProvider("thief");
        return () => post("/v1/users/me/identities", { ...answer, providerId: "acme" }, { token, headers });
      },
    ],
    ["the account's end", async (token) => () => stage.call("DELETE", "/v1/users/me", { token })],
  ])("%s that was asked for just before", async (_what, prepare) => {
    const { token, user } = await stage.registerVerified();
    const attempt = await prepare(token);
    expect(statusAndCode(await whilePasswordChanges(user.id, attempt))).toEqual(STEP_UP);
    const { rows } = await stage.postgres.query<{ password_hash: string }>(
      "SELECT password_hash FROM users WHERE id = $1",
      [user.id],
    );
    expect(rows).toHaveLength(1);
  });

  it("an app's removal, and new recovery codes", async () => {
    for (const [method, path] of [
      ["DELETE", "/v1/users/me/totp"],
      ["POST", "/v1/users/me/recovery-codes"],
    ] as const) {
      const { token, user } = await stage.registerVerified();
      await confirmTotp(token, await setUpTotp(token));
      const attempt = () => stage.call(method, path, { token });
      expect(statusAndCode(await whilePasswordChanges(user.id, attempt))).toEqual(STEP_UP);
      const factors = (await stage.call("GET", "/v1/users/me/factors", { token })).json();
      expect(factors.totp, path).not.toBeNull();
    }
  });
});

describe("S9: whoever comes while the account is being deleted", () => {
  it.each<[string, (token: string) => Promise<{ statusCode: number; body: string }>]>([
    ["with an address", (token) => post("/v1/users/me/addresses", { address: ADDRESS }, { token })],
    ["with another password", (token) => put("/v1/users/me/password", { newPassword: "the owner's own" }, token)],
    ["for an app", (token) => post("/v1/users/me/totp", undefined, { token })],
  ])("%s is told that the session has ended, or to show who asks", async (_what, attempt) => {
    const { token, user } = await stage.registerVerified();
    const reply = await stage.postgres
      .transact(async (tx) => {
        await tx.query("DELETE FROM users WHERE id = $1", [user.id]);
        const running = attempt(token);
        await waitFor(async () => (await waiting()) > 0, { timeoutMs: 30_000, what: "the attempt to wait" });
        return { running };
      })
      .then(({ running }) => running);
    expect(reply.statusCode).toBe(401);
  });
});

describe("S4: an app's secret", () => {
  it("is confirmed by the session that asked for it, soon, and by no other", async () => {
    const { token, email, password } = await stage.registerVerified();
    const { token: other } = (await stage.signIn(email, password)).json();
    const secret = await setUpTotp(token);
    expect(statusAndCode(await confirmTotp(other, secret))).toEqual([409, "totp.not_set_up"]);
    stage.advance(16 * 60_000);
    expect(statusAndCode(await confirmTotp(token, secret))).toEqual([409, "totp.not_set_up"]);
  });
});
