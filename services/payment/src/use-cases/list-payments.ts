import type { listPayments as contract } from "@tradepost/contracts/payment";
import type { RouteInput, RouteOutput } from "@tradepost/contracts/route";
import type { Sql } from "@tradepost/postgres/sql";
import { changeCursor, readPage } from "@tradepost/service-runtime/list-page";
import { listPaymentsChanged } from "../storage/payment-repository.ts";

/** Payments that changed in a time, oldest change first. Throws 400 `request.invalid` for a cursor that is not ours. */
export const listPayments =
  ({ sql }: { sql: Sql }) =>
  async (query: RouteInput<typeof contract>["query"]): Promise<RouteOutput<typeof contract>> => {
    const period = { since: new Date(query.since), until: new Date(query.until) };
    const { items, nextCursor } = await readPage(query, changeCursor, (range) =>
      listPaymentsChanged(sql, { ...period, ...range }),
    );
    return {
      items: items.map(({ orderId, status, amountCents, capturedCents, refundedCents, currency, changedAt }) => ({
        orderId,
        status,
        amount: { amount: amountCents, currency },
        captured: { amount: capturedCents, currency },
        refunded: { amount: refundedCents, currency },
        changedAt: changedAt.toISOString(),
      })),
      nextCursor,
    };
  };
