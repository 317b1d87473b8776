import { closeSync, existsSync, fstatSync, openSync, readSync, truncateSync } from "node:fs";

/** Called with each record, in order, and its bytes' length. */
export type OnRecord = (record: Uint8Array) => void;

const CHUNK_BYTES = 4 * 1024 * 1024;
const MIN_RECORD_BYTES = 5;
const MAX_RECORD_BYTES = 17 * 1024 * 1024;

/**
 * Reads a journal from its start and gives the bytes of its whole records. A record cut off at the end (the process
 * or machine died while writing it, so it was never acknowledged) is removed from the file. Throws for a file that is
 * damaged before its end.
 */
export function replayJournal(file: string, onRecord: OnRecord): number {
  if (!existsSync(file)) return 0;
  const fd = openSync(file, "r");
  const size = fstatSync(fd).size;
  let goodBytes = 0;
  let held = Buffer.alloc(0);
  try {
    for (let read = 0; read < size; ) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size - read));
      read += readSync(fd, chunk, 0, chunk.length, read);
      held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
      const used = consume(held, file, goodBytes, onRecord);
      goodBytes += used;
      held = held.subarray(used);
    }
  } finally {
    closeSync(fd);
  }
  if (goodBytes < size) truncateSync(file, goodBytes);
  return goodBytes;
}

function consume(bytes: Buffer, file: string, offset: number, onRecord: OnRecord): number {
  let at = 0;
  while (at + 4 <= bytes.length) {
    const length = bytes.readInt32LE(at);
    if (length === 0) return zeroTail(bytes, at, file, offset);
    if (length < MIN_RECORD_BYTES || length > MAX_RECORD_BYTES) throw damaged(file, offset + at);
    if (at + length > bytes.length) break;
    if (bytes[at + length - 1] !== 0) throw damaged(file, offset + at);
    onRecord(bytes.subarray(at, at + length));
    at += length;
  }
  return at;
}

// A file system may leave zeros where a write did not finish; anything else after them is not a torn tail.
function zeroTail(bytes: Buffer, at: number, file: string, offset: number): number {
  if (bytes.subarray(at).some((byte) => byte !== 0)) throw damaged(file, offset + at);
  return at;
}

const damaged = (file: string, at: number) =>
  new Error(`the journal ${file} is damaged at byte ${at}: restore it from a copy, or move it away to start empty`);
