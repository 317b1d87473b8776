import * as contract from "@tradepost/contracts/user-factors";
import { newAuthenticator } from "@tradepost/testing/authenticator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CallOptions, type Stage, sessionIdOf, statusAndCode, userStage } from "./user-stage.ts";

const SHOP = "https://shop.example";
let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

const post = (path: string, token?: string, payload?: object, options: CallOptions = {}) =>
  stage.call("POST", path, { token, payload, ...options });

async function creationFor(token: string): Promise<contract.PasskeyCreation> {
  const reply = await post("/v1/users/me/passkey-challenges", token);
  expect(reply.statusCode).toBe(201);
  return contract.PasskeyCreation.parse(reply.json().options);
}
async function withPasskey(circumstances = {}) {
  const account = await stage.registerVerified();
  const device = newAuthenticator(SHOP);
  const passkey = device.create(await creationFor(account.token), circumstances);
  const reply = await post("/v1/users/me/passkeys", account.token, { name: "Phone", passkey });
  expect(reply.statusCode).toBe(201);
  return { ...account, device, id: String(reply.json().passkey.id), codes: reply.json().recoveryCodes as string[] };
}
async function signInQuestion(options: CallOptions = {}) {
  const reply = await post("/v1/sessions/passkey-challenges", undefined, undefined, options);
  const { challengeId, options: request } = reply.json();
  return { reply, challengeId: String(challengeId), request: contract.PasskeyRequest.parse(request) };
}
const signIn = (challengeId: string, passkey: contract.PasskeyAssertion, options: CallOptions = {}) =>
  post("/v1/sessions/passkeys", undefined, { challengeId, passkey }, options);

describe("keeping passkeys", () => {
  it("adds, lists, renames and removes one; the first factor brings recovery codes, the last takes them along", async () => {
    const { token, id, codes, email } = await withPasskey();
    expect(codes).toHaveLength(10);
    const second = await post("/v1/users/me/passkeys", token, {
      name: "Key",
      passkey: newAuthenticator(SHOP).create(await creationFor(token)),
    });
    expect(second.json().recoveryCodes).toBeUndefined();
    const renamed = await stage.call("PATCH", `/v1/users/me/passkeys/${id}`, { token, payload: { name: "Old phone" } });
    expect(renamed.json()).toMatchObject({ id, name: "Old phone", backedUp: false, lastUsedAt: null });
    const listed = (await stage.call("GET", "/v1/users/me/factors", { token })).json();
    expect(listed.passkeys.map(({ name }: { name: string }) => name)).toEqual(["Old phone", "Key"]);
    for (const each of listed.passkeys)
      expect((await stage.call("DELETE", `/v1/users/me/passkeys/${each.id}`, { token })).statusCode).toBe(204);
    const left = (await stage.call("GET", "/v1/users/me/factors", { token })).json();
    expect(left).toMatchObject({ passkeys: [], recoveryCodesLeft: 0 });
    expect((await stage.mailsTo(email)).map(({ subject }) => subject)).toContain("The ways to sign in were changed");
  });

  it("asks for the device's own verification, names known devices, and is bound to the shop's host", async () => {
    const { token, email } = await withPasskey();
    const options = await creationFor(token);
    expect(options).toMatchObject({
      rp: { id: "shop.example", name: "Tradepost" },
      user: { name: email.toLowerCase(), displayName: "Ada" },
      authenticatorSelection: { residentKey: "required" },
    });
    expect(options.excludeCredentials).toHaveLength(1);
    expect(Buffer.from(options.challenge, "base64url")).toHaveLength(32);
  });

  it.each([
    ["another site's page", { origin: "https://shop.example.evil.example" }],
    ["another host's key", { rpId: "evil.example" }],
    ["another challenge", { challenge: Buffer.alloc(32).toString("base64url") }],
  ])("refuses an answer of %s", async (_what, circumstances) => {
    const { token } = await stage.register();
    const passkey = newAuthenticator(SHOP).create(await creationFor(token), circumstances);
    expect(statusAndCode(await post("/v1/users/me/passkeys", token, { name: "x", passkey }))).toEqual([
      ...[422, "passkey.refused"],
    ]);
  });

  it("takes an answer once, and only from the session that asked", async () => {
    const [ada, eve] = [await stage.register(), await stage.register()];
    const passkey = newAuthenticator(SHOP).create(await creationFor(ada.token));
    const body = { name: "x", passkey };
    expect((await post("/v1/users/me/passkeys", eve.token, body)).statusCode).toBe(422);
    expect((await post("/v1/users/me/passkeys", ada.token, body)).statusCode).toBe(201);
    expect((await post("/v1/users/me/passkeys", ada.token, body)).statusCode).toBe(422);
  });

  it("S8: another shopper's passkey is not there", async () => {
    const [ada, eve] = [await withPasskey(), await stage.register()];
    const path = `/v1/users/me/passkeys/${ada.id}`;
    const renaming = await stage.call("PATCH", path, { token: eve.token, payload: { name: "Mine" } });
    const removing = await stage.call("DELETE", path, { token: eve.token });
    expect([renaming, removing].map(statusAndCode)).toEqual(Array(2).fill([404, "passkey.not_found"]));
  });

  it("S4: adding and removing need the password from a session that has not shown it lately", async () => {
    const { token, id } = await withPasskey();
    stage.advance(6 * 60_000);
    const replies = [
      await post("/v1/users/me/passkey-challenges", token),
      await stage.call("DELETE", `/v1/users/me/passkeys/${id}`, { token }),
    ];
    expect(replies.map(statusAndCode)).toEqual(Array(2).fill([401, "session.step_up_required"]));
  });
});

describe("S15: signing in with a passkey alone", () => {
  it("S15: gives a session that counts as one with a second factor", async () => {
    const { user, device } = await withPasskey();
    await stage.postgres.query("UPDATE users SET roles = '{support}' WHERE id = $1", [user.id]);
    const { challengeId, request } = await signInQuestion();
    expect(request).toMatchObject({ allowCredentials: [], userVerification: "required", rpId: "shop.example" });
    const reply = await signIn(challengeId, device.get(request));
    expect(reply.statusCode).toBe(201);
    expect(reply.json().user.id).toBe(user.id);
    const check = await stage.check({ sessionId: sessionIdOf(reply.json().token) });
    expect(check.json().permissions).toContain("orders.read");
  });

  it.each([
    ["of another site's page", { origin: "https://evil.example" }],
    ["for another host", { rpId: "evil.example" }],
    ["to another challenge", { challenge: Buffer.alloc(32).toString("base64url") }],
    ["of a device that did not verify its user", { userVerified: false }],
    ["in another user's name", { userHandle: Buffer.from("somebody").toString("base64url") }],
  ])("S15: refuses an answer %s", async (_what, circumstances) => {
    const { device } = await withPasskey();
    const { challengeId, request } = await signInQuestion();
    expect(statusAndCode(await signIn(challengeId, device.get(request, circumstances)))).toEqual([
      ...[401, "passkey.refused"],
    ]);
  });

  it("S15: refuses a stranger's passkey, a signature of another key, and one that was removed", async () => {
    const { device, token, id } = await withPasskey();
    const ask = async (answer: (request: contract.PasskeyRequest) => contract.PasskeyAssertion) => {
      const { challengeId, request } = await signInQuestion();
      return (await signIn(challengeId, answer(request))).statusCode;
    };
    expect(await ask((request) => newAuthenticator(SHOP).get(request, { userHandle: "x" }))).toBe(401);
    const forged = (request: contract.PasskeyRequest) => {
      const [own, other] = [device.get(request), newAuthenticator(SHOP).get(request)];
      return { ...own, response: { ...own.response, signature: other.response.signature } };
    };
    expect(await ask(forged)).toBe(401);
    await stage.call("DELETE", `/v1/users/me/passkeys/${id}`, { token });
    expect(await ask((request) => device.get(request))).toBe(401);
  });

  it("S15: takes each answer once, within five minutes, from the device that asked", async () => {
    const { device } = await withPasskey();
    const once = await signInQuestion();
    const answer = device.get(once.request);
    const replies = await Promise.all([signIn(once.challengeId, answer), signIn(once.challengeId, answer)]);
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([201, 401]);

    const elsewhere = await signInQuestion({ headers: { "x-device-key": "hers" } });
    const his = { headers: { "x-device-key": "his" } };
    expect((await signIn(elsewhere.challengeId, device.get(elsewhere.request), his)).statusCode).toBe(401);

    const late = await signInQuestion();
    stage.advance(5 * 60_000 + 1_000);
    expect((await signIn(late.challengeId, device.get(late.request))).statusCode).toBe(401);
  });

  it("S15: refuses a copy of a device that counts", async () => {
    const { device } = await withPasskey({ counter: 1 });
    const use = async (counter: number) => {
      const { challengeId, request } = await signInQuestion();
      return (await signIn(challengeId, device.get(request, { counter }))).statusCode;
    };
    expect([await use(2), await use(3), await use(3), await use(2)]).toEqual([201, 201, 401, 401]);
  });

  it("S2: the question is the same whoever asks", async () => {
    const [first, second] = [await signInQuestion(), await signInQuestion()];
    const shapeOf = ({ request }: typeof first) => ({ ...request, challenge: "" });
    expect(shapeOf(first)).toEqual(shapeOf(second));
  });
});

describe("S15: a passkey as the second factor", () => {
  it("S15: is asked for after the password, and need not be verified by the device again", async () => {
    const { email, password, device } = await withPasskey();
    const asked = await stage.signIn(email, password);
    const { challengeId, methods, passkey } = contract.FactorChallenge.parse(asked.json());
    expect(methods).toEqual(["passkey", "recoveryCode"]);
    expect(passkey?.allowCredentials).toHaveLength(1);
    if (!passkey) throw new Error("no passkey is asked for");
    const stranger = newAuthenticator(SHOP).get(passkey);
    expect((await post("/v1/sessions/factors", undefined, { challengeId, passkey: stranger })).statusCode).toBe(422);
    const answer = device.get(passkey, { userVerified: false });
    expect((await post("/v1/sessions/factors", undefined, { challengeId, passkey: answer })).statusCode).toBe(201);
    expect((await post("/v1/sessions/factors", undefined, { challengeId, passkey: answer })).statusCode).toBe(401);
  });

  it("S15: one of another account does not do", async () => {
    const [ada, eve] = [await withPasskey(), await withPasskey()];
    const { challengeId, passkey } = contract.FactorChallenge.parse(
      (await stage.signIn(ada.email, ada.password)).json(),
    );
    if (!passkey) throw new Error("no passkey is asked for");
    const reply = await post("/v1/sessions/factors", undefined, { challengeId, passkey: eve.device.get(passkey) });
    expect(statusAndCode(reply)).toEqual([422, "factor.invalid"]);
  });
});
