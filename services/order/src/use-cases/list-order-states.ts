import type { listOrderStates as contract } from "@tradepost/contracts/order";
import type { RouteInput, RouteOutput } from "@tradepost/contracts/route";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { isOver } from "../domain/order-status.ts";
import { type ChangePosition, listOrdersChanged } from "../storage/reconciliation-repository.ts";

const CURSOR = /^(\d{1,17})\.([\da-f-]{36})$/;

/** Orders that changed in a time, oldest change first. Throws 400 `request.invalid` for a cursor that is not ours. */
export const listOrderStates =
  ({ sql }: { sql: Sql }) =>
  async (query: RouteInput<typeof contract>["query"]): Promise<RouteOutput<typeof contract>> => {
    const { since, until, cursor, limit } = query;
    const period = { since: new Date(since), until: new Date(until) };
    const orders = await listOrdersChanged(sql, { ...period, after: readCursor(cursor), limit: limit + 1 });
    const page = orders.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ orderId, status, lines, changedAt }) => ({
        ...{ orderId, status, over: isOver(status), lines, changedAt: changedAt.toISOString() },
      })),
      nextCursor: last && orders.length > limit ? `${last.changedAtMicros}.${last.orderId}` : null,
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
