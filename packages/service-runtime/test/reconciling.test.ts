import { setTimeout as delay } from "node:timers/promises";
import type { Finding, Reconcile, ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { Registry } from "prom-client";
import { expect, it, vi } from "vitest";
import type { Logger } from "../src/logger.ts";
import { type ReconciliationTurns, reconcileInTurn, reconciliationMetrics } from "../src/reconciling.ts";

const finding = (kind: string, outcome: Finding["outcome"], subject = "order-1"): Finding => ({
  ...{ kind, subject, detail: "differs", outcome },
});
const report = (...findings: Finding[]): ReconciliationReport => ({ compared: 3, findings });

/** Turns in memory: always due unless `isTaken`. */
function createStage() {
  const lines: object[] = [];
  const requests: Reconcile[] = [];
  const stage = {
    ...{ lines, requests, isTaken: false, givenUp: 0, renewed: 0, nowMs: Date.parse("2026-11-24T12:00:00Z") },
    answer: (async () => report()) as () => Promise<ReconciliationReport>,
    last: { coveredUntil: null, succeededAt: null, report: null } as Awaited<ReturnType<ReconciliationTurns["last"]>>,
  };
  const turns: ReconciliationTurns = {
    claim: async () =>
      stage.isTaken
        ? null
        : {
            last: stage.last,
            renew: async () => {
              stage.renewed += 1;
            },
            succeed: async (outcome) => {
              stage.last = { ...outcome, succeededAt: new Date(stage.nowMs) };
            },
            giveUp: async () => {
              stage.givenUp += 1;
            },
          },
    last: async () => stage.last,
  };
  const write = (level: string) => (fields: object) => void lines.push({ level, ...fields });
  const logger = { warn: write("warn"), error: write("error") } as unknown as Logger;
  const reconcile = async (request: Reconcile) => {
    requests.push(request);
    return stage.answer();
  };
  return {
    ...{ stage, turns },
    turn: reconcileInTurn({ turns, reconcile, logger, now: () => stage.nowMs, renewEveryMs: 1 }),
  };
}

it("looks back a day and leaves the last two minutes alone; after an outage it goes back to where it was", async () => {
  const { stage, turn } = createStage();
  await turn();
  expect(stage.requests).toEqual([
    { dryRun: false, since: "2026-11-23T11:58:00.000Z", until: "2026-11-24T11:58:00.000Z" },
  ]);
  stage.nowMs = Date.parse("2026-11-30T12:00:00Z");
  await turn();
  expect(stage.requests[1]).toEqual({
    ...{ dryRun: false, since: "2026-11-23T11:58:00.000Z", until: "2026-11-30T11:58:00.000Z" },
  });
});

it("does nothing while it is another replica's turn", async () => {
  const { stage, turn } = createStage();
  stage.isTaken = true;
  await turn();
  expect(stage.requests).toEqual([]);
});

it("gives the turn up when it fails, and covers the same time again", async () => {
  const { stage, turn } = createStage();
  stage.answer = () => Promise.reject(new Error("Stripe is away"));
  await expect(turn()).rejects.toThrow("Stripe is away");
  expect([stage.givenUp, stage.last.coveredUntil]).toEqual([1, null]);
});

it("keeps its turn for as long as it takes, and no longer", async () => {
  const { stage, turn } = createStage();
  stage.answer = async () => {
    await vi.waitUntil(() => stage.renewed >= 3, { timeout: 20_000 });
    return report();
  };
  await turn();
  const renewed = stage.renewed;
  await delay(20);
  expect([stage.renewed, stage.last.report]).toEqual([renewed, report()]);
});

it("logs an alert when it appears, not as long as it stays", async () => {
  const { stage, turn } = createStage();
  stage.answer = async () =>
    report(finding("amount.differs", "alert"), finding("capture.unrecorded", "repaired", "order-2"));
  await turn();
  await turn();
  expect(stage.lines).toEqual([
    { level: "error", event: "reconciliation.alert", code: "amount.differs", orderId: "order-1" },
    { level: "warn", event: "reconciliation.repaired", code: "capture.unrecorded", orderId: "order-2" },
  ]);
  stage.answer = async () => report();
  await turn();
  stage.answer = async () => report(finding("amount.differs", "alert"));
  await turn();
  expect(stage.lines).toHaveLength(3);
});

it("shows in the metrics what the last turn found, whichever replica had it", async () => {
  const { stage, turns, turn } = createStage();
  const registry = new Registry();
  reconciliationMetrics(registry, turns);
  expect(await registry.metrics()).not.toContain("tradepost_reconciliation_findings{");
  stage.answer = async () =>
    report(finding("dispute.open", "alert"), finding("dispute.open", "alert", "order-2"), finding("x", "repaired"));
  await turn();
  const text = await registry.metrics();
  expect(text).toContain('tradepost_reconciliation_findings{kind="dispute.open",outcome="alert"} 2');
  expect(text).toContain('tradepost_reconciliation_findings{kind="x",outcome="repaired"} 1');
  expect(text).toContain(`tradepost_reconciliation_last_success_timestamp_seconds ${stage.nowMs / 1000}`);
  stage.answer = async () => report();
  await turn();
  expect(await registry.metrics()).not.toContain("tradepost_reconciliation_findings{");
});
