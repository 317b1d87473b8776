import { randomUUIDv7 } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newAccount, type Stage, userStage } from "./user-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

const registerWith = (password: string) => stage.call("POST", "/v1/users", { payload: { ...newAccount(), password } });

describe("S1: passwords", () => {
  it.each([
    ["7 characters", "aB3$xyz", 400],
    ["8 characters of one kind", "mxqzkvwj", 201],
    ["128 characters", "correct horse ".repeat(10).slice(0, 128), 201],
    ["129 characters", "x".repeat(129), 400],
    ["spaces and letters beyond ASCII", "ein grüner Hügel 🌄", 201],
  ])("S1: %s", async (_, password, status) => {
    expect((await registerWith(password)).statusCode).toBe(status);
  });

  it.each(["password123", "PASSWORD123", "iloveyou1", "12345678", "qwertyuiop"])(
    "S1: %s, which stands in lists of stolen ones, is refused",
    async (password) => {
      const reply = await registerWith(password);
      expect([reply.statusCode, reply.json()]).toMatchObject([
        422,
        { code: "password.breached", errors: [{ path: "body.password" }] },
      ]);
    },
  );

  it("S1: a stolen one is refused in a change and a reset as well, and the link stays usable", async () => {
    const { email, password, token } = await stage.registerVerified();
    const change = await stage.call("PUT", "/v1/users/me/password", {
      token,
      payload: { currentPassword: password, newPassword: "password123" },
    });
    expect(change.json()).toMatchObject({ code: "password.breached", errors: [{ path: "body.newPassword" }] });
    await stage.call("POST", "/v1/password-resets", { payload: { email } });
    const link = await stage.linkToken(email, /Set a new password/);
    const reset = (newPassword: string) =>
      stage.call("POST", "/v1/password-resets/completion", { payload: { token: link, password: newPassword } });
    expect((await reset("password123")).json()).toMatchObject({ code: "password.breached" });
    expect((await reset("another horse")).statusCode).toBe(204);
  });

  it("S1: keys pressed on another system give the same password", async () => {
    const email = `ada.${randomUUIDv7()}@example.com`;
    await stage.register({ email, password: "Zürich am See", name: "Ada" });
    expect((await stage.signIn(email, "Zu\u0308rich am See")).statusCode).toBe(201);
  });
});
