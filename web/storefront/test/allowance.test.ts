import { expect, it } from "vitest";
import { createAllowance } from "../src/app/allowance.ts";

it("allows so many in any window, and more once the first of them is past", () => {
  let nowMs = 0;
  const allow = createAllowance(2, 1000, () => nowMs);
  const tryAt = (ms: number) => {
    nowMs = ms;
    return allow();
  };
  expect([tryAt(0), tryAt(600), tryAt(999)]).toEqual([true, true, false]);
  expect([tryAt(1000), tryAt(1001), tryAt(1601)]).toEqual([true, false, true]);
});
