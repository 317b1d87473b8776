import type { getPayment, listPayments } from "@tradepost/contracts/payment";
import type { Finding, Reconcile, ReconciliationReport } from "@tradepost/contracts/reconciliation";
import type { RouteOutput } from "@tradepost/contracts/route";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { isUnavailable } from "@tradepost/service-runtime/unavailable";
import { comparePayment, type PaymentStanding } from "../domain/compare-payment.ts";
import { findOverdueOrders } from "../storage/order-repository.ts";
import {
  type Confirmation,
  findOrderStandings,
  listOrdersConfirmed,
  type Period,
} from "../storage/reconciliation-repository.ts";
import type { recordCapture } from "./record-capture.ts";
import { type RepeatRefundsDeps, repeatRefunds } from "./repeat-refunds.ts";
import { reportUndeliveredRefunds } from "./report-undelivered-refunds.ts";

export interface ReconcileOrdersDeps extends RepeatRefundsDeps {
  sql: Sql;
  transact: Transact;
  listPayments: (
    query: Omit<Reconcile, "dryRun"> & { limit: number; cursor?: string },
  ) => Promise<RouteOutput<typeof listPayments>>;
  findPayment: (orderId: string) => Promise<RouteOutput<typeof getPayment> | null>;
  recordCapture: ReturnType<typeof recordCapture>;
  expireOrder: (orderId: string) => Promise<void>;
}

export type Comparison = Period & { dryRun: boolean };

const PAGE = 200;
const MAX_FINDINGS = 10_000;

/**
 * Compares the payments with the orders. What an event that never came would have done is done now, by the same code; what
 * nobody can explain is reported. Repeating it changes nothing more.
 */
export const reconcileOrders =
  (deps: ReconcileOrdersDeps) =>
  async (request: Reconcile): Promise<ReconciliationReport> => {
    const comparison = { dryRun: request.dryRun, since: new Date(request.since), until: new Date(request.until) };
    const captured = new Set<string>();
    const payments = await comparePayments(deps, request, captured);
    const confirmed = await compareConfirmed(deps, comparison, captured);
    const findings = [
      ...payments.findings,
      ...confirmed.findings,
      ...(await expireOverdue(deps, comparison)),
      ...(await repeatRefunds(deps, comparison)),
    ];
    // Of an order that is over, the comparison may have said so already.
    const failed = new Set(findings.flatMap(({ kind, subject }) => (kind === "refund.failed" ? [subject] : [])));
    findings.push(...(await reportUndeliveredRefunds(deps)).filter(({ subject }) => !failed.has(subject)));
    return { compared: payments.compared + confirmed.compared, findings: findings.slice(0, MAX_FINDINGS) };
  };

async function comparePayments(deps: ReconcileOrdersDeps, { dryRun, ...period }: Reconcile, captured: Set<string>) {
  const findings: Finding[] = [];
  let compared = 0;
  let cursor: string | null = null;
  do {
    const page: RouteOutput<typeof listPayments> = await deps.listPayments({
      ...{ ...period, limit: PAGE },
      ...(cursor === null ? {} : { cursor }),
    });
    const orders = await findOrderStandings(
      deps.sql,
      page.items.map(({ orderId }) => orderId),
    );
    for (const { orderId, ...payment } of page.items) {
      if (payment.status === "captured") captured.add(orderId);
      const difference = comparePayment(orders.get(orderId) ?? null, payment);
      if (difference) findings.push(...(await settle(deps, orderId, payment, dryRun)));
    }
    compared += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { compared, findings };
}

/** Orders that were confirmed though no payment of that time was captured: the payment is asked for itself. */
async function compareConfirmed(deps: ReconcileOrdersDeps, comparison: Comparison, captured: ReadonlySet<string>) {
  const findings: Finding[] = [];
  let compared = 0;
  let after: Confirmation | null = null;
  for (;;) {
    const page: Confirmation[] = await listOrdersConfirmed(deps.sql, { ...comparison, after, limit: PAGE });
    for (const { orderId } of page.filter((each) => !captured.has(each.orderId))) {
      compared += 1;
      findings.push(...(await settle(deps, orderId, await deps.findPayment(orderId), comparison.dryRun)));
    }
    if (page.length < PAGE) return { compared, findings };
    after = page.at(-1) ?? null;
  }
}

/** Reads the order afresh, since it may have moved on, and repairs what can be. */
async function settle(
  deps: ReconcileOrdersDeps,
  orderId: string,
  payment: PaymentStanding | null,
  dryRun: boolean,
): Promise<Finding[]> {
  const order = (await findOrderStandings(deps.sql, [orderId])).get(orderId) ?? null;
  const difference = comparePayment(order, payment);
  if (!difference) return [];
  const { kind, detail, repair } = difference;
  const finding = { kind, subject: orderId, detail };
  if (repair === null || !payment) return [{ ...finding, outcome: "alert" }];
  if (dryRun) return [{ ...finding, outcome: "repairable" }];
  try {
    await deps.transact((tx) => deps.recordCapture(tx, { orderId, amount: payment.captured }));
    return [{ ...finding, outcome: "repaired" }];
  } catch (error) {
    if (isUnavailable(error)) throw error;
    return [{ ...finding, detail: `${detail}; the repair failed`, outcome: "alert" }];
  }
}

/** The sweeper ends orders at their deadline; those it could not are named here, and tried once more. */
async function expireOverdue(deps: ReconcileOrdersDeps, { dryRun, until }: Comparison): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const subject of await findOverdueOrders(deps.sql, until, PAGE)) {
    const finding = { kind: "order.overdue", subject, detail: "the order waits past its deadline" };
    if (dryRun) findings.push({ ...finding, outcome: "repairable" });
    else findings.push({ ...finding, outcome: await expire(deps, subject) });
  }
  return findings;
}

const expire = ({ expireOrder }: ReconcileOrdersDeps, orderId: string) =>
  expireOrder(orderId).then(
    () => "repaired" as const,
    (error: unknown) => {
      if (isUnavailable(error)) throw error;
      return "alert" as const;
    },
  );
