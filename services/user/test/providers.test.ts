import { randomUUID } from "node:crypto";
import * as contract from "@tradepost/contracts/user-factors";
import { type OpenidServer, type Person, signInAtProvider, startOpenidServer } from "@tradepost/testing/openid-server";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CallOptions, type Stage, statusAndCode, userStage } from "./user-stage.ts";

const people = new Map<string, Person>();
let provider: OpenidServer;
let stage: Stage;
beforeAll(async () => {
  provider = await startOpenidServer("https://shop.example/sign-in/acme", (login) => people.get(login));
  const { issuer, clientId, clientSecret } = provider;
  const entry = { name: "Acme", issuer, clientId, clientSecret };
  stage = await userStage(undefined, {
    OIDC_PROVIDERS: [
      { ...entry, id: "acme" },
      { ...entry, id: "other" },
      { ...entry, id: "gone", issuer: "http://127.0.0.1:9" },
    ],
  });
});
afterAll(async () => {
  await stage.stop();
  await provider.stop();
});

const BROWSER = { "sec-fetch-site": "same-origin" };
const post = (path: string, payload?: object, options: CallOptions = {}) =>
  stage.call("POST", path, { payload, ...options });
function newPerson(person: Partial<Person> = {}): string {
  const login = randomUUID();
  people.set(login, { email: `${login}@Example.com`, emailVerified: true, name: "Grace Hopper", ...person });
  return login;
}

/** A browser that was sent to the provider, with the cookie that it was given on the way. */
async function leave(id = "acme") {
  const reply = await post(`/v1/sign-in-providers/${id}/authorizations`, undefined, { headers: BROWSER });
  expect(reply.statusCode).toBe(201);
  const device = /__Host-device=[\w-]+/.exec(String(reply.headers["set-cookie"]))?.[0] ?? "";
  return { url: new URL(reply.json().url), headers: { ...BROWSER, cookie: device } };
}
/** The same browser back from the provider, with code and state. */
async function comeBack(login: string, id = "acme") {
  const { url, headers } = await leave(id);
  const back = await signInAtProvider(url.href, login);
  const { code, state, iss } = Object.fromEntries(back.searchParams);
  return { answer: { code, state, iss } as Record<string, string>, headers, back };
}
async function arrive(login: string) {
  const { answer, headers } = await comeBack(login);
  return { headers, reply: await post("/v1/sign-in-providers/acme/sessions", answer, { headers }) };
}
const signIn = async (login: string) => (await arrive(login)).reply;

describe("signing in with an OpenID provider", () => {
  it("names the providers and nothing else about them", async () => {
    const reply = await stage.call("GET", "/v1/sign-in-providers");
    expect(reply.json().items).toContainEqual({ id: "acme", name: "Acme" });
    expect(reply.body).not.toContain(provider.clientSecret);
    expect(statusAndCode(await post("/v1/sign-in-providers/nobody/authorizations"))).toEqual([404, "provider.unknown"]);
  });

  it("asks for a code with PKCE, state and nonce, and leads back to the shop alone", async () => {
    const { url } = await leave();
    expect(url.origin).toBe(provider.issuer);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      ...{ response_type: "code", scope: "openid email profile", code_challenge_method: "S256" },
      redirect_uri: "https://shop.example/sign-in/acme",
    });
    for (const name of ["state", "nonce", "code_challenge"])
      expect(Buffer.from(url.searchParams.get(name) ?? "", "base64url")).toHaveLength(32);
  });

  it("opens an account of a proved address for somebody new, and finds it the next time", async () => {
    const login = newPerson();
    const first = await signIn(login);
    expect(first.statusCode).toBe(201);
    const { user } = first.json();
    expect(user).toMatchObject({ email: `${login}@example.com`, name: "Grace Hopper", emailVerified: true, roles: [] });
    expect(String(first.headers["set-cookie"])).toContain("__Host-session=");
    const { reply: second, headers } = await arrive(login);
    expect(second.json().user.id).toBe(user.id);
    // Its owner has no password: none fits, until a reset sets one.
    const factors = await stage.call("GET", "/v1/users/me/factors", { headers, token: second.json().token });
    expect(factors.json()).toMatchObject({ hasPassword: false, providers: [{ providerId: "acme", name: "Acme" }] });
    expect((await stage.signIn(user.email, "correct horse")).statusCode).toBe(401);
    await post("/v1/password-resets", { email: user.email });
    const token = await stage.linkToken(user.email, /Set a new password/);
    await post("/v1/password-resets/completion", { token, password: "another horse battery" });
    expect((await stage.signIn(user.email, "another horse battery")).statusCode).toBe(201);
  });

  it("joins the account whose address both sides have verified, and tells its owner", async () => {
    const account = await stage.registerVerified();
    const login = newPerson({ email: account.email });
    expect((await signIn(login)).json().user.id).toBe(account.user.id);
    expect((await stage.mailsTo(account.email)).map(({ subject }) => subject)).toContain(
      "The ways to sign in were changed",
    );
    // Somebody else at the same provider does not get in by the same address.
    expect(statusAndCode(await signIn(newPerson({ email: account.email })))).toEqual([409, "identity.taken"]);
  });

  it("does not join an account that never proved its address: who began it may be anybody", async () => {
    const squatter = await stage.register();
    const owner = (await signIn(newPerson({ email: squatter.email }))).json();
    expect(owner.user).toMatchObject({ email: squatter.email.toLowerCase(), emailVerified: true });
    expect(owner.user.id).not.toBe(squatter.user.id);
    expect((await stage.call("GET", "/v1/users/me", { token: squatter.token })).json().id).toBe(squatter.user.id);
  });

  it("joins and opens nothing for an address that the provider has not verified", async () => {
    const account = await stage.registerVerified();
    const login = newPerson({ email: account.email, emailVerified: false });
    expect(statusAndCode(await signIn(login))).toEqual([409, "provider.email_unverified"]);
    expect(statusAndCode(await signIn(newPerson({ emailVerified: false })))).toEqual([
      409,
      "provider.email_unverified",
    ]);
  });

  it("begins an account with the currency in which the shop was seen", async () => {
    const { answer, headers } = await comeBack(newPerson());
    const reply = await post("/v1/sign-in-providers/acme/sessions", { ...answer, currency: "USD" }, { headers });
    const preferences = await stage.call("GET", "/v1/users/me/preferences", { headers, token: reply.json().token });
    expect(preferences.json()).toMatchObject({ currency: "USD" });
  });

  it("S7: takes of a provider's words what a shopper could have typed, and no more", async () => {
    const name = `  Grace\u0000\r\nHopper \u{1F600}${"x".repeat(200)}`;
    const reply = await signIn(newPerson({ name }));
    expect(statusAndCode(reply)).toEqual([201, undefined]);
    expect(reply.json().user.name).toMatch(/^Grace Hopper \u{1F600}x+$/u);
    expect(reply.json().user.name.length).toBeLessThanOrEqual(120);
    const nameless = await signIn(newPerson({ name: "\u0000 \n" }));
    expect(nameless.json().user.name).toBe(nameless.json().user.email.split("@")[0]);
    for (const email of [
      "grace",
      "grace@exa\u0000mple.com",
      `${"g".repeat(250)}@example.com`,
      "GR\u0130CE@example.com",
    ])
      expect(statusAndCode(await signIn(newPerson({ email }))), email).toEqual([409, "provider.email_unverified"]);
  });

  it("of one person in two windows at once opens one account, and lets both in", async () => {
    const login = newPerson();
    const [one, two] = [await comeBack(login), await comeBack(login)];
    const arrivals = await Promise.all(
      [one, two].map(({ answer, headers }) => post("/v1/sign-in-providers/acme/sessions", answer, { headers })),
    );
    expect(arrivals.map(statusAndCode)).toEqual([
      [201, undefined],
      [201, undefined],
    ]);
    expect(new Set(arrivals.map((reply) => reply.json().user.id)).size).toBe(1);
  });

  it("S15: asks for the account's second factor as well", async () => {
    const account = await stage.registerVerified();
    const { secret } = (await post("/v1/users/me/totp", undefined, { token: account.token })).json();
    const app = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = () => {
      stage.advance(30_000);
      return app.generate({ timestamp: stage.parts.now?.().getTime() ?? 0 });
    };
    await post("/v1/users/me/totp/confirmation", { code: code() }, { token: account.token });
    const { answer, headers } = await comeBack(newPerson({ email: account.email }));
    const reply = await post("/v1/sign-in-providers/acme/sessions", answer, { headers });
    expect(statusAndCode(reply)).toEqual([401, "factor.required"]);
    const { challengeId } = contract.FactorChallenge.parse(reply.json());
    expect((await post("/v1/sessions/factors", { challengeId, totp: code() }, { headers })).statusCode).toBe(201);
  });
});

describe("answers that are refused", () => {
  const refuse = async (answer: object, headers: Record<string, string>, id = "acme") =>
    statusAndCode(await post(`/v1/sign-in-providers/${id}/sessions`, answer, { headers }));

  it("S5: another browser cannot finish what this one began, nor have this one finish what it began", async () => {
    const [hers, his] = [await comeBack(newPerson()), await comeBack(newPerson())];
    expect(await refuse(his.answer, hers.headers)).toEqual([401, "provider.refused"]);
    expect(await refuse(hers.answer, BROWSER)).toEqual([401, "provider.refused"]);
  });

  it("S5: an answer counts once, for its own provider, and its state must be one of ours", async () => {
    const { answer, headers } = await comeBack(newPerson());
    expect(await refuse({ ...answer, state: randomUUID() }, headers)).toEqual([401, "provider.refused"]);
    expect(await refuse(answer, headers)).toEqual([201, undefined]);
    expect(await refuse(answer, headers)).toEqual([401, "provider.refused"]);
    const mixed = await comeBack(newPerson());
    expect(await refuse(mixed.answer, mixed.headers, "other")).toEqual([401, "provider.refused"]);
  });

  it("S5: a code of another sign-in is refused by PKCE, an invented one by the provider, a strange issuer by us", async () => {
    const [first, second] = [await comeBack(newPerson()), await comeBack(newPerson())];
    const stolen = { ...first.answer, code: second.answer.code };
    expect(await refuse(stolen, first.headers)).toEqual([401, "provider.refused"]);
    const invented = await comeBack(newPerson());
    expect(await refuse({ ...invented.answer, code: "invented" }, invented.headers)).toEqual([401, "provider.refused"]);
    const strange = await comeBack(newPerson());
    const [status] = await refuse({ ...strange.answer, iss: "https://evil.example" }, strange.headers);
    expect(status).not.toBe(201);
  });

  it("S9: a provider that is away, or does not know us, is said to be unavailable and nothing more", async () => {
    const away = await post("/v1/sign-in-providers/gone/authorizations");
    expect(statusAndCode(away)).toEqual([503, "provider.unavailable"]);
    expect(Number(away.headers["retry-after"])).toBeGreaterThan(0);
    expect(away.body).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|client/);
  });
});

describe("joining a provider to an account", () => {
  it("is done by whoever is signed in, whatever the address there, and undone", async () => {
    const account = await stage.registerVerified();
    const login = newPerson({ emailVerified: false });
    const { answer, headers } = await comeBack(login);
    const options = { headers, token: account.token };
    const linked = await post("/v1/users/me/identities", { ...answer, providerId: "acme" }, options);
    expect(linked.statusCode).toBe(201);
    expect((await signIn(login)).json().user.id).toBe(account.user.id);
    const unlink = () => stage.call("DELETE", "/v1/users/me/identities/acme", { token: account.token });
    expect((await unlink()).statusCode).toBe(204);
    expect(statusAndCode(await unlink())).toEqual([404, "identity.not_found"]);
    expect(statusAndCode(await signIn(login))).toEqual([409, "provider.email_unverified"]);
  });

  it("is refused for somebody who is joined to another account, and needs a step-up", async () => {
    const login = newPerson();
    await signIn(login);
    const eve = await stage.register();
    const { answer, headers } = await comeBack(login);
    const body = { ...answer, providerId: "acme" };
    expect(statusAndCode(await post("/v1/users/me/identities", body, { headers, token: eve.token }))).toEqual([
      ...[409, "identity.taken"],
    ]);
    stage.advance(6 * 60_000);
    const late = await comeBack(newPerson());
    const again = { ...late.answer, providerId: "acme" };
    expect(
      statusAndCode(await post("/v1/users/me/identities", again, { headers: late.headers, token: eve.token })),
    ).toEqual([401, "session.step_up_required"]);
  });

  it("keeps the only way in", async () => {
    const { reply: signedIn, headers } = await arrive(newPerson());
    const { token } = signedIn.json();
    const reply = await stage.call("DELETE", "/v1/users/me/identities/acme", { headers, token });
    expect(statusAndCode(reply)).toEqual([409, "identity.last"]);
  });
});
