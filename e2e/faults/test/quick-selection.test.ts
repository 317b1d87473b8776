import { afterAll, beforeAll, expect, it } from "vitest";
import { describeViolation } from "../src/history/check-facts.ts";
import type { Planned } from "../src/injections/injection.ts";
import { kill, killAt, MOMENTS } from "../src/injections/processes.ts";
import { misbehave } from "../src/injections/providers.ts";
import { stopStore } from "../src/injections/stores.ts";
import { openRig, type Rig } from "../src/rig/rig.ts";
import { type Result, runScenario } from "../src/run-scenario.ts";
import { lastUnits } from "../src/scenarios/last-units.ts";
import { sameCheckout } from "../src/scenarios/same-checkout.ts";
import type { Scenario } from "../src/scenarios/scenario.ts";
import { shopUnder } from "../src/scenarios/shop-under.ts";

/** A taste of `pnpm faults`. No deadline is so near that a slow machine could miss it: the runner lets it come. */
const FAR_OFF_SECONDS = 3_600;
const TIMEOUT_MS = 400_000;
const afterHold = MOMENTS.find(({ name }) => name === "after hold")!;
const known = new Set<string>();

let rig: Rig;
beforeAll(async () => {
  rig = await openRig({ payWithinSeconds: FAR_OFF_SECONDS, durable: false, download: false });
}, TIMEOUT_MS);
afterAll(() => rig.close(), TIMEOUT_MS);

async function run(scenario: Scenario): Promise<Result> {
  const options = { seed: "quick", shoppers: 12, patienceMs: 8_000, progress: () => {}, known };
  const result = await runScenario(rig, scenario, options);
  expect(result.violations.map(describeViolation)).toEqual([]);
  return result;
}

it("200 shoppers for the last 50 units: 50 pay, 150 are told what is left, nothing stays held", {
  timeout: TIMEOUT_MS,
}, async () => {
  expect((await run(lastUnits)).outcomes).toEqual({ paid: 50, "sold-out": 150 });
});

it("the same checkout 50 times at once is one order and one charge", { timeout: TIMEOUT_MS }, async () => {
  const { outcomes } = await run(sameCheckout);
  expect(outcomes.equal).toBeGreaterThan(0);
});

it("kills, a lost webhook, repeated ones and a broker that restarts break no promise", {
  timeout: TIMEOUT_MS,
}, async () => {
  const captured = { target: "webhooks", match: { event: "payment_intent.succeeded" } } as const;
  const planned: Planned[] = [
    { after: 0, injection: misbehave("one lost webhook", Infinity, { ...captured, kind: "lose", times: 1 }) },
    { after: 0, injection: misbehave("repeated webhooks", Infinity, { target: "webhooks", kind: "duplicate", n: 2 }) },
    // The first to come is in the middle of it: later, mails under way would make their senders wait half a minute.
    { after: 0, injection: killAt(afterHold, 1, Infinity) },
    { after: 0.5, injection: stopStore("rabbitmq", 1_000) },
    { after: 0.6, injection: kill("payment", "all") },
    { after: 0.8, injection: kill("product", "one") },
  ];
  const { injected } = await run({
    ...{ name: "quick", summary: "a little of everything", purchases: 40 },
    play: (stage) => shopUnder(stage, planned),
  });
  expect(injected).toHaveLength(planned.length);
  expect(injected.filter(({ hits }) => hits === 0)).toEqual([]);
});
