import type { Reconcile, ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { type Compared, type ReconcileIntentsDeps, reconcileIntents } from "./reconcile-intents.ts";
import { reconcileDisputes, reconcileRefunds } from "./reconcile-refunds.ts";

const MAX_FINDINGS = 10_000;

/**
 * Compares Stripe's own lists with the payments. What a lost webhook would have told is done now, by the same code; what
 * nobody can explain is reported. Repeating it changes nothing more.
 */
export const reconcilePayments =
  (deps: ReconcileIntentsDeps) =>
  async (request: Reconcile): Promise<ReconciliationReport> => {
    const comparison = {
      dryRun: request.dryRun,
      since: new Date(request.since),
      until: new Date(request.until),
    };
    const parts: Compared[] = [
      await reconcileIntents(deps, comparison),
      await reconcileRefunds(deps, comparison),
      await reconcileDisputes(deps, comparison),
    ];
    return {
      compared: parts.reduce((sum, { compared }) => sum + compared, 0),
      findings: parts.flatMap(({ findings }) => findings).slice(0, MAX_FINDINGS),
    };
  };
