import { randomUUIDv7 } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newAccount, type Stage, sessionIdOf, statusAndCode, userStage } from "./user-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

const HOUR_MS = 3_600_000;
const prove = (link: string, token?: string, password?: string) =>
  stage.call("POST", "/v1/users/verification", { token, payload: { token: link, password } });
const reset = (token: string, password = "another horse") =>
  stage.call("POST", "/v1/password-resets/completion", { payload: { token, password } });
const askReset = (email: string) => stage.call("POST", "/v1/password-resets", { payload: { email } });
const me = async (token: string) => (await stage.call("GET", "/v1/users/me", { token })).json();

describe("the link that proves an address", () => {
  it("is mailed in the shopper's language, without the name that anybody could have typed, and works once", async () => {
    const account = { ...newAccount(), name: "Buy at evil.example" };
    const { token } = await stage.register(account, { headers: { "accept-language": "de-AT" } });
    expect(await me(token)).toMatchObject({ emailVerified: false });
    const [mail] = await stage.mailsTo(account.email);
    expect(mail).toMatchObject({ subject: "Bestätigen Sie Ihre E-Mail-Adresse" });
    expect(mail!.html).toContain("https://shop.example/account/verify#token=");
    expect(JSON.stringify(mail)).not.toContain("evil.example");
    const link = /#token=([\w-]{43})/.exec(mail!.text)![1]!;
    expect((await prove(link, token)).statusCode).toBe(204);
    expect(await me(token)).toMatchObject({ emailVerified: true });
    expect((await prove(link)).json()).toMatchObject({ status: 422, code: "link.invalid" });
    const again = await stage.call("POST", "/v1/users/me/verification", { token });
    expect(again.json()).toMatchObject({ status: 409, code: "email.verified" });
  });

  it("is stored as a hash, expires after a day, and can be asked for again", async () => {
    const { email, token } = await stage.register();
    const old = await stage.linkToken(email, /Confirm/);
    const { rows } = await stage.postgres.query("SELECT * FROM link_tokens");
    expect(JSON.stringify(rows)).not.toContain(old);
    stage.advance(25 * HOUR_MS);
    expect((await prove(old)).json()).toMatchObject({ code: "link.invalid" });
    stage.advance(-25 * HOUR_MS);
    expect((await stage.call("POST", "/v1/users/me/verification", { token })).statusCode).toBe(204);
    expect((await prove(await stage.linkToken(email, /Confirm/), token)).statusCode).toBe(204);
  });

  it("S2: is of use to who holds the account as well: by its session or its password, and is not used up by others", async () => {
    const [account, other] = [await stage.register(), await stage.register()];
    const link = await stage.linkToken(account.email, /Confirm/);
    const [stranger, elsewhere] = [await prove(link), await prove(link, other.token)];
    expect([stranger, elsewhere].map(statusAndCode)).toEqual(Array(2).fill([401, "password.required"]));
    const wrong = await prove(link, undefined, "a wrong horse");
    expect(wrong.json()).toMatchObject({
      status: 422,
      code: "credentials.invalid",
      errors: [{ path: "body.password" }],
    });
    expect(await me(account.token)).toMatchObject({ emailVerified: false });
    // As on a phone, where nobody is signed in, or somebody else.
    expect((await prove(link, other.token, account.password)).statusCode).toBe(204);
    expect(await me(account.token)).toMatchObject({ emailVerified: true });
  });

  it("S6: gives nobody who reads the mail more than five guesses a minute at the password", async () => {
    const { email, password } = await stage.register();
    const link = await stage.linkToken(email, /Confirm/);
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await prove(link, undefined, "a wrong horse")).statusCode);
    expect(statuses).toEqual([422, 422, 422, 422, 422]);
    expect((await prove(link, undefined, password)).statusCode).toBe(429);
  });

  it("is nothing that can be guessed or used for something else", async () => {
    expect((await prove("x".repeat(43))).json()).toMatchObject({ code: "link.invalid" });
    expect((await prove("short")).statusCode).toBe(400);
    const { email } = await stage.register();
    expect((await reset(await stage.linkToken(email, /Confirm/))).json()).toMatchObject({ code: "link.invalid" });
  });
});

describe("a password reset", () => {
  it("sets the password once, ends all sessions and tells the owner", async () => {
    const { email, password, token } = await stage.registerVerified();
    await askReset(email);
    const link = await stage.linkToken(email, /Set a new password/);
    expect((await reset(link)).statusCode).toBe(204);
    expect((await stage.check({ sessionId: sessionIdOf(token) })).json()).toMatchObject({ code: "session.ended" });
    expect((await stage.signIn(email, password)).statusCode).toBe(401);
    expect((await stage.signIn(email, "another horse")).statusCode).toBe(201);
    expect((await reset(link)).json()).toMatchObject({ status: 422, code: "link.invalid" });
    const mails = await stage.mailsTo(email);
    expect(mails.map(({ subject }) => subject)).toContain("Your password was changed");
  });

  it("expires after an hour, and a second link dies with the first one's use", async () => {
    const { email } = await stage.registerVerified();
    await askReset(email);
    const first = await stage.linkToken(email, /Set a new password/);
    await askReset(email);
    const second = await stage.linkToken(email, /Set a new password/);
    stage.advance(61 * 60_000);
    expect((await reset(first)).json()).toMatchObject({ code: "link.invalid" });
    stage.advance(-61 * 60_000);
    expect((await reset(first)).statusCode).toBe(204);
    expect((await reset(second)).json()).toMatchObject({ code: "link.invalid" });
  });

  it("proves the address, since the link came through it", async () => {
    const { email } = await stage.register();
    await askReset(email);
    expect((await reset(await stage.linkToken(email, /Set a new password/))).statusCode).toBe(204);
    expect((await stage.signIn(email, "another horse")).json()).toMatchObject({ user: { emailVerified: true } });
  });

  it("happens once when two use the link at the same moment", async () => {
    const { email } = await stage.registerVerified();
    await askReset(email);
    const link = await stage.linkToken(email, /Set a new password/);
    const statuses = await Promise.all(
      ["horse number one", "horse number two"].map((password) => reset(link, password)),
    );
    expect(statuses.map(({ statusCode }) => statusCode).sort()).toEqual([204, 422]);
  });
});

describe("another e-mail address", () => {
  const change = (token: string, email: string, currentPassword: string) =>
    stage.call("PUT", "/v1/users/me/email", { token, payload: { email, currentPassword } });

  it("takes effect when it is proved, and the old one is told", async () => {
    const { email, password, token } = await stage.registerVerified();
    const next = `next.${randomUUIDv7()}@example.com`;
    expect((await change(token, next, password)).json()).toEqual({ linkExpiresInSeconds: 86_400 });
    expect(await me(token)).toMatchObject({ email: email.toLowerCase() });
    const link = await stage.linkToken(next, /new e-mail/);
    expect(statusAndCode(await prove(link))).toEqual([401, "password.required"]);
    expect((await prove(link, token)).statusCode).toBe(204);
    expect(await me(token)).toMatchObject({ email: next, emailVerified: true });
    expect((await stage.mailsTo(email)).at(-1)).toMatchObject({ subject: "Your e-mail address was changed" });
    expect((await stage.signIn(email, password)).statusCode).toBe(401);
    expect((await stage.signIn(next, password)).statusCode).toBe(201);
  });

  it("makes a reset link useless that was mailed to the old one", async () => {
    const { email, password, token } = await stage.registerVerified();
    await askReset(email);
    const link = await stage.linkToken(email, /Set a new password/);
    const next = `next.${randomUUIDv7()}@example.com`;
    await change(token, next, password);
    expect((await prove(await stage.linkToken(next, /new e-mail/), token)).statusCode).toBe(204);
    expect((await reset(link)).json()).toMatchObject({ code: "link.invalid" });
  });
});
