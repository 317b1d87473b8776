import { createHash, randomUUID } from "node:crypto";
import { auditRecorded } from "@tradepost/contracts/audit";
import * as contract from "@tradepost/contracts/user-factors";
import { runProgram } from "@tradepost/testing/run-program";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stepOfCode, totpCode, totpStep } from "../src/domain/totp.ts";
import { type CallOptions, problemOf, type Stage, sessionIdOf, statusAndCode, userStage } from "./user-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

const post = (path: string, token?: string, payload?: object, options: CallOptions = {}) =>
  stage.call("POST", path, { token, payload, ...options });
/** The app's code by the stage's clock. Each call moves it on, as a code counts once. */
const codeOf = (app: TOTP): string => {
  stage.advance(30_000);
  return app.generate({ timestamp: stage.parts.now?.().getTime() ?? 0 });
};

/** An account with an authenticator app, and the codes it came with. */
async function withApp() {
  const account = await stage.registerVerified();
  const { secret, uri } = (await post("/v1/users/me/totp", account.token)).json();
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  const reply = await post("/v1/users/me/totp/confirmation", account.token, { code: codeOf(app) });
  expect(reply.statusCode).toBe(201);
  return { ...account, app, secret: String(secret), uri: String(uri), codes: reply.json().recoveryCodes as string[] };
}
async function challengeOf({ email, password }: { email: string; password: string }, options: CallOptions = {}) {
  const reply = await stage.signIn(email, password, options);
  expect([reply.statusCode, reply.json().code]).toEqual([401, "factor.required"]);
  return { reply, ...contract.FactorChallenge.parse(reply.json()) };
}
const answer = (challengeId: string, factor: object, options: CallOptions = {}) =>
  post("/v1/sessions/factors", undefined, { challengeId, ...factor }, options);

describe("codes of authenticator apps", () => {
  // RFC 6238, appendix B, SHA-1; the last six of its eight digits.
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("are those of RFC 6238 at %d s", (seconds, code) => {
    const secret = Buffer.from("12345678901234567890");
    expect(totpCode(secret, totpStep(new Date(seconds * 1000)))).toBe(code);
  });

  it("count one step early and late, and no further", () => {
    const secret = Buffer.from("12345678901234567890");
    const now = new Date(1_700_000_010_000);
    const found = [-2, -1, 0, 1, 2].map((drift) => stepOfCode(secret, totpCode(secret, totpStep(now) + drift), now));
    const step = totpStep(now);
    expect(found).toEqual([undefined, step - 1, step, step + 1, undefined]);
  });
});

describe("setting an authenticator app up", () => {
  it("S15: gives a secret that any app understands, and ten recovery codes once a code of it is shown", async () => {
    const { token, email, app, uri, secret, codes } = await withApp();
    const parsed = new URL(uri);
    expect(parsed.searchParams.get("secret")).toBe(secret);
    expect(decodeURIComponent(parsed.pathname)).toContain(email.toLowerCase());
    expect(app.secret.bytes).toHaveLength(20);
    expect(new Set(codes).size).toBe(10);
    expect(codes.every((code) => /^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/.test(code))).toBe(true);
    const factors = (await stage.call("GET", "/v1/users/me/factors", { token })).json();
    expect(factors).toMatchObject({ hasPassword: true, recoveryCodesLeft: 10, passkeys: [], providers: [] });
    expect(factors.totp.since).toBeTruthy();
    expect((await stage.mailsTo(email)).map(({ subject }) => subject)).toContain("The ways to sign in were changed");
  });

  it("S10: keeps the secret sealed and the codes hashed", async () => {
    const { secret, codes } = await withApp();
    const { rows } = await stage.postgres.query<{ row: string }>(
      "SELECT encode(sealed, 'escape') AS row FROM totp_secrets UNION ALL SELECT encode(hash, 'hex') FROM recovery_codes",
    );
    const stored = JSON.stringify(rows);
    for (const plain of [Secret.fromBase32(secret).latin1, secret, ...codes, codes[0]?.replaceAll("-", "") ?? ""])
      expect(stored).not.toContain(plain);
    const hash = createHash("sha256")
      .update(codes[0]?.replaceAll("-", "") ?? "")
      .digest("hex");
    expect(stored).toContain(hash);
  });

  it("S10: a new key takes a secret over when a code of it is shown; then the old key can go", async () => {
    const account = await withApp();
    stage.addFactorKey("f2");
    const first = await challengeOf(account);
    expect((await answer(first.challengeId, { totp: codeOf(account.app) })).statusCode).toBe(201);
    stage.dropFactorKey("f1");
    const second = await challengeOf(account);
    expect((await answer(second.challengeId, { totp: codeOf(account.app) })).statusCode).toBe(201);
  });

  it("S10: a sealed secret opens for its owner alone", async () => {
    const [ada, eve] = [await withApp(), await withApp()];
    await stage.postgres.query(
      `UPDATE totp_secrets AS hers SET sealed = his.sealed, key_id = his.key_id
       FROM totp_secrets AS his WHERE hers.user_id = $1 AND his.user_id = $2`,
      [ada.user.id, eve.user.id],
    );
    const { challengeId } = await challengeOf(ada);
    expect((await answer(challengeId, { totp: codeOf(eve.app) })).statusCode).toBe(500);
  });

  it("S4: needs the password from a session that has not shown it lately", async () => {
    const { token, password } = await stage.register();
    stage.advance(6 * 60_000);
    expect(statusAndCode(await post("/v1/users/me/totp", token))).toEqual([401, "session.step_up_required"]);
    await post("/v1/sessions/current/step-up", token, { password });
    expect((await post("/v1/users/me/totp", token)).statusCode).toBe(201);
  });

  it("ends the other sessions, which have shown no factor", async () => {
    const account = await stage.registerVerified();
    const other = (await stage.signIn(account.email, account.password)).json().token;
    const { secret } = (await post("/v1/users/me/totp", account.token)).json();
    const app = new TOTP({ secret: Secret.fromBase32(secret) });
    await post("/v1/users/me/totp/confirmation", account.token, { code: codeOf(app) });
    expect((await stage.check({ sessionId: sessionIdOf(other) })).statusCode).toBe(401);
    expect((await stage.check({ sessionId: sessionIdOf(account.token) })).statusCode).toBe(200);
  });

  it("does not replace an app in use, refuses a wrong code, and counts for nothing before it is confirmed", async () => {
    const { token } = await withApp();
    expect(statusAndCode(await post("/v1/users/me/totp", token))).toEqual([409, "totp.active"]);
    const fresh = await stage.register();
    expect(statusAndCode(await post("/v1/users/me/totp/confirmation", fresh.token, { code: "123456" }))).toEqual([
      ...[409, "totp.not_set_up"],
    ]);
    const { secret } = (await post("/v1/users/me/totp", fresh.token)).json();
    const wrong = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: 0 });
    expect(statusAndCode(await post("/v1/users/me/totp/confirmation", fresh.token, { code: wrong }))).toEqual([
      ...[422, "factor.invalid"],
    ]);
    expect((await stage.signIn(fresh.email, fresh.password)).statusCode).toBe(201);
  });
});

describe("remove-factors", () => {
  const run = (...args: string[]) =>
    runProgram(new URL("../src/remove-factors.ts", import.meta.url), args, {
      ...{ DATABASE_URL: stage.databaseUrl, REDIS_URL: stage.redisUrl },
    });

  it("S15: lets an owner in again who has lost all factors, ends the sessions, tells the owner and the audit log", async () => {
    const account = await withApp();
    expect((await run("--email", account.email)).stdout).toBe("removed: totp\n");
    expect((await stage.check({ sessionId: sessionIdOf(account.token) })).statusCode).toBe(401);
    expect((await stage.signIn(account.email, account.password)).statusCode).toBe(201);
    const mails = (await stage.mailsTo(account.email)).map(({ subject }) => subject);
    expect(mails.filter((subject) => subject === "The ways to sign in were changed")).toHaveLength(2);
    const { rows } = await stage.postgres.query<{ envelope: unknown }>(
      "SELECT envelope FROM outbox WHERE aggregate_id = $1",
      [`audit:user:${account.user.id}`],
    );
    expect(rows.map(({ envelope }) => auditRecorded.envelope.parse(envelope).payload)).toMatchObject([
      { route: "command remove-factors", actorId: null, before: { factors: ["totp"] }, after: { factors: [] } },
    ]);
    expect((await run("--email", account.email)).stdout).toBe("removed: none\n");
    expect((await run("--email", `nobody.${randomUUID()}@example.com`)).code).toBe(1);
  });
});

describe("S15: signing in with a second factor", () => {
  it("S15: the password alone gives no session; the app's code does", async () => {
    const account = await withApp();
    const { reply, challengeId, methods } = await challengeOf(account);
    expect(methods).toEqual(["totp", "recoveryCode"]);
    expect(String(reply.headers["set-cookie"])).not.toContain("session=");
    const signedIn = await answer(challengeId, { totp: codeOf(account.app) });
    expect(signedIn.statusCode).toBe(201);
    expect(signedIn.json()).toMatchObject({ user: { id: account.user.id } });
    expect(String(signedIn.headers["set-cookie"])).toContain("__Host-session=");
  });

  it("S15: a code counts once, also at the same moment, and a challenge once", async () => {
    const account = await withApp();
    const challenges = [await challengeOf(account), await challengeOf(account), await challengeOf(account)];
    const totp = codeOf(account.app);
    const replies = await Promise.all(challenges.map(({ challengeId }) => answer(challengeId, { totp })));
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([201, 422, 422]);
    const used = challenges[replies.findIndex(({ statusCode }) => statusCode === 201)];
    stage.advance(61_000);
    expect(statusAndCode(await answer(used?.challengeId ?? "", { totp: codeOf(account.app) }))).toEqual([
      ...[401, "factor.expired"],
    ]);
  });

  it("S15: a recovery code works once, however it is written, and is one less", async () => {
    const account = await withApp();
    const [code = ""] = account.codes;
    const first = await challengeOf(account);
    const written = code.replaceAll("-", " ").toLowerCase();
    const signedIn = await answer(first.challengeId, { recoveryCode: written });
    expect(signedIn.statusCode).toBe(201);
    const again = await challengeOf(account);
    expect(statusAndCode(await answer(again.challengeId, { recoveryCode: code }))).toEqual([422, "factor.invalid"]);
    const { token } = signedIn.json();
    expect((await stage.call("GET", "/v1/users/me/factors", { token })).json().recoveryCodesLeft).toBe(9);
    const renewed = await post("/v1/users/me/recovery-codes", token);
    expect(renewed.json().recoveryCodes).toHaveLength(10);
    const [, old = ""] = account.codes;
    expect((await answer(again.challengeId, { recoveryCode: old })).statusCode).toBe(422);
  });

  it("S15: another device cannot go on, and ends the try", async () => {
    const account = await withApp();
    const at = (key: string) => ({ headers: { "x-device-key": key } });
    const { challengeId } = await challengeOf(account, at("hers"));
    const totp = codeOf(account.app);
    expect(statusAndCode(await answer(challengeId, { totp }, at("his")))).toEqual([401, "factor.expired"]);
    expect(statusAndCode(await answer(challengeId, { totp }, at("hers")))).toEqual([401, "factor.expired"]);
  });

  it("S15: a browser is given its device key with the question, and must bring it with the answer", async () => {
    const account = await withApp();
    const browser = { headers: { "sec-fetch-site": "same-origin" } };
    const { reply, challengeId } = await challengeOf(account, browser);
    const key = /__Host-device=([\w-]+)/.exec(String(reply.headers["set-cookie"]))?.[1];
    expect(key).toBeTruthy();
    const cookie = { headers: { ...browser.headers, cookie: `__Host-device=${key}` } };
    expect((await answer(challengeId, { totp: codeOf(account.app) }, cookie)).statusCode).toBe(201);
  });

  it("S15: five minutes are enough, and a new password ends the try", async () => {
    const account = await withApp();
    const late = await challengeOf(account);
    stage.advance(5 * 60_000 + 1_000);
    expect(statusAndCode(await answer(late.challengeId, { totp: codeOf(account.app) }))).toEqual([
      ...[401, "factor.expired"],
    ]);
    const { challengeId } = await challengeOf(account);
    await post("/v1/password-resets", undefined, { email: account.email });
    const token = await stage.linkToken(account.email, /Set a new password/);
    await post("/v1/password-resets/completion", undefined, { token, password: "another horse battery" });
    expect(statusAndCode(await answer(challengeId, { totp: codeOf(account.app) }))).toEqual([401, "factor.expired"]);
    // A mailed link does not stand in for the factor.
    await challengeOf({ email: account.email, password: "another horse battery" });
  });

  it("S6: codes cannot be guessed: five a minute per account, over all challenges", async () => {
    const account = await withApp();
    stage.advance(3_600_000);
    const challenges = [await challengeOf(account), await challengeOf(account)];
    const statuses: number[] = [];
    // The set-up has used one attempt of this minute.
    for (let i = 0; i < 6; i++)
      statuses.push((await answer(challenges[i % 2]?.challengeId ?? "", { totp: "000000" })).statusCode);
    expect(statuses).toEqual([422, 422, 422, 422, 429, 429]);
    const right = await answer(challenges[0]?.challengeId ?? "", { totp: codeOf(account.app) });
    expect(right.statusCode).toBe(429);
    expect(Number(right.headers["retry-after"])).toBeGreaterThan(0);
  });

  it("S2: with a wrong password nothing tells whether there is a factor", async () => {
    const [withFactor, without] = [await withApp(), await stage.registerVerified()];
    const replies = [
      await stage.signIn(withFactor.email, "wrong password"),
      await stage.signIn(without.email, "wrong password"),
      await stage.signIn(`nobody.${randomUUID()}@example.com`, "wrong password"),
    ];
    expect(replies.map((reply) => problemOf(reply))).toEqual(Array(3).fill(problemOf(replies[0] as never)));
  });

  it("S15: staff may do what their roles permit with a second factor only, and not after it is removed", async () => {
    const account = await stage.registerVerified();
    await stage.postgres.query("UPDATE users SET roles = '{support}' WHERE id = $1", [account.user.id]);
    const { token } = (await stage.signIn(account.email, account.password)).json();
    const permissions = async () => (await stage.check({ sessionId: sessionIdOf(token) })).json().permissions;
    expect(await permissions()).toEqual([]);
    const { secret } = (await post("/v1/users/me/totp", token)).json();
    const app = new TOTP({ secret: Secret.fromBase32(secret) });
    await post("/v1/users/me/totp/confirmation", token, { code: codeOf(app) });
    expect(await permissions()).toContain("orders.read");
    const { challengeId } = await challengeOf(account);
    const again = (await answer(challengeId, { totp: codeOf(app) })).json().token;
    expect((await stage.check({ sessionId: sessionIdOf(again) })).json().permissions).toContain("orders.read");
    expect((await stage.call("DELETE", "/v1/users/me/totp", { token: again })).statusCode).toBe(204);
    expect(await permissions()).toEqual([]);
    expect((await stage.signIn(account.email, account.password)).statusCode).toBe(201);
    expect((await stage.call("GET", "/v1/users/me/factors", { token: again })).json()).toMatchObject({
      ...{ totp: null, recoveryCodesLeft: 0 },
    });
  });
});
