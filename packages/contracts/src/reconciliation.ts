import { z } from "zod";
import { IsoTime } from "./ids.ts";

/**
 * What became of a difference: `repaired`; `repairable`, where nothing was to be changed (a dry run); `alert`, where a
 * person has to decide.
 */
export const FindingOutcome = z.enum(["repaired", "repairable", "alert"]);

/** One difference between two places that should agree. */
export const Finding = z.object({
  /** What differs, such as `capture.unrecorded`; the same words label the metric. */
  kind: z.string(),
  /** The order's id, or the provider's id of what belongs to no order. */
  subject: z.string(),
  /** A sentence for the operator, without personal data. */
  detail: z.string(),
  outcome: FindingOutcome,
});
export type Finding = z.output<typeof Finding>;

/** Nothing changes while `dryRun`. `since` leaves out what was last touched before; `until` what is still under way. */
export const Reconcile = z.object({ dryRun: z.boolean(), since: IsoTime, until: IsoTime });
export type Reconcile = z.output<typeof Reconcile>;

export const ReconciliationReport = z.object({
  /** How many things were compared. */
  compared: z.int().nonnegative(),
  findings: z.array(Finding).max(10_000),
});
export type ReconciliationReport = z.output<typeof ReconciliationReport>;

/** Which ones a service lists for another's reconciliation: what changed in that time, oldest first. */
export const ChangedQuery = z.object({
  since: IsoTime,
  until: IsoTime,
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
