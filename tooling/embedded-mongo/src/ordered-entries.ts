/**
 * A sorted list kept in blocks: logarithmic search, cheap insertion and deletion anywhere, iteration both ways.
 * It holds no two entries that `compare` finds equal.
 */
export interface OrderedEntries<Entry> {
  compare: (a: Entry, b: Entry) => number;
  blocks: Entry[][];
}

/** A place between entries: before `blocks[block][offset]`, or the end. */
export interface Position {
  block: number;
  offset: number;
}

const MAX_BLOCK = 512;

export const createOrderedEntries = <Entry>(compare: (a: Entry, b: Entry) => number): OrderedEntries<Entry> => ({
  compare,
  blocks: [],
});

function firstTrue(length: number, test: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The position of the first entry for which the test (false, then true along the order) is true. */
export function positionOf<Entry>({ blocks }: OrderedEntries<Entry>, reached: (entry: Entry) => boolean): Position {
  const block = firstTrue(blocks.length, (i) => reached((blocks[i] as Entry[]).at(-1) as Entry));
  const entries = blocks[block];
  return { block, offset: entries ? firstTrue(entries.length, (i) => reached(entries[i] as Entry)) : 0 };
}

/** Adds an entry, unless it is there. */
export function insertEntry<Entry>(list: OrderedEntries<Entry>, entry: Entry): void {
  const { blocks, compare } = list;
  const { block, offset } = positionOf(list, (other) => compare(other, entry) >= 0);
  const entries = blocks[block];
  if (entries) {
    if (compare(entries[offset] as Entry, entry) === 0) return;
    entries.splice(offset, 0, entry);
    if (entries.length > MAX_BLOCK) blocks.splice(block + 1, 0, entries.splice(MAX_BLOCK / 2));
    return;
  }
  // Past the end: growing keys fill their blocks instead of leaving them half empty.
  const last = blocks.at(-1);
  if (last && last.length < MAX_BLOCK) last.push(entry);
  else blocks.push([entry]);
}

/** Fills an empty list from unsorted entries. */
export function fillEntries<Entry>(list: OrderedEntries<Entry>, entries: Entry[]): void {
  entries.sort(list.compare);
  for (let i = 0; i < entries.length; i += MAX_BLOCK) list.blocks.push(entries.slice(i, i + MAX_BLOCK));
}

export function deleteEntry<Entry>(list: OrderedEntries<Entry>, entry: Entry): void {
  const { blocks, compare } = list;
  const { block, offset } = positionOf(list, (other) => compare(other, entry) >= 0);
  const entries = blocks[block];
  const found = entries?.[offset];
  if (!entries || found === undefined || compare(found, entry) !== 0) return;
  entries.splice(offset, 1);
  if (entries.length === 0) blocks.splice(block, 1);
}

/** How many entries lie between two positions. */
export function countBetween<Entry>({ blocks }: OrderedEntries<Entry>, from: Position, to: Position): number {
  let count = to.offset - from.offset;
  for (let i = from.block; i < to.block; i++) count += (blocks[i] as Entry[]).length;
  return Math.max(count, 0);
}

/** Visits the entries between two positions, in order or backwards, until `visit` returns true. */
export function scanBetween<Entry>(
  { blocks }: OrderedEntries<Entry>,
  from: Position,
  to: Position,
  backwards: boolean,
  visit: (entry: Entry) => boolean,
): boolean {
  const step = backwards ? -1 : 1;
  for (let block = backwards ? to.block : from.block; block >= from.block && block <= to.block; block += step) {
    const entries = blocks[block] ?? [];
    const start = block === from.block ? from.offset : 0;
    const end = block === to.block ? to.offset : entries.length;
    for (let i = backwards ? end - 1 : start; i >= start && i < end; i += step) {
      if (visit(entries[i] as Entry)) return true;
    }
  }
  return false;
}
