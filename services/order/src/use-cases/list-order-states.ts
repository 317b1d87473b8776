import type { listOrderStates as contract } from "@tradepost/contracts/order";
import type { RouteInput, RouteOutput } from "@tradepost/contracts/route";
import type { Sql } from "@tradepost/postgres/sql";
import { changeCursor, readPage } from "@tradepost/service-runtime/list-page";
import { isOver } from "../domain/order-status.ts";
import { listOrdersChanged } from "../storage/reconciliation-repository.ts";

/** Orders that changed in a time, oldest change first. Throws 400 `request.invalid` for a cursor that is not ours. */
export const listOrderStates =
  ({ sql }: { sql: Sql }) =>
  async (query: RouteInput<typeof contract>["query"]): Promise<RouteOutput<typeof contract>> => {
    const period = { since: new Date(query.since), until: new Date(query.until) };
    const { items, nextCursor } = await readPage(query, changeCursor, (range) =>
      listOrdersChanged(sql, { ...period, ...range }),
    );
    return {
      items: items.map(({ orderId, status, lines, changedAt }) => ({
        ...{ orderId, status, over: isOver(status), lines, changedAt: changedAt.toISOString() },
      })),
      nextCursor,
    };
  };
