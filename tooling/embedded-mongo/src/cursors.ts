import { calculateObjectSize, Long } from "bson";
import { MongoError } from "./mongo-error.ts";
import type { Doc } from "./values.ts";

interface OpenCursor {
  namespace: string;
  docs: Doc[];
  sizesBytes: number[] | undefined;
  position: number;
  project: (doc: Doc) => Doc;
  usedAt: number;
}

export interface Cursors {
  open: Map<string, OpenCursor>;
  nextId: number;
}

/** What a query found (as it was then), to be handed out in batches. */
export interface CursorSource {
  namespace: string;
  docs: Doc[];
  /** Upper bounds of the documents' sizes as they are handed out, where they are known; else they are measured. */
  sizesBytes?: number[] | undefined;
  project?: (doc: Doc) => Doc;
}

const FIRST_BATCH = 101;
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
/** At most what an array adds to each of its documents: a type and the number that is its name. */
const ARRAY_ITEM_BYTES = 10;
const IDLE_TIMEOUT_MS = 10 * 60_000;

export const createCursors = (): Cursors => ({ open: new Map(), nextId: 1 });

/** The reply with the first batch; the rest waits behind the cursor id, unless `single`. */
export function openCursor(cursors: Cursors, source: CursorSource, batchSize = FIRST_BATCH, single = false): Doc {
  const cursor: OpenCursor = {
    position: 0,
    project: (doc) => doc,
    sizesBytes: undefined,
    usedAt: Date.now(),
    ...source,
  };
  const firstBatch = takeBatch(cursor, batchSize);
  let id = Long.ZERO;
  if (cursor.position < cursor.docs.length && !single) {
    id = Long.fromNumber(cursors.nextId++);
    cursors.open.set(id.toString(), cursor);
  }
  return { cursor: { firstBatch, id, ns: source.namespace }, ok: 1 };
}

/** The reply with the next batch. Throws 43 for a cursor that is unknown, exhausted or was idle too long. */
export function continueCursor(cursors: Cursors, id: Long, batchSize = Number.POSITIVE_INFINITY): Doc {
  const cursor = cursors.open.get(id.toString());
  if (!cursor) throw new MongoError(43, "CursorNotFound", `cursor id ${id} not found`);
  cursor.usedAt = Date.now();
  const nextBatch = takeBatch(cursor, batchSize);
  const done = cursor.position >= cursor.docs.length;
  if (done) cursors.open.delete(id.toString());
  return { cursor: { nextBatch, id: done ? Long.ZERO : id, ns: cursor.namespace }, ok: 1 };
}

function takeBatch(cursor: OpenCursor, batchSize: number): Doc[] {
  const batch: Doc[] = [];
  let bytes = 0;
  while (cursor.position < cursor.docs.length && batch.length < batchSize) {
    const doc = cursor.project(cursor.docs[cursor.position] as Doc);
    bytes += (cursor.sizesBytes?.[cursor.position] ?? calculateObjectSize(doc)) + ARRAY_ITEM_BYTES;
    if (bytes > MAX_BATCH_BYTES && batch.length > 0) break;
    batch.push(doc);
    cursor.position += 1;
  }
  return batch;
}

export const closeCursor = (cursors: Cursors, id: Long): boolean => cursors.open.delete(id.toString());

/** Forgets cursors that nobody has asked for in ten minutes. */
export function closeIdleCursors(cursors: Cursors, now = Date.now()): void {
  for (const [id, { usedAt }] of cursors.open) if (now - usedAt > IDLE_TIMEOUT_MS) cursors.open.delete(id);
}
