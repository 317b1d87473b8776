import type { listPayments as contract } from "@tradepost/contracts/payment";
import type { RouteInput, RouteOutput } from "@tradepost/contracts/route";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { type ChangePosition, listPaymentsChanged } from "../storage/payment-repository.ts";

const CURSOR = /^(\d{1,17})\.([\da-f-]{36})$/;

/** Payments that changed in a time, oldest change first. Throws 400 `request.invalid` for a cursor that is not ours. */
export const listPayments =
  ({ sql }: { sql: Sql }) =>
  async (query: RouteInput<typeof contract>["query"]): Promise<RouteOutput<typeof contract>> => {
    const { since, until, cursor, limit } = query;
    const period = { since: new Date(since), until: new Date(until) };
    const payments = await listPaymentsChanged(sql, { ...period, after: readCursor(cursor), limit: limit + 1 });
    const page = payments.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ orderId, status, amountCents, capturedCents, refundedCents, currency, changedAt }) => ({
        orderId,
        status,
        amount: { amount: amountCents, currency },
        captured: { amount: capturedCents, currency },
        refunded: { amount: refundedCents, currency },
        changedAt: changedAt.toISOString(),
      })),
      nextCursor: last && payments.length > limit ? `${last.changedAtMicros}.${last.orderId}` : null,
    };
  };

function readCursor(cursor: string | undefined): ChangePosition | null {
  if (cursor === undefined) return null;
  const [, micros, orderId] = CURSOR.exec(cursor) ?? [];
  if (micros === undefined || orderId === undefined)
    throw new AppError(400, "request.invalid", "The request is not valid", {
      errors: [{ path: "query.cursor", message: "is not a cursor of this list" }],
    });
  return { changedAtMicros: Number(micros), orderId };
}
