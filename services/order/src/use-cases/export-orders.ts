import type { OrderRecord } from "@tradepost/contracts/order";
import type { Sql } from "@tradepost/postgres/sql";
import { idCursor, readPage } from "@tradepost/service-runtime/list-page";
import type { Order } from "../domain/order.ts";
import { listNotifications } from "../storage/notification-ledger.ts";
import { listEveryOrderOfUser } from "../storage/order-repository.ts";
import { getStaffOrder } from "./get-staff-order.ts";

/** A page of all that is kept of a shopper's orders, attempts included, newest first. */
export const exportOrders =
  (deps: { sql: Sql }) => async (userId: string, page: { cursor?: string | undefined; limit: number }) => {
    const { items, nextCursor } = await readPage(page, idCursor, ({ after, limit }) =>
      listEveryOrderOfUser(deps.sql, { userId, beforeId: after?.id ?? null, limit }),
    );
    const records: OrderRecord[] = [];
    for (const order of items) records.push(await recordOf(deps, order));
    return { items: records, nextCursor };
  };

async function recordOf(deps: { sql: Sql }, { id, locale }: Order): Promise<OrderRecord> {
  const { userId: _, refundable: __, refundRequests, ...order } = await getStaffOrder(deps)(id);
  return {
    ...{ ...order, locale },
    refundRequests: refundRequests.map(({ requestedBy: _, ...request }) => request),
    messages: (await listNotifications(deps.sql, id)).map(({ template, recipient, sentAt }) => ({
      ...{ template, recipient },
      sentAt: sentAt?.toISOString() ?? null,
    })),
  };
}
