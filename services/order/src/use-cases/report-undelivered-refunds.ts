import type { Finding } from "@tradepost/contracts/reconciliation";
import type { Sql } from "@tradepost/postgres/sql";
import { undeliveredRefunds } from "../domain/refund.ts";
import { listOrdersWithFailedRefunds } from "../storage/reconciliation-repository.ts";

const LIMIT = 500;
/** Money that could not be sent back to a card is given back by other means, of which the shop hears nothing. */
const REPORTED_MS = 30 * 24 * 3_600_000;

/** Orders of which money came back from the shopper's bank and was not asked for again: named until it is, for 30 days. */
export async function reportUndeliveredRefunds({ sql, now }: { sql: Sql; now: () => Date }): Promise<Finding[]> {
  const since = new Date(now().getTime() - REPORTED_MS);
  return (await listOrdersWithFailedRefunds(sql, since, LIMIT)).flatMap((order): Finding[] => {
    const owed = undeliveredRefunds(order.capturedCents, order.refunds);
    if (owed.length === 0) return [];
    const cents = owed.reduce((sum, { amountCents }) => sum + amountCents, 0);
    const detail = `${cents} ${order.currency} came back from the shopper's bank, and were not asked for again`;
    return [{ kind: "refund.failed", subject: order.orderId, detail, outcome: "alert" }];
  });
}
