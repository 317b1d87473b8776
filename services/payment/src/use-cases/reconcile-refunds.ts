import type { Finding } from "@tradepost/contracts/reconciliation";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { isUnavailable } from "@tradepost/service-runtime/unavailable";
import type { PaymentProvider } from "../clients/stripe.ts";
import type { ProviderDispute, ProviderRefund } from "../domain/provider-event.ts";
import { findDisputeStates } from "../storage/dispute-repository.ts";
import { findOrdersOfIntents } from "../storage/payment-repository.ts";
import { findRefunds } from "../storage/refund-repository.ts";
import type { Compared, Comparison } from "./reconcile-intents.ts";
import { recordDispute } from "./record-dispute.ts";
import { recordRefund } from "./record-refund.ts";

export interface ReconcileRefundsDeps {
  sql: Sql;
  transact: Transact;
  provider: Pick<PaymentProvider, "lists">;
}

const ENDED = new Set(["won", "lost", "warning_closed"]);

const repaired = (dryRun: boolean) => (dryRun ? "repairable" : "repaired") as "repairable" | "repaired";

/** Those of a page that belong to a payment of ours, each with its order's id. */
async function oursOf<T extends { intentId: string | null }>(
  sql: Sql,
  page: T[],
): Promise<(T & { orderId: string })[]> {
  const orders = await findOrdersOfIntents(
    sql,
    page.flatMap(({ intentId }) => intentId ?? []),
  );
  return page.flatMap((item) => {
    const orderId = orders.get(item.intentId ?? "");
    return orderId === undefined ? [] : [{ ...item, orderId }];
  });
}

/** What became of the findings: one that cannot be written down keeps no other from it. */
async function repair(
  { transact }: ReconcileRefundsDeps,
  findings: Finding[],
  record: (tx: Sql) => Promise<unknown>,
): Promise<Finding[]> {
  if (!findings.some(({ outcome }) => outcome === "repaired")) return findings;
  try {
    await transact(record);
    return findings;
  } catch (error) {
    if (isUnavailable(error)) throw error;
    return findings.map((finding) =>
      finding.outcome === "repaired"
        ? { ...finding, detail: `${finding.detail}; the repair failed`, outcome: "alert" }
        : finding,
    );
  }
}

/** Writes down the refunds that were not told, and names every one that failed. */
export async function reconcileRefunds(deps: ReconcileRefundsDeps, comparison: Comparison): Promise<Compared> {
  const seen = new Map<string, Finding[]>();
  for await (const page of deps.provider.lists.refunds(comparison)) {
    const ours = await oursOf(deps.sql, page);
    const known = await findRefunds(
      deps.sql,
      ours.map(({ id }) => id),
    );
    for (const refund of ours) {
      if (seen.has(refund.id)) continue;
      const findings = compareRefund(refund, known.get(refund.id), comparison.dryRun);
      seen.set(refund.id, await repair(deps, findings, (tx) => recordRefund(tx, refund)));
    }
  }
  return { compared: seen.size, findings: [...seen.values()].flat() };
}

function compareRefund(
  refund: ProviderRefund & { orderId: string },
  known: { isFailed: boolean } | undefined,
  dryRun: boolean,
): Finding[] {
  const { orderId: subject, id, state, failure } = refund;
  if (state === "pending") return [];
  const outcome = repaired(dryRun);
  if (state === "settled")
    return known ? [] : [{ kind: "refund.unrecorded", subject, detail: `${id} was made, but not noted`, outcome }];
  const alert: Finding = { kind: "refund.failed", subject, detail: `${id} failed: ${failure}`, outcome: "alert" };
  return known?.isFailed
    ? [alert]
    : [{ kind: "refund.failure_unrecorded", subject, detail: `${id} failed, which was not noted`, outcome }, alert];
}

/** Writes down the disputes that were not told, and names every open one. */
export async function reconcileDisputes(deps: ReconcileRefundsDeps, comparison: Comparison): Promise<Compared> {
  const seen = new Map<string, Finding[]>();
  for await (const page of deps.provider.lists.disputes(comparison)) {
    const ours = await oursOf(deps.sql, page);
    const known = await findDisputeStates(
      deps.sql,
      ours.map(({ id }) => id),
    );
    for (const dispute of ours) {
      if (seen.has(dispute.id)) continue;
      const findings = compareDispute(dispute, known.get(dispute.id), comparison.dryRun);
      seen.set(dispute.id, await repair(deps, findings, (tx) => recordDispute(tx, dispute, new Date())));
    }
  }
  return { compared: seen.size, findings: [...seen.values()].flat() };
}

function compareDispute(
  { orderId: subject, id, status, reason }: ProviderDispute & { orderId: string },
  known: string | undefined,
  dryRun: boolean,
): Finding[] {
  const isNews = known !== status && !ENDED.has(known ?? "");
  const detail = `${id} is ${status}, here ${known ?? "unknown"}`;
  const unrecorded: Finding = { kind: "dispute.unrecorded", subject, detail, outcome: repaired(dryRun) };
  const open: Finding = { kind: "dispute.open", subject, detail: `${id}: ${reason}, ${status}`, outcome: "alert" };
  return [...(isNews ? [unrecorded] : []), ...(ENDED.has(status) ? [] : [open])];
}
