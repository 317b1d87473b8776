import { randomUUID } from "node:crypto";
import type { Currency } from "@tradepost/contracts/money";
import { recordDelivery, refundOrder, shipOrder } from "@tradepost/contracts/order";
import type { StaffMember } from "@tradepost/e2e/supporter";
import { waitFor } from "@tradepost/testing/wait-for";
import type pg from "pg";
import type { Violation } from "../history/expected.ts";
import type { Random } from "../random.ts";
import { politely, twice } from "./politely.ts";

/** What staff did with an order, as far as the shop told them that it was done. */
export interface Care {
  orderId: string;
  status?: string;
  refundedCents?: number;
}

interface Desk {
  clerk: StaffMember;
  orders: pg.Pool;
  patienceMs: number;
}

const CONFIRMED_WITHIN_MS = 60_000;
const ATTEMPT_MS = 12_000;
const SHIPS = 0.7;
const DELIVERS = 0.5;
const REFUNDS = 0.7;

/**
 * Once the order is confirmed, ships it, notes its arrival and sends a part of its money back, or some of these, with a
 * double click on every button. Never throws: what could not be done within the clerk's patience is not in the answer.
 */
export async function careFor({ clerk, orders, patienceMs }: Desk, orderId: string, random: Random): Promise<Care> {
  const care: Care = { orderId };
  const params = { orderId };
  const click = async <T>(call: (idempotencyKey: string) => Promise<T>): Promise<T> => {
    const key = randomUUID();
    const [answer] = await twice(() => politely(Date.now() + patienceMs, () => call(key)));
    return answer;
  };
  const options = { timeoutMs: ATTEMPT_MS };
  const parcel = { carrier: "dhl", trackingNumber: `JJD${random.int(1e8, 1e9)}` } as const;
  const [ships, delivers, refunds] = [SHIPS, DELIVERS, REFUNDS].map((share) => random.chance(share));
  const cents = random.int(1, 99);
  try {
    const currency = await confirmedIn(orders, orderId);
    const refund = async () => {
      const body = { amount: { amount: cents, currency }, reason: "A scratch" };
      await click((idempotencyKey) => clerk.call(refundOrder, { params, body, idempotencyKey }, options));
      care.refundedCents = cents;
    };
    const ship = async () => {
      const { status } = await click((idempotencyKey) =>
        clerk.call(shipOrder, { params, body: parcel, idempotencyKey }, options),
      );
      care.status = status;
      if (!delivers) return;
      const delivered = await click((idempotencyKey) =>
        clerk.call(recordDelivery, { params, idempotencyKey }, options),
      );
      care.status = delivered.status;
    };
    await Promise.allSettled([refunds ? refund() : undefined, ships ? ship() : undefined]);
  } catch {
    // It was not confirmed in time: then nobody ships it.
  }
  return care;
}

/** The currency of an order that is confirmed. */
async function confirmedIn(orders: pg.Pool, orderId: string): Promise<Currency> {
  const sql = "SELECT currency FROM orders WHERE id = $1 AND status = 'confirmed'";
  const look = async () => (await orders.query<{ currency: Currency }>(sql, [orderId])).rows[0]?.currency;
  return waitFor(look, { timeoutMs: CONFIRMED_WITHIN_MS, intervalMs: 500, what: "the order to be confirmed" });
}

interface Row {
  id: string;
  status: string;
  refunds: number;
  refundedCents: number;
}

/** What staff were told is true, and two clicks on “refund” sent one refund back. */
export async function checkCare(orders: pg.Pool, cares: readonly Care[]): Promise<Violation[]> {
  const { rows } = await orders.query<Row>(
    `SELECT o.id, o.status, count(r.id)::int AS refunds, coalesce(sum(r.amount_cents), 0)::int AS "refundedCents"
     FROM orders o LEFT JOIN refunds r ON r.order_id = o.id AND r.requested_by IS NOT NULL
     WHERE o.id = ANY($1) GROUP BY o.id`,
    [cares.map(({ orderId }) => orderId)],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return cares.flatMap((care) => {
    const row = byId.get(care.orderId);
    return gapsOf(care, row).map((message) => ({
      ...{ rule: "staff-told-true", orderId: care.orderId, message, history: [] },
    }));
  });
}

export function gapsOf({ status, refundedCents }: Care, row: Omit<Row, "id"> | undefined): string[] {
  if (row === undefined) return ["staff worked on an order that is not there"];
  const steps = ["shipped", "delivered"];
  return [
    ...(row.refunds > 1 ? [`one refund by staff became ${row.refunds}`] : []),
    ...(refundedCents !== undefined && row.refundedCents !== refundedCents
      ? [`staff were told of a refund of ${refundedCents} cents, the order has ${row.refundedCents}`]
      : []),
    ...(status !== undefined && steps.indexOf(row.status) < steps.indexOf(status)
      ? [`staff were told that it is ${status}, and it is ${row.status}`]
      : []),
  ];
}
