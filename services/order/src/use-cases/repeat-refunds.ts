import type { Finding } from "@tradepost/contracts/reconciliation";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { lockOrder } from "../storage/order-repository.ts";
import { listUnsettledRefunds, noteRepeat, type UnsettledRefund } from "../storage/reconciliation-repository.ts";
import { askForRefund } from "./request-refund.ts";

export interface RepeatRefundsDeps {
  sql: Sql;
  transact: Transact;
  now: () => Date;
  /** After how long without an answer a refund is asked for again. */
  refundOverdueMs: number;
}

const BATCH = 500;
/** After so many times that long a person is told: asking again has not helped. */
const PATIENCE = 4;

/**
 * Asks again for refunds of which nothing was heard, each at most once per `refundOverdueMs`. That is safe: the refund's id
 * makes it happen once at the payment service.
 */
export async function repeatRefunds(deps: RepeatRefundsDeps, { dryRun }: { dryRun: boolean }): Promise<Finding[]> {
  const overdueSince = new Date(deps.now().getTime() - deps.refundOverdueMs);
  const findings: Finding[] = [];
  for (const refund of await listUnsettledRefunds(deps.sql, overdueSince, BATCH)) {
    const isRepeated = !dryRun && (await repeatRefund(deps, refund, overdueSince));
    const finding = toFinding(deps, refund, isRepeated);
    if (finding) findings.push(finding);
  }
  return findings;
}

const repeatRefund = ({ transact, now }: RepeatRefundsDeps, refund: UnsettledRefund, overdueSince: Date) =>
  transact(async (tx) => {
    const order = await lockOrder(tx, refund.orderId);
    if (!order || !(await noteRepeat(tx, refund.id, overdueSince, now()))) return false;
    await askForRefund(tx, order, refund);
    return true;
  });

function toFinding(
  { now, refundOverdueMs }: RepeatRefundsDeps,
  { id, orderId: subject, requestedAt, askedAt }: UnsettledRefund,
  isRepeated: boolean,
): Finding | null {
  const minutes = Math.round((now().getTime() - requestedAt.getTime()) / 60_000);
  const finding = { kind: "refund.overdue", subject, detail: `${id} was asked for ${minutes} minutes ago` };
  if (now().getTime() - requestedAt.getTime() >= PATIENCE * refundOverdueMs) return { ...finding, outcome: "alert" };
  if (isRepeated) return { ...finding, outcome: "repaired" };
  // Between two repeats there is nothing to do but to wait.
  return now().getTime() - askedAt.getTime() >= refundOverdueMs ? { ...finding, outcome: "repairable" } : null;
}
