import type { Facet } from "@tradepost/contracts/product";
import type { FacetField } from "./listed-product.ts";

type Value = Facet["values"][number];

const LETTER_SIZES = ["xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"];
const numeric = new Intl.Collator("en", { numeric: true });

/** Sizes from small to large, all else by how many products have it; no more than `limit`, but all that are chosen. */
export function orderFacetValues(
  field: FacetField,
  values: readonly Value[],
  chosen: ReadonlySet<string>,
  limit: number,
): Value[] {
  const byCount = values.toSorted(
    (a, b) => b.count - a.count || (a.label.toLowerCase() < b.label.toLowerCase() ? -1 : 1),
  );
  const kept = byCount.filter(({ value }, i) => i < limit || chosen.has(value));
  return field === "size" ? kept.sort((a, b) => compareSizes(a.value, b.value)) : kept;
}

function compareSizes(a: string, b: string): number {
  const letterA = LETTER_SIZES.indexOf(a.toLowerCase());
  const letterB = LETTER_SIZES.indexOf(b.toLowerCase());
  if (letterA >= 0 && letterB >= 0) return letterA - letterB;
  if (letterA >= 0 || letterB >= 0) return letterA >= 0 ? -1 : 1;
  return numeric.compare(a, b);
}
