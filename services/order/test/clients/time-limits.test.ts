import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { placingLimitsMs } from "../../src/clients/time-limits.ts";
import { Config } from "../../src/config.ts";
import { TAKE_OVER_WITHIN_MS } from "../../src/use-cases/answer-once.ts";

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** What the gateway gives a request to the order service before it answers by itself. */
function gatewayLimitMs(): number {
  const kong = readFileSync(fileURLToPath(new URL("../../../../deploy/kong/kong.yml", import.meta.url)), "utf8");
  const [, limit] = /- name: order\n(?: {4}.*\n)*? {4}read_timeout: (\d+)\n/.exec(kong) ?? [];
  return Number(limit);
}

it("a request that waited for the first one and takes it over still ends before the gateway gives up", () => {
  expect(TAKE_OVER_WITHIN_MS + sum(Object.values(placingLimitsMs))).toBeLessThan(gatewayLimitMs());
});

it("the sweeper continues an order only after its request has ended", () => {
  const stuckAfterMs = Config.shape.STUCK_AFTER_SECONDS.parse(undefined) * 1000;
  expect(placingLimitsMs.holdStock + placingLimitsMs.createPayment).toBeLessThan(stuckAfterMs);
});
