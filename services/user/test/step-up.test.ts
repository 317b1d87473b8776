import * as contract from "@tradepost/contracts/user-factors";
import { newAuthenticator } from "@tradepost/testing/authenticator";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CallOptions, type Stage, statusAndCode, userStage } from "./user-stage.ts";

const SHOP = "https://shop.example";
const STEP_UP = [401, "session.step_up_required"];
const INVALID = [422, "factor.invalid"];
let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

const post = (path: string, token: string, payload?: object, options: CallOptions = {}) =>
  stage.call("POST", path, { token, payload, ...options });
const stepUp = (token: string, proof: object, options: CallOptions = {}) =>
  post("/v1/sessions/current/step-up", token, proof, options);
/** Something sensitive that may be asked for again and again. */
const isProved = async (token: string): Promise<boolean> => {
  const reply = await stage.call("GET", "/v1/users/me/export", { token });
  if (reply.statusCode !== 200) expect(statusAndCode(reply)).toEqual(STEP_UP);
  return reply.statusCode === 200;
};
/** Later than five minutes after whatever was shown, and than the minute in which attempts are counted. */
const later = () => stage.advance(6 * 60_000);
const codeOf = (app: TOTP): string => {
  stage.advance(30_000);
  return app.generate({ timestamp: stage.parts.now?.().getTime() ?? 0 });
};

async function withApp() {
  const account = await stage.registerVerified();
  const { secret } = (await post("/v1/users/me/totp", account.token)).json();
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  const reply = await post("/v1/users/me/totp/confirmation", account.token, { code: codeOf(app) });
  later();
  return { ...account, app, codes: reply.json().recoveryCodes as string[] };
}
async function withPasskey() {
  const account = await stage.registerVerified();
  const device = newAuthenticator(SHOP);
  const { options } = (await post("/v1/users/me/passkey-challenges", account.token)).json();
  const passkey = device.create(contract.PasskeyCreation.parse(options));
  const added = await post("/v1/users/me/passkeys", account.token, { name: "Phone", passkey });
  expect(added.statusCode).toBe(201);
  later();
  return { ...account, device, id: String(added.json().passkey.id) };
}
async function question(token: string, alone = true): Promise<contract.PasskeyRequest> {
  const reply = await post("/v1/sessions/current/passkey-challenges", token, { alone });
  expect(reply.statusCode).toBe(201);
  return contract.PasskeyRequest.parse(reply.json().options);
}

describe("S4: a step-up of an account with an authenticator app", () => {
  it("takes the password and the app's code, and neither alone", async () => {
    const { token, password, app } = await withApp();
    const refusal = await stepUp(token, { password });
    expect(statusAndCode(refusal)).toEqual([401, "factor.required"]);
    expect(refusal.json().methods).toEqual(["totp", "recoveryCode"]);
    expect((await stepUp(token, { totp: codeOf(app) })).statusCode).toBe(400);
    const wrong = await stepUp(token, { password: "wrong", totp: codeOf(app) });
    expect(statusAndCode(wrong)).toEqual([422, "credentials.invalid"]);
    expect(await isProved(token)).toBe(false);
    expect((await stepUp(token, { password, totp: codeOf(app) })).statusCode).toBe(204);
    expect(await isProved(token)).toBe(true);
  });

  it("counts each code once", async () => {
    const { token, password, app } = await withApp();
    const totp = codeOf(app);
    expect((await stepUp(token, { password, totp })).statusCode).toBe(204);
    expect(statusAndCode(await stepUp(token, { password, totp }))).toEqual(INVALID);
  });

  it("takes a recovery code in the app's place, once", async () => {
    const { token, password, codes } = await withApp();
    const [recoveryCode = ""] = codes;
    expect((await stepUp(token, { password, recoveryCode })).statusCode).toBe(204);
    expect(await isProved(token)).toBe(true);
    expect(statusAndCode(await stepUp(token, { password, recoveryCode }))).toEqual(INVALID);
  });

  it("is what a change with the password in it needs as well", async () => {
    const { token, password, app } = await withApp();
    const change = (currentPassword: string) =>
      stage.call("PUT", "/v1/users/me/password", { token, payload: { currentPassword, newPassword: "another horse" } });
    expect(statusAndCode(await change(password))).toEqual(STEP_UP);
    // The refused try has not proved anything for the next one.
    expect(await isProved(token)).toBe(false);
    expect((await stepUp(token, { password, totp: codeOf(app) })).statusCode).toBe(204);
    expect(statusAndCode(await change("wrong"))).toEqual([422, "credentials.invalid"]);
    expect((await change(password)).statusCode).toBe(204);
  });

  it("S6: codes cannot be guessed by who has the password", async () => {
    const { token, password } = await withApp();
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await stepUp(token, { password, totp: "000000" })).statusCode);
    // The set-up has used one attempt of this minute.
    expect(statuses).toEqual([422, 422, 422, 422, 429]);
  });
});

describe("S4: a step-up by passkey", () => {
  it("needs no password where the device has verified its user", async () => {
    const { token, device } = await withPasskey();
    const request = await question(token);
    expect(request).toMatchObject({ userVerification: "required", rpId: "shop.example" });
    expect(request.allowCredentials).toHaveLength(1);
    expect((await stepUp(token, { passkey: device.get(request) })).statusCode).toBe(204);
    expect(await isProved(token)).toBe(true);
  });

  it("with the password takes a device that has not verified its user, and without it does not", async () => {
    const { token, password, device } = await withPasskey();
    expect(statusAndCode(await stepUp(token, { password }))).toEqual([401, "factor.required"]);
    const alone = device.get(await question(token), { userVerified: false });
    expect(statusAndCode(await stepUp(token, { passkey: alone }))).toEqual(INVALID);
    const request = await question(token, false);
    expect(request.userVerification).toBe("preferred");
    const passkey = device.get(request, { userVerified: false });
    expect((await stepUp(token, { password, passkey })).statusCode).toBe(204);
  });

  it("takes an answer once, within five minutes, and only from the session that was asked", async () => {
    const { token, email, device } = await withPasskey();
    const passkey = device.get(await question(token));
    const both = await Promise.all([stepUp(token, { passkey }), stepUp(token, { passkey })]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 422]);

    const start = (await stage.call("POST", "/v1/sessions/passkey-challenges")).json();
    const signedIn = await stage.call("POST", "/v1/sessions/passkeys", {
      payload: { challengeId: start.challengeId, passkey: device.get(contract.PasskeyRequest.parse(start.options)) },
    });
    const { token: other, user } = signedIn.json();
    expect(user.email).toBe(email.toLowerCase());
    const hers = device.get(await question(token));
    expect(statusAndCode(await stepUp(other, { passkey: hers }))).toEqual(INVALID);

    const late = device.get(await question(token));
    later();
    expect(statusAndCode(await stepUp(token, { passkey: late }))).toEqual(INVALID);
  });

  it("refuses another account's passkey, an answer of another site's page, and one that was removed", async () => {
    const [ada, eve] = [await withPasskey(), await withPasskey()];
    const foreign = eve.device.get(await question(ada.token));
    expect(statusAndCode(await stepUp(ada.token, { passkey: foreign }))).toEqual(INVALID);
    const elsewhere = ada.device.get(await question(ada.token), { origin: "https://evil.example" });
    expect(statusAndCode(await stepUp(ada.token, { passkey: elsewhere }))).toEqual(INVALID);
    const removed = ada.device.get(await question(ada.token));
    await stage.postgres.query("DELETE FROM passkeys WHERE id = $1", [ada.id]);
    expect(statusAndCode(await stepUp(ada.token, { passkey: removed }))).toEqual(INVALID);
    expect(await isProved(ada.token)).toBe(false);
  });

  it("asks nobody who has none", async () => {
    const { token } = await stage.register();
    expect(statusAndCode(await post("/v1/sessions/current/passkey-challenges", token, { alone: true }))).toEqual([
      ...[409, "factor.none"],
    ]);
  });
});

it("S4: without a second factor the password is enough", async () => {
  const { token, password } = await stage.registerVerified();
  later();
  expect(await isProved(token)).toBe(false);
  expect((await stepUp(token, { password })).statusCode).toBe(204);
  expect(await isProved(token)).toBe(true);
});
