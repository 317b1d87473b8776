import { randomUUIDv7 } from "node:crypto";
import type { Client } from "@tradepost/api-client/client";
import type { OrderRecord } from "@tradepost/contracts/order";
import { PersonalData } from "@tradepost/contracts/privacy";
import * as contract from "@tradepost/contracts/user";
import { NotAccepted } from "@tradepost/mail/mail-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPersonalDataSources } from "../src/clients/personal-data.ts";
import { recordAudit } from "../src/use-cases/record-audit.ts";
import { type Stage, sessionIdOf, userStage } from "./user-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

const ADDRESS = { name: "Ada", line1: "Torstraße 1", city: "Berlin", postalCode: "10119", country: "DE" };
const callerOf = (token: string) => ({ sessionId: sessionIdOf(token), network: "192.0.2.0/24" });
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
    const data = PersonalData.parse(reply.json());
    expect(data).toMatchObject({
      account: { id: user.id, email: email.toLowerCase(), name: "Ada", emailVerified: true },
      preferences: { locale: "en", marketing: false },
      security: { pinNetwork: false },
      addresses: [{ address: ADDRESS, isDefault: true }],
    });
    expect([data.sessions.length, data.devices.length]).toEqual([2, 2]);
    expect(reply.headers["cache-control"]).toBe("no-store");
    expect(reply.body).not.toMatch(/argon2|"\w*hash|sealed|publicKey/i);
    expect(reply.body).not.toContain(password);
  });

  it("S16: holds what other services keep and what staff did to it, without saying who of them", async () => {
    const { token, user } = await stage.registerVerified();
    const [orderId, actorId] = [randomUUIDv7(), randomUUIDv7()];
    const order = { id: orderId, number: "7K2M-X9QD" } as OrderRecord;
    stage.parts.personalData.ordersOf = async (userId) => (userId === user.id ? [order] : []);
    stage.parts.personalData.cartOf = async () => [{ sku: "MUG-BLUE", quantity: 2 }];
    const subjects = [`order:${orderId}`, `user:${user.id}`, `order:${randomUUIDv7()}`];
    for (const [second, subject] of subjects.entries())
      await recordAudit(stage.postgres, {
        ...{ id: randomUUIDv7(), service: "order", route: "POST /v1/admin/x", actorId, subject, requestId: null },
        ...{ before: { status: "confirmed" }, after: { status: "shipped" }, at: new Date(second * 1000).toISOString() },
      });
    const data = await stage.useCases.exportAccount({ userId: user.id, ...callerOf(token) });
    expect(data.orders).toEqual([order]);
    expect(data.cart).toEqual([{ sku: "MUG-BLUE", quantity: 2 }]);
    expect(data.staffActions.map(({ subject }) => subject)).toEqual([`order:${orderId}`, `user:${user.id}`]);
    expect(JSON.stringify(data)).not.toContain(actorId);
  });

  it("S16: is whole or is not: a service that is away makes it a problem", async () => {
    const { token } = await stage.registerVerified();
    const away = () => Promise.reject(new Error("away"));
    Object.assign(stage.parts.personalData, createPersonalDataSources({ order: away, cart: away }));
    const reply = await exportOf(token);
    expect(reply.json()).toMatchObject({ status: 503, code: "export.incomplete" });
    expect(reply.headers["retry-after"]).toBe("30");
  });

  it("S16: reads orders to the last page", async () => {
    const pages = [["a", "b"], ["c"]];
    const order = (async (_route: unknown, { query }: { query: { cursor?: string } }) => {
      const index = Number(query.cursor ?? 0);
      return { items: pages[index]?.map((id) => ({ id })), nextCursor: index === 0 ? "1" : null };
    }) as unknown as Client;
    const found = await createPersonalDataSources({ order, cart: order }).ordersOf("u");
    expect(found.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  it("S16: forgets no table: each that knows users is exported, or is a key that opens the account", async () => {
    const { rows } = await stage.postgres.query<{ name: string }>(
      `SELECT DISTINCT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'user_id' ORDER BY 1`,
    );
    const exported = ["addresses", "known_devices", "passkeys", "identities", "totp_secrets", "recovery_codes"];
    expect(rows.map(({ name }) => name).sort()).toEqual([...exported, "link_tokens"].sort());
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
    stage.mails.failNext(() => {
      throw new NotAccepted("busy");
    });
    await stage.call("POST", "/v1/password-resets", { payload: { email } });
    await stage.useCases.sendDueMails();
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
