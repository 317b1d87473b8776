import { randomUUID } from "node:crypto";
import type { ReconciliationTurns } from "@tradepost/service-runtime/reconciling";
import type { Collections, TurnDocument } from "./mongo.ts";

/**
 * Work that one replica at a time does, at most once per interval, as a document. A replica that dies loses its turn after
 * `leaseMs` unless it renews it; by replicas' own clocks, so the work itself must bear being done twice.
 */
export function createTurns(
  { turns }: Pick<Collections, "turns">,
  name: string,
  { everyMs, leaseMs, now = Date.now }: { everyMs: number; leaseMs: number; now?: () => number },
): ReconciliationTurns {
  const end = async (claim: string, outcome: Partial<TurnDocument>) => {
    await turns.updateOne({ _id: name, claim }, { $set: { ...outcome, claimedUntil: new Date(0) } });
  };
  return {
    async claim() {
      const first = { claim: "", claimedUntil: new Date(0), coveredUntil: null, succeededAt: null, report: null };
      await turns.updateOne({ _id: name }, { $setOnInsert: first }, { upsert: true });
      const claim = randomUUID();
      const dueBefore = new Date(now() - everyMs);
      const claimed = await turns.findOneAndUpdate(
        {
          _id: name,
          claimedUntil: { $lt: new Date(now()) },
          $or: [{ succeededAt: null }, { succeededAt: { $lt: dueBefore } }],
        },
        { $set: { claim, claimedUntil: new Date(now() + leaseMs) } },
        { returnDocument: "after" },
      );
      if (!claimed) return null;
      return {
        last: lastOf(claimed),
        renew: async () => {
          await turns.updateOne({ _id: name, claim }, { $set: { claimedUntil: new Date(now() + leaseMs) } });
        },
        succeed: (outcome) => end(claim, { ...outcome, succeededAt: new Date(now()) }),
        giveUp: () => end(claim, {}),
      };
    },
    last: async () => lastOf(await turns.findOne({ _id: name })),
  };
}

const lastOf = (turn: TurnDocument | null) => ({
  coveredUntil: turn?.coveredUntil ?? null,
  succeededAt: turn?.succeededAt ?? null,
  report: turn?.report ?? null,
});
