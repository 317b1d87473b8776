import { randomUUID } from "node:crypto";
import { type AuditEntry, auditRecorded, listAudit } from "@tradepost/contracts/audit";
import { routesByService } from "@tradepost/contracts/catalog";
import { getStaffOrder, type Order } from "@tradepost/contracts/order";
import type { RouteContract } from "@tradepost/contracts/route";
import { setRoles } from "@tradepost/contracts/staff";
import { registerUser, signIn } from "@tradepost/contracts/user";
import { waitFor } from "@tradepost/testing/wait-for";
import { Client } from "pg";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { awaitStatus, checkOut, type Pick, pickVariant, putIntoCart } from "../src/purchase.ts";
import { confirmPayment } from "../src/sandbox.ts";
import { newStaff, type StaffMember } from "../src/supporter.ts";
import { newVisitor, type Visitor } from "../src/visitor.ts";

const { url, sandboxUrl, databaseUrls } = inject("shop");

/** The gateway counts how often staff look: seldom enough for their requests of a minute, and into the next one. */
const PATIENCE = { timeoutMs: 90_000, intervalMs: 500 };

let admin: StaffMember;
let auditor: StaffMember;
let pick: Pick;
beforeAll(async () => {
  admin = await newStaff(url, databaseUrls.user, ["admin"]);
  auditor = await newStaff(url, databaseUrls.user, ["auditor"]);
  // A session's standing is remembered for half a second, also that it had no second factor yet.
  for (const { fetch } of [admin, auditor])
    await waitFor(async () => (await fetch("/v1/admin/audit?limit=1")).status === 200, {
      ...PATIENCE,
      what: "their permissions",
    });
  pick = await pickVariant(newVisitor(url), 10, 22);
});

async function payOrder(): Promise<Order> {
  const guest = newVisitor(url);
  await putIntoCart(guest, pick.variant.sku, 1);
  const placed = await checkOut(guest, { email: `audit.${randomUUID()}@example.com` });
  await confirmPayment(sandboxUrl, placed.payment, "pm_card_visa");
  return awaitStatus(guest, placed, "confirmed");
}

/** A write that will succeed: its route's path filled in, what is sent, and what it is about. */
interface Write {
  path: string;
  body?: object;
  subject: string;
}

const ofOrder = (id: string, part: string, body?: object): Write => ({
  ...{ path: `/v1/admin/orders/${id}/${part}`, subject: `order:${id}` },
  ...(body ? { body } : {}),
});
const parcel = { carrier: "dhl", trackingNumber: "JJD1" };

/** One for each route that staff write by. A contract without one fails below. */
const writes: Record<string, () => Promise<Write>> = {
  shipOrder: async () => ofOrder((await payOrder()).id, "shipments", parcel),
  recordDelivery: async () => {
    const { id } = await payOrder();
    await send(admin, "POST", ofOrder(id, "shipments", parcel));
    return ofOrder(id, "delivery");
  },
  refundOrder: async () => {
    const { id, total } = await payOrder();
    return ofOrder(id, "refunds", { amount: { ...total, amount: 100 }, reason: "A scratch" });
  },
  setRoles: async () => {
    const { user } = await newStaff(url, databaseUrls.user, []);
    return { path: `/v1/admin/users/${user.id}/roles`, body: { roles: ["warehouse"] }, subject: `user:${user.id}` };
  },
};

const send = (by: Visitor, method: string, { path, body }: Write, key: string = randomUUID()) =>
  by.fetch(path, {
    method,
    headers: { "idempotency-key": key, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

const staffWrites = Object.entries(routesByService).flatMap(([service, routes]) =>
  Object.entries(routes)
    .filter(([, { access, method }]) => typeof access === "object" && "staff" in access && method !== "GET")
    .map(([name, route]) => ({ service, name, route: route as RouteContract })),
);

const logOf = async (query: { subject?: string; actor?: string }): Promise<AuditEntry[]> =>
  (await auditor.call(listAudit, { query: { ...query, limit: 100 } })).items;

/** What the services' outboxes hold of the log about a subject: an event that is still on its way counts. */
async function toldOf(subject: string): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for (const connectionString of [databaseUrls.user, databaseUrls.order]) {
    const client = new Client({ connectionString });
    await client.connect();
    const { rows } = await client.query("SELECT envelope FROM outbox WHERE aggregate_id = $1", [`audit:${subject}`]);
    await client.end();
    found.push(...rows.map(({ envelope }) => auditRecorded.envelope.parse(envelope).payload));
  }
  return found;
}

describe("S15: the audit log", () => {
  it("S15: is about some routes, and all of them are known here", () => {
    expect(staffWrites.length).toBeGreaterThan(3);
    expect(Object.keys(writes).sort()).toEqual(staffWrites.map(({ name }) => name).sort());
  });

  it.each(staffWrites)(
    "S15: has exactly one entry of a $name, also when it is repeated",
    async ({ service, name, route }) => {
      const write = await writes[name]?.();
      if (!write) throw new Error(`no write of ${name} is known`);
      const before = (await toldOf(write.subject)).length;
      const key = randomUUID();
      const reply = await send(admin, route.method, write, key);
      expect(reply.status).toBe(route.success.status);
      expect((await send(admin, route.method, write, key)).status).toBe(route.success.status);
      expect(await toldOf(write.subject)).toHaveLength(before + 1);

      const requestId = reply.headers.get("x-request-id");
      const [entry, ...others] = await waitFor(
        async () => {
          const entries = (await logOf({ subject: write.subject })).filter((each) => each.requestId === requestId);
          return entries.length > 0 ? entries : undefined;
        },
        { ...PATIENCE, what: `the entry of ${name}` },
      );
      expect(others).toEqual([]);
      expect(entry).toMatchObject({
        ...{ service, route: `${route.method} ${route.path}`, actorId: admin.user.id, subject: write.subject },
      });
      expect(Object.keys(entry?.after ?? {})).not.toEqual([]);
      expect(entry?.before).not.toEqual(entry?.after);
    },
  );

  it("S15: has no entry of what was refused, and an auditor only reads", async () => {
    const { id } = await payOrder();
    expect((await auditor.call(getStaffOrder, { params: { orderId: id } })).id).toBe(id);
    expect((await send(auditor, "POST", ofOrder(id, "shipments", parcel))).status).toBe(403);
    expect((await send(admin, "POST", ofOrder(id, "delivery"))).status).toBe(409);
    expect(await toldOf(`order:${id}`)).toEqual([]);
  });
});

describe("S15: staff", () => {
  it("S15: may do nothing before their session has shown a second factor", async () => {
    const { account, user } = await newStaff(url, databaseUrls.user, []);
    await admin.call(setRoles, { params: { userId: user.id }, body: { roles: ["auditor"] } });
    const passwordOnly = await newVisitor(url)
      .call(signIn, { body: account })
      .catch((error: unknown) => error);
    expect(passwordOnly).toMatchObject({ status: 401, problem: { code: "factor.required" } });

    const fresh = newVisitor(url);
    const email = `staff.${randomUUID()}@example.com`;
    const body = { email, password: "correct horse battery", name: "Grace" };
    const { user: without } = await fresh.call(registerUser, { body });
    const client = new Client({ connectionString: databaseUrls.user });
    await client.connect();
    await client.query("UPDATE users SET roles = '{admin}' WHERE id = $1", [without.id]);
    await client.end();
    const visitor = newVisitor(url);
    await visitor.call(signIn, { body: { email, password: body.password } });
    const refused = await visitor.call(listAudit, { query: {} }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 403, problem: { code: "permission.missing" } });
  });

  it("S15: lose a role at every service, in the session they have", async () => {
    const { id } = await payOrder();
    const support = await newStaff(url, databaseUrls.user, ["support"]);
    expect((await support.call(getStaffOrder, { params: { orderId: id } })).id).toBe(id);
    await admin.call(setRoles, { params: { userId: support.user.id }, body: { roles: [] } });
    await waitFor(async () => (await support.fetch(`/v1/admin/orders/${id}`)).status === 403 || undefined, {
      ...PATIENCE,
      what: "the order service to refuse",
    });
  });
});
