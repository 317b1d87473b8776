import type { ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { Gauge, type Registry } from "prom-client";

export interface ReconciliationMetrics {
  /** This replica has compared: what its last run found, and when it ended. */
  ran(report: ReconciliationReport, at: Date): void;
  /** Another replica ran last, so what this one found is out of date. */
  ranElsewhere(at: Date): void;
}

/** What the last reconciliation found, and when one last succeeded; in one replica at a time, so `sum` and `max` fit. */
export function reconciliationMetrics(registry: Registry): ReconciliationMetrics {
  const findings = new Gauge({
    name: "tradepost_reconciliation_findings",
    help: "Differences that the last reconciliation found, by kind and outcome: repaired, repairable or alert",
    labelNames: ["kind", "outcome"],
    registers: [registry],
  });
  const lastSuccess = new Gauge({
    name: "tradepost_reconciliation_last_success_timestamp_seconds",
    help: "When a reconciliation last compared everything, in Unix time",
    registers: [registry],
  });
  const ranElsewhere = (at: Date) => {
    findings.reset();
    lastSuccess.set(at.getTime() / 1000);
  };
  return {
    ranElsewhere,
    ran(report, at) {
      ranElsewhere(at);
      for (const { kind, outcome } of report.findings) findings.inc({ kind, outcome });
    },
  };
}
