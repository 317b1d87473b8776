import { FACET_FIELDS } from "@tradepost/contracts/product";
import type { FacetField } from "../domain/listed-product.ts";
import { type FacetColumn, flagsOf, hasFlagged } from "./facet-column.ts";
import { append, growingIntegers } from "./growing.ts";
import type { ProductColumns } from "./product-columns.ts";

/** Values of one column, of which a product must have any. */
export interface Choice {
  /** Undefined for the category, whose values are not counted. */
  field: FacetField | undefined;
  column: FacetColumn;
  flags: Uint8Array;
}

export interface Chosen {
  categoryIds: readonly string[] | undefined;
  facets: Partial<Record<FacetField, readonly string[] | undefined>>;
}

export function choicesOf({ categories, facets }: ProductColumns, chosen: Chosen): Choice[] {
  const choices: Choice[] = [];
  const { categoryIds } = chosen;
  if (categoryIds) choices.push({ field: undefined, column: categories, flags: flagsOf(categories, categoryIds) });
  for (const field of FACET_FIELDS) {
    const values = chosen.facets[field];
    if (!values || values.length === 0) continue;
    choices.push({ field, column: facets[field], flags: flagsOf(facets[field], values) });
  }
  return choices;
}

export const NONE = -1;
export const SEVERAL = -2;

/** Which one of the choices the document fails, or NONE, or SEVERAL. */
export function onlyFailure(choices: readonly Choice[], document: number): number {
  let failed = NONE;
  for (let n = 0; n < choices.length; n++) {
    const { column, flags } = choices[n] as Choice;
    if (hasFlagged(column, document, flags)) continue;
    if (failed !== NONE) return SEVERAL;
    failed = n;
  }
  return failed;
}

/** The choice that the fewest documents meet; undefined without choices. */
export function rarestOf(choices: readonly Choice[]): Choice | undefined {
  let rarest: Choice | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const choice of choices) {
    let count = 0;
    for (const { documents } of chosenValues(choice)) count += documents.length;
    if (count < fewest) [rarest, fewest] = [choice, count];
  }
  return rarest;
}

/** Documents, gone ones too, that meet the choice; each once. */
export function documentsOf(choice: Choice): Uint32Array {
  const [first, ...others] = chosenValues(choice);
  if (first && others.length === 0) return first.documents.items.subarray(0, first.documents.length);
  const seen = new Uint8Array(choice.column.starts.length);
  const found = growingIntegers();
  for (const { documents } of first ? [first, ...others] : []) {
    for (let i = 0; i < documents.length; i++) {
      const document = documents.items[i] as number;
      if (seen[document] === 1) continue;
      seen[document] = 1;
      append(found, document);
    }
  }
  return found.items.subarray(0, found.length);
}

const chosenValues = ({ column, flags }: Choice) => column.values.filter((_, number) => flags[number] === 1);
