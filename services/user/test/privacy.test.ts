import * as contract from "@tradepost/contracts/user";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, sessionIdOf, userStage } from "./user-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

const ADDRESS = { name: "Ada", line1: "Torstraße 1", city: "Berlin", postalCode: "10119", country: "DE" };
const exportOf = (token: string, from?: string) => stage.call("GET", "/v1/users/me/export", { token, from });
/** Every row of every table that holds the text. */
async function rowsWith(text: string): Promise<string[]> {
  const { rows: tables } = await stage.postgres.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await stage.postgres.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" AS t`);
      return rows.filter(({ row }) => row.includes(text)).map(() => name);
    }),
  );
  return found.flat();
}

describe("S16: export", () => {
  it("S16: holds all that is kept, and nothing that only the shop may know", async () => {
    const { email, password, token, user } = await stage.registerVerified();
    await stage.signIn(email, password, { headers: { "x-device-key": "second device" } });
    await stage.call("POST", "/v1/users/me/addresses", { token, payload: { address: ADDRESS } });
    const reply = await exportOf(token);
    const data = contract.PersonalData.parse(reply.json());
    expect(data).toMatchObject({
      account: { id: user.id, email: email.toLowerCase(), name: "Ada", emailVerified: true },
      preferences: { locale: "en", marketing: false },
      security: { pinNetwork: false },
      addresses: [{ address: ADDRESS, isDefault: true }],
    });
    expect([data.sessions.length, data.devices.length]).toEqual([2, 2]);
    expect(reply.headers["cache-control"]).toBe("no-store");
    expect(reply.body).not.toMatch(/argon2|password|hash/i);
  });

  it("S16: is the owner's alone, who shows the password first on a new network", async () => {
    const [ada, eve] = [await stage.registerVerified(), await stage.registerVerified()];
    expect((await exportOf(eve.token)).body).not.toContain(ada.user.id);
    expect((await exportOf(ada.token, "198.51.100.7")).json()).toMatchObject({
      ...{ status: 401, code: "session.step_up_required" },
    });
  });
});

describe("S16: erasing", () => {
  it("S16: leaves nothing of the account, ends its sessions, tells its owner and the other services", async () => {
    const { email, password, token, user } = await stage.registerVerified();
    const other = (await stage.signIn(email, password)).json().token;
    await stage.call("POST", "/v1/users/me/addresses", { token, payload: { address: ADDRESS } });
    await stage.call("POST", "/v1/password-resets", { payload: { email } });
    await stage.mailsTo(email);
    expect((await stage.call("DELETE", "/v1/users/me", { token })).statusCode).toBe(204);
    for (const each of [token, other])
      expect((await stage.check({ sessionId: sessionIdOf(each) })).json()).toMatchObject({ code: "session.ended" });
    expect((await stage.signIn(email, password)).statusCode).toBe(401);
    expect((await stage.mailsTo(email)).at(-1)).toMatchObject({ subject: "Your account was deleted" });
    expect(await rowsWith(email.toLowerCase())).toEqual([]);
    // But for the event, which names the account and nobody.
    expect(await rowsWith(user.id)).toEqual(["outbox"]);
    const { rows } = await stage.postgres.query<{ envelope: unknown }>(
      "SELECT envelope FROM outbox WHERE aggregate_id = $1",
      [user.id],
    );
    expect(rows.map(({ envelope }) => contract.userErased.envelope.parse(envelope).payload)).toEqual([
      { userId: user.id },
    ]);
    const { reply } = await stage.registerVerified({ email, password, name: "Ada again" });
    expect(reply.json().user.id).not.toBe(user.id);
  });
});
