import type { Finding, Reconcile, ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { Gauge, type Registry } from "prom-client";
import type { Logger } from "./logger.ts";
import { type Repeating, repeat } from "./repeat.ts";

/** A replica that dies while it reconciles keeps the others from it for as long. */
export const RECONCILIATION_LEASE_MS = 5 * 60_000;
/** A reconciliation may take longer than its lease, of a busy week for instance. */
const RENEW_EVERY_MS = 60_000;

const DAY_MS = 24 * 3_600_000;
/** What was touched later than this is left alone: it is still under way. */
const UNDER_WAY_MS = 120_000;

interface LastTurn {
  coveredUntil: Date | null;
  succeededAt: Date | null;
  report: ReconciliationReport | null;
}

/** One replica's turn, as `createTurns` of the postgres package gives it. */
export interface ReconciliationTurns {
  claim: () => Promise<{
    last: LastTurn;
    /** Makes the turn last for another lease; is not called beside `succeed` or `giveUp`. */
    renew: () => Promise<void>;
    succeed: (outcome: { coveredUntil: Date; report: ReconciliationReport }) => Promise<void>;
    giveUp: () => Promise<void>;
  } | null>;
  last: () => Promise<LastTurn>;
}

export interface ReconcilingOptions {
  turns: ReconciliationTurns;
  reconcile: (request: Reconcile) => Promise<ReconciliationReport>;
  logger: Logger;
  now?: () => number;
  renewEveryMs?: number;
}

/** Reconciles in every replica, one at a time and once per interval, and tells of it in the metrics. */
export function startReconciling(options: ReconcilingOptions & { everyMs: number; registry: Registry }): Repeating {
  const { turns, logger, registry, everyMs } = options;
  reconciliationMetrics(registry, turns);
  return repeat(reconcileInTurn(options), {
    // Each replica asks twice per interval, so that a turn is never much late.
    everyMs: everyMs / 2,
    onFailure: (err) => logger.error({ event: "reconciliation.failed", err }),
  });
}

/**
 * One reconciliation, if it is this replica's turn, of what was touched in the last day and in whatever time before it
 * was missed. Each alert is an error line when it appears, not each time it is still there. Throws what `reconcile` throws.
 */
export const reconcileInTurn =
  ({ turns, reconcile, logger, now = Date.now, renewEveryMs = RENEW_EVERY_MS }: ReconcilingOptions) =>
  async (): Promise<void> => {
    const turn = await turns.claim();
    if (!turn) return;
    const coveredUntil = new Date(now() - UNDER_WAY_MS);
    const from = Math.min(turn.last.coveredUntil?.getTime() ?? coveredUntil.getTime(), coveredUntil.getTime());
    const request = {
      dryRun: false,
      since: new Date(from - DAY_MS).toISOString(),
      until: coveredUntil.toISOString(),
    };
    // A turn that could not be renewed once is renewed later, or runs out.
    const renewing = repeat(turn.renew, { everyMs: renewEveryMs, onFailure: () => {} });
    try {
      const report = await reconcile(request).finally(renewing.stop);
      logFindings(logger, report.findings, turn.last.report?.findings ?? []);
      await turn.succeed({ coveredUntil, report });
    } catch (error) {
      // Should this fail too, the turn runs out by itself.
      await turn.giveUp().catch(() => {});
      throw error;
    }
  };

function logFindings(logger: Logger, findings: readonly Finding[], before: readonly Finding[]): void {
  const identity = ({ kind, subject, outcome }: Finding) => `${kind} ${subject} ${outcome}`;
  const known = new Set(before.map(identity));
  for (const finding of findings) {
    if (known.has(identity(finding))) continue;
    const { kind: code, subject: orderId, outcome } = finding;
    if (outcome === "alert") logger.error({ event: "reconciliation.alert", code, orderId });
    else logger.warn({ event: `reconciliation.${outcome}`, code, orderId });
  }
}

/**
 * What the last reconciliation found, whichever replica did it: `tradepost_reconciliation_findings` by kind and outcome,
 * and `tradepost_reconciliation_last_success_timestamp_seconds`, to alert on when it grows old.
 */
export function reconciliationMetrics(registry: Registry, turns: Pick<ReconciliationTurns, "last">): void {
  // Both are read in one scrape; without an answer of the store a scrape tells of neither.
  new Gauge({
    name: "tradepost_reconciliation_findings",
    help: "What the last reconciliation found, by kind and by what became of it: repaired or alert",
    labelNames: ["kind", "outcome"],
    registers: [registry],
    async collect() {
      this.reset();
      const { report } = await lastOf(turns);
      for (const { kind, outcome } of report?.findings ?? []) this.inc({ kind, outcome });
    },
  });
  new Gauge({
    name: "tradepost_reconciliation_last_success_timestamp_seconds",
    help: "When the last reconciliation succeeded, in seconds since 1970; 0 before the first",
    registers: [registry],
    async collect() {
      this.reset();
      const { succeededAt } = await lastOf(turns);
      if (succeededAt) this.set(succeededAt.getTime() / 1000);
    },
  });
}

const lastOf = (turns: Pick<ReconciliationTurns, "last">): Promise<LastTurn> =>
  turns.last().catch(() => ({ coveredUntil: null, succeededAt: null, report: null }));
