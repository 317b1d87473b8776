import type { Variant } from "@tradepost/contracts/product";
import { expect, it } from "vitest";
import { chooseOption, initialVariant, valueState } from "../src/features/product/variant-choice.ts";

const variant = (sku: string, options: Record<string, string>, available = 5): Variant => ({
  sku,
  options,
  available,
  price: { amount: 1000, currency: "EUR" },
});
const redS = variant("RED-S", { colour: "red", size: "s" }, 0);
const redM = variant("RED-M", { colour: "red", size: "m" });
const blueM = variant("BLUE-M", { colour: "blue", size: "m" }, 0);
const blueL = variant("BLUE-L", { colour: "blue", size: "l" });
const product = { variants: [redS, redM, blueM, blueL] };

it("starts with the variant in the address, else with one that can be bought", () => {
  expect(initialVariant(product, "BLUE-L")).toBe(blueL);
  expect(initialVariant(product, "NO-SUCH")).toBe(redM);
  expect(initialVariant({ variants: [redS] }, null)).toBe(redS);
  expect(initialVariant({ variants: [] }, null)).toBeUndefined();
});

it("keeps the other options when it can, and prefers what is in stock when it cannot", () => {
  expect(chooseOption(product, redM, "colour", "blue")).toBe(blueM);
  expect(chooseOption(product, redS, "colour", "blue")).toBe(blueL);
  expect(chooseOption(product, redM, "colour", "green")).toBeUndefined();
});

it("tells available, sold out and not made apart", () => {
  expect(valueState(product, redM, "size", "m")).toBe("available");
  expect(valueState(product, redM, "size", "s")).toBe("sold-out");
  expect(valueState(product, redM, "size", "l")).toBe("not-made");
});
