import { serialize } from "bson";
import type { IndexSpec } from "./index-spec.ts";
import type { UpdateStep } from "./update.ts";
import type { Doc } from "./values.ts";

/** One change, as a BSON document in the journal. `n` is the namespace. */
export type JournalRecord =
  | { n: string; put: Doc }
  | { n: string; id: unknown; steps: UpdateStep[] }
  | { n: string; remove: unknown }
  | { n: string; create: true }
  | { n: string; drop: true }
  | { n: string; index: IndexSpec }
  | { n: string; dropIndex: string }
  | { session: string; number: string; statement: number; result: Doc };

export const encodeRecord = (record: JournalRecord): Uint8Array => serialize(record);

/** A `put` record around a document that is BSON already. */
export function encodePut(namespace: string, document: Uint8Array): Uint8Array {
  const name = Buffer.from(namespace);
  const length = 4 + (1 + 2 + 4 + name.length + 1) + (1 + 4 + document.length) + 1;
  const record = Buffer.allocUnsafe(length);
  let at = record.writeInt32LE(length, 0);
  at += record.write("\x02n\0", at, "latin1");
  at = record.writeInt32LE(name.length + 1, at);
  at += name.copy(record, at);
  at += record.write("\0\x03put\0", at, "latin1");
  record.set(document, at);
  record[length - 1] = 0;
  return record;
}
