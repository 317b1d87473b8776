import { randomUUIDv7 } from "node:crypto";
import { type AuditEntry, auditRecorded, listAudit } from "@tradepost/contracts/audit";
import { PERMISSIONS } from "@tradepost/contracts/route";
import { ROLES } from "@tradepost/contracts/staff";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assertRolesMayChange, permissionsOf, sessionPermissions } from "../src/domain/roles.ts";
import { userConsumers } from "../src/messaging/user-consumers.ts";
import { type Stage, sessionIdOf, userStage } from "./user-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await userStage();
});
afterAll(() => stage.stop());

/** Somebody whose session has shown a second factor. */
async function person(...roles: string[]) {
  const { email, password, user } = await stage.registerVerified();
  await stage.postgres.query("UPDATE users SET roles = $2 WHERE id = $1", [user.id, roles]);
  const { token } = (await stage.signIn(email, password)).json();
  const sessionId = sessionIdOf(token);
  await stage.redis.hset(`session:${sessionId}`, "secondFactorAt", new Date().toISOString());
  return { id: user.id, email: email.toLowerCase(), token, sessionId };
}
type Person = Awaited<ReturnType<typeof person>>;

const put = (by: Person, whom: string, roles: string[]) =>
  stage.call("PUT", `/v1/admin/users/${whom}/roles`, { token: by.token, payload: { roles } });
const permissionsNow = async ({ sessionId }: Person) => (await stage.check({ sessionId })).json().permissions;
/** Delivers the audit events of a subject, each twice as a broker may, and answers their entries. */
async function recordAudit(subject: string): Promise<AuditEntry[]> {
  const { rows } = await stage.postgres.query<{ envelope: unknown }>(
    "SELECT envelope FROM outbox WHERE aggregate_id = $1 ORDER BY seq",
    [`audit:${subject}`],
  );
  const [consumer] = userConsumers(stage.postgres.transact, stage.useCases);
  for (const { envelope } of rows) for (let i = 0; i < 2; i++) await consumer?.handle(envelope as never);
  return rows.map(({ envelope }) => auditRecorded.envelope.parse(envelope).payload);
}

describe("S15: roles", () => {
  it("S15: permit what their work needs; an auditor only reads, and nothing is left for nobody", () => {
    for (const permission of permissionsOf(["auditor"])) expect(permission).toMatch(/\.read$/);
    expect(permissionsOf(["warehouse"]).sort()).toEqual(["orders.read", "orders.ship"]);
    expect(permissionsOf(["support"]).sort()).toEqual(["orders.read", "orders.write", "users.read"]);
    expect(permissionsOf(["admin"]).sort()).toEqual([...PERMISSIONS].sort());
    expect(ROLES.filter((role) => permissionsOf([role]).includes("staff.write"))).toEqual(["admin"]);
    expect(permissionsOf(["constructor", "toString", "gone", ""])).toEqual([]);
  });

  it("S15: count for nothing in a session without a second factor", async () => {
    expect(sessionPermissions(["admin"], { secondFactorAt: null })).toEqual([]);
    const admin = await person("admin");
    expect(await permissionsNow(admin)).toContain("staff.write");
    await stage.redis.hset(`session:${admin.sessionId}`, "secondFactorAt", "");
    expect(await permissionsNow(admin)).toEqual([]);
    stage.advance(1_000);
    expect((await put(admin, randomUUIDv7(), [])).json()).toMatchObject({ status: 403, code: "permission.missing" });
  });

  it("S15: given and taken away count in live sessions at once, whatever these say", async () => {
    const [admin, grace] = [await person("admin"), await person()];
    const given = await put(admin, grace.id, ["support", "warehouse"]);
    expect(given.json()).toMatchObject({ id: grace.id, roles: ["support", "warehouse"] });
    expect(await permissionsNow(grace)).toEqual(expect.arrayContaining(["orders.write", "orders.ship"]));
    expect((await put(admin, grace.id, ["auditor"])).statusCode).toBe(200);
    expect(await permissionsNow(grace)).not.toContain("orders.write");
    await put(admin, grace.id, []);
    // As if the session had not heard of it: the database decides.
    await stage.redis.hset(`session:${grace.sessionId}`, "roles", "admin");
    expect(await permissionsNow(grace)).toEqual([]);
  });

  it("S15: are changed by admins only, never one's own, for proved addresses, and known ones", async () => {
    const [admin, support, grace] = [await person("admin"), await person("support"), await person()];
    expect((await put(support, grace.id, ["admin"])).statusCode).toBe(403);
    expect((await put(grace, grace.id, ["admin"])).statusCode).toBe(403);
    expect((await put(admin, admin.id, ["auditor"])).json()).toMatchObject({ status: 409, code: "roles.own" });
    const { user } = await stage.register();
    expect((await put(admin, user.id, ["support"])).json()).toMatchObject({ status: 409, code: "roles.unverified" });
    expect((await put(admin, grace.id, ["root"])).statusCode).toBe(400);
    expect((await put(admin, randomUUIDv7(), ["support"])).statusCode).toBe(404);
    const { rows } = await stage.postgres.query("SELECT FROM users WHERE id = ANY ($1) AND roles <> '{}'", [
      [grace.id, user.id],
    ]);
    expect(rows).toEqual([]);
  });

  it("S15: leave one admin, however many take each other's role away at once or delete themselves", async () => {
    await stage.postgres.query("UPDATE users SET roles = '{}'");
    const admins = [await person("admin"), await person("admin"), await person("admin")];
    await Promise.all(admins.flatMap((by) => admins.filter((whom) => whom !== by).map((whom) => put(by, whom.id, []))));
    const left = async () =>
      (await stage.postgres.query<{ id: string }>("SELECT id FROM users WHERE 'admin' = ANY (roles)")).rows;
    const [last, ...others] = await left();
    expect([last, others]).toEqual([expect.anything(), []]);
    const remaining = admins.find(({ id }) => id === last?.id) as Person;
    expect((await stage.call("DELETE", "/v1/users/me", { token: remaining.token })).json()).toMatchObject({
      ...{ status: 409, code: "roles.last_admin" },
    });
    const change = () =>
      assertRolesMayChange({ id: "a", verifiedAt: new Date() }, [], { actorId: null, adminIds: ["a"] });
    expect(change).toThrow(expect.objectContaining({ code: "roles.last_admin" }));
    const second = await person("admin");
    expect((await stage.call("DELETE", "/v1/users/me", { token: second.token })).statusCode).toBe(204);
  });

  it("S15: accounts are found by address, the one that proved it first, by staff who may", async () => {
    const [support, warehouse, grace] = [await person("support"), await person("warehouse"), await person()];
    const claim = await stage.register({ email: grace.email, password: "correct horse", name: "Claimant" });
    const find = (by: Person) =>
      stage.call("GET", `/v1/admin/users?email=${encodeURIComponent(grace.email)}`, { token: by.token });
    expect((await find(support)).json().items.map(({ id }: { id: string }) => id)).toEqual([grace.id, claim.user.id]);
    expect((await find(warehouse)).statusCode).toBe(403);
  });
});

describe("S15: the audit log", () => {
  const read = (by: Person, query: string) => stage.call("GET", `/v1/admin/audit?${query}`, { token: by.token });

  it("S15: says who changed whose roles, from what to what and when, once; refusals and repeats say nothing", async () => {
    const [admin, grace] = [await person("admin"), await person()];
    const first = await put(admin, grace.id, ["support"]);
    await put(admin, grace.id, ["support"]);
    await put(admin, admin.id, []);
    await put(admin, grace.id, ["auditor", "warehouse"]);
    await recordAudit(`user:${grace.id}`);
    const page = listAudit.success.body.parse((await read(admin, `subject=user:${grace.id}`)).json());
    expect(page.items).toMatchObject([
      { before: { roles: ["support"] }, after: { roles: ["auditor", "warehouse"] } },
      {
        ...{ service: "user", route: "PUT /v1/admin/users/:userId/roles", actorId: admin.id },
        ...{ subject: `user:${grace.id}`, before: { roles: [] }, after: { roles: ["support"] } },
        requestId: first.headers["x-request-id"],
      },
    ]);
    expect(JSON.stringify(page)).not.toContain(grace.email);
  });

  it("S15: is read by actor, subject and time, page by page, by auditors and admins alone", async () => {
    const [admin, auditor, grace] = [await person("admin"), await person("auditor"), await person()];
    for (const role of ["support", "warehouse", "auditor"]) await put(admin, grace.id, [role]);
    const entries = await recordAudit(`user:${grace.id}`);
    const newestFirst = entries.map(({ id }) => id).reverse();
    const ids = async (query: string) => (await read(auditor, query)).json().items.map(({ id }: AuditEntry) => id);
    expect(await ids(`actor=${admin.id}`)).toEqual(newestFirst);
    expect(await ids(`actor=${admin.id}&since=${entries[1]?.at}`)).toEqual(newestFirst.slice(0, 2));
    const first = (await read(auditor, `actor=${admin.id}&limit=2`)).json();
    expect(await ids(`actor=${admin.id}&limit=2&cursor=${first.nextCursor}`)).toEqual(newestFirst.slice(2));
    expect((await read(auditor, "cursor=nonsense")).statusCode).toBe(400);
    expect((await read(grace, "")).statusCode).toBe(200);
    for (const other of [await person("support"), await person()]) expect((await read(other, "")).statusCode).toBe(403);
    expect((await put(auditor, grace.id, [])).statusCode).toBe(403);
  });

  it.each(["UPDATE audit_entries SET actor_id = NULL", "DELETE FROM audit_entries", "TRUNCATE audit_entries"])(
    "S15: is added to and never changed: %s",
    async (statement) => {
      await expect(stage.postgres.query(statement)).rejects.toMatchObject({ code: "42501" });
    },
  );
});
