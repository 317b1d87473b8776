import { aftercare } from "./aftercare.ts";
import { lastUnits } from "./last-units.ts";
import { namedScenarios } from "./named-scenarios.ts";
import { sameCheckout } from "./same-checkout.ts";
import type { Scenario } from "./scenario.ts";

export const allScenarios: readonly Scenario[] = [...namedScenarios, aftercare, lastUnits, sameCheckout];

/** Those whose names match one of the patterns, in which `*` stands for anything. */
export function findScenarios(patterns: readonly string[]): Scenario[] {
  const matchers = patterns.map((pattern) => new RegExp(`^${pattern.split("*").map(RegExp.escape).join(".*")}$`));
  return allScenarios.filter(({ name }) => matchers.some((matcher) => matcher.test(name)));
}
