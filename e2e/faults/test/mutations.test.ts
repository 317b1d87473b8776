import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { waitFor } from "@tradepost/testing/wait-for";
import { describe, expect, it, onTestFinished } from "vitest";
import { describeViolation, type HistoryReport } from "../src/history/check-facts.ts";
import { checkHistory, settleHistory } from "../src/history/check-history.ts";
import type { RuleName } from "../src/history/rules/all-rules.ts";
import { mutated } from "../src/mutations/mutated.ts";
import { MUTATIONS, type MutationName, mutate } from "../src/mutations/mutations.ts";
import { SITUATIONS } from "./situations.ts";
import { type SmallShop, startSmallShop } from "./small-shop.ts";

/** Which rules must speak up when a protection is gone. */
const MISSED_BY: Record<MutationName, RuleName[]> = {
  inbox: ["refund-once"],
  "idempotency-claim": ["equal-answers", "one-order-per-key"],
  "hold-condition": ["stock-sums", "not-oversold"],
  "late-capture-refund": ["capture-wanted", "captures-minus-refunds"],
  ledger: ["message-once"],
};
const TIMEOUT_MS = 240_000;
const names = Object.keys(MUTATIONS) as MutationName[];

async function openShop(mutation?: MutationName): Promise<SmallShop> {
  const shop = await startSmallShop(mutation);
  onTestFinished(shop.stop);
  return shop;
}

/** The report that tells of these rules, twice in a row in the same words: nothing in it was only on its way. */
function atRest({ places, expected }: SmallShop, rules: RuleName[]): Promise<HistoryReport> {
  let before = "";
  const look = async () => {
    const report = await checkHistory(places, expected);
    const words = report.violations.map(({ rule, message }) => `${rule} ${message}`).join("\n");
    const isSame = words === before;
    before = words;
    const told = new Set(report.violations.map(({ rule }) => rule));
    return isSame && rules.every((rule) => told.has(rule)) && report;
  };
  return waitFor(look, { timeoutMs: 120_000, intervalMs: 1_000, what: `the check to tell of ${rules.join(", ")}` });
}

it(
  "with every protection in place, none of the situations breaks a promise",
  async () => {
    const shop = await openShop();
    for (const name of names) await SITUATIONS[name](shop);
    const { violations, counts } = await settleHistory(shop.places, shop.expected);
    expect(violations.map(describeViolation)).toEqual([]);
    expect(counts).toMatchObject({ byStatus: { confirmed: 3, cancelled: 2, rejected: 1 }, bought: 4, captures: 5 });
    expect(shop.crashes).toEqual([]);
  },
  TIMEOUT_MS,
);

describe.each(names)("without %s", (name) => {
  it(
    `breaks a promise, which the history check tells: ${MISSED_BY[name].join(", ")}`,
    async () => {
      const shop = await openShop(name);
      await SITUATIONS[name](shop);
      const { violations } = await atRest(shop, MISSED_BY[name]);
      expect(violations.some(({ history }) => history.length > 0)).toBe(true);
    },
    TIMEOUT_MS,
  );
});

it("a mutation that no longer fits its file is refused", () => {
  const mutation = { ...MUTATIONS.ledger, find: "b" };
  expect(mutate("a b c", { ...mutation, replace: "B" })).toBe("a B c");
  expect(() => mutate("a c", mutation)).toThrow(/has 0 times/);
  expect(() => mutate("b c b", mutation)).toThrow(/has 2 times/);
});

it("a process does not start with a mutation that nobody knows", async () => {
  const env = { ...mutated("ledger"), MUTATION: "nonsense" };
  const run = promisify(execFile)(process.execPath, ["--eval", "0"], { env });
  await expect(run).rejects.toThrow(/there is no mutation nonsense/);
});
