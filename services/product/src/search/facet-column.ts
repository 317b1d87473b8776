import type { LocalText } from "../domain/catalogue.ts";
import { append, type Growing, growingIntegers } from "./growing.ts";

/** A value that products can have any number of, e.g. their colours; numbered in the order of appearance. */
export interface FacetColumn {
  values: { value: string; label: LocalText; documents: Growing }[];
  numberOf: Map<string, number>;
  /** Per value number, how many documents have it, without those that are gone. */
  counts: number[];
  /** Document d has `items[starts[d]]` up to, not including, `items[starts[d + 1]]`. */
  starts: Growing;
  items: Growing;
}

export function createFacetColumn(): FacetColumn {
  const starts = growingIntegers();
  append(starts, 0);
  return { values: [], numberOf: new Map(), counts: [], starts, items: growingIntegers() };
}

/** Adds the next document's values. Labels are those of the latest document. */
export function addDocument(column: FacetColumn, values: readonly { value: string; label: LocalText }[]): void {
  const document = column.starts.length - 1;
  for (const { value, label } of new Map(values.map((entry) => [entry.value, entry])).values()) {
    let number = column.numberOf.get(value);
    if (number === undefined) {
      number = column.values.push({ value, label, documents: growingIntegers() }) - 1;
      column.numberOf.set(value, number);
      column.counts.push(0);
    }
    const entry = column.values[number];
    if (!entry) throw new Error("a facet value vanished");
    entry.label = label;
    append(entry.documents, document);
    append(column.items, number);
    column.counts[number] = (column.counts[number] ?? 0) + 1;
  }
  append(column.starts, column.items.length);
}

/** Takes a document out of the counts; its place stays. */
export function discountDocument({ counts, starts, items }: FacetColumn, document: number): void {
  const end = starts.items[document + 1] as number;
  for (let i = starts.items[document] as number; i < end; i++) {
    const number = items.items[i] as number;
    counts[number] = (counts[number] ?? 0) - 1;
  }
}

/** Per value number, 1 for the chosen ones; values nobody has are left out. */
export function flagsOf(column: FacetColumn, chosen: Iterable<string>): Uint8Array {
  const flags = new Uint8Array(column.values.length);
  for (const value of chosen) {
    const number = column.numberOf.get(value);
    if (number !== undefined) flags[number] = 1;
  }
  return flags;
}

export function hasFlagged({ starts, items }: FacetColumn, document: number, flags: Uint8Array): boolean {
  const end = starts.items[document + 1] as number;
  for (let i = starts.items[document] as number; i < end; i++) if (flags[items.items[i] as number] === 1) return true;
  return false;
}

/** Adds, per value number, how many of the documents have it. */
export function countValues(
  { values, starts, items }: FacetColumn,
  documents: Uint32Array,
  counts: Uint32Array = new Uint32Array(values.length),
): Uint32Array {
  const first = starts.items;
  const numbers = items.items;
  for (let d = 0; d < documents.length; d++) {
    const document = documents[d] as number;
    const end = first[document + 1] as number;
    for (let i = first[document] as number; i < end; i++) {
      const number = numbers[i] as number;
      counts[number] = (counts[number] as number) + 1;
    }
  }
  return counts;
}
