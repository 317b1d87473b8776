import { setTimeout as delay } from "node:timers/promises";
import { checkFacts, type HistoryReport } from "./check-facts.ts";
import type { Expected } from "./expected.ts";
import { gatherFacts } from "./gather-facts.ts";
import type { Places } from "./places.ts";

/**
 * Reads all stores and the sandbox now, and tells every promise that is broken. A shop at work looks broken, since its
 * stores change while they are read: use `settleHistory` for one that was just busy. Throws when a store is not there.
 */
export const checkHistory = async (places: Places, expected: Expected): Promise<HistoryReport> =>
  checkFacts(await gatherFacts(places, expected));

export interface SettleOptions {
  /** How long the shop may take to come to rest. A minute unless said. */
  withinMs?: number;
  /** Between two looks. A second unless said. */
  everyMs?: number;
}

export interface SettledReport extends HistoryReport {
  /** From the call to the first of the two looks that found nothing; null when there was none. */
  settledAfterMs: number | null;
}

/**
 * Looks until two looks in a row find no violation, and answers the last look: with what is still wrong when
 * `withinMs` are over. A store that cannot be reached counts as not settled; the last look's error is thrown.
 */
export async function settleHistory(
  places: Places,
  expected: Expected,
  { withinMs = 60_000, everyMs = 1_000 }: SettleOptions = {},
): Promise<SettledReport> {
  const startedAt = performance.now();
  let cleanAfterMs: number | null = null;
  for (;;) {
    const lookedAfterMs = performance.now() - startedAt;
    const isLast = lookedAfterMs >= withinMs;
    const report = await checkHistory(places, expected).catch((error: unknown) => {
      if (isLast) throw error;
      return undefined;
    });
    const isClean = report?.violations.length === 0;
    if (report && isClean && cleanAfterMs !== null) return { ...report, settledAfterMs: cleanAfterMs };
    if (report && isLast && !isClean) return { ...report, settledAfterMs: null };
    cleanAfterMs = isClean ? lookedAfterMs : null;
    await delay(everyMs);
  }
}
