import { closeSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { type JournalFile, openJournalFile } from "./journal-file.ts";

const SLICE_BYTES = 256 * 1024;

/** A journal being rewritten as what it amounts to, while changes go on. */
export interface Compaction {
  /** Adds what was committed since the snapshot was taken. */
  follow(bytes: Uint8Array): void;
  /** Resolves when it is over; rejects leaving the old file as it was. */
  finished: Promise<void>;
}

/**
 * Writes a snapshot beside the journal in slices, other work in between, and puts it in the journal's place;
 * `onReplaced` is told in the same turn, so that nothing is committed to the old file after that.
 */
export function startCompaction(
  path: string,
  snapshot: Iterable<Uint8Array>,
  onReplaced: (file: JournalFile, sizeBytes: number) => void,
): Compaction {
  const rewritten = `${path}.new`;
  let tail: Uint8Array[] = [];

  async function rewrite(file: JournalFile): Promise<void> {
    let sizeBytes = 0;
    const write = (bytes: Uint8Array) => {
      file.write(bytes);
      sizeBytes += bytes.length;
    };
    for (const slice of slices(snapshot)) {
      write(slice);
      await new Promise((resolve) => setImmediate(resolve));
    }
    do {
      const following = tail;
      tail = [];
      write(Buffer.concat(following));
      await file.synced();
    } while (tail.length > 0);
    renameSync(rewritten, path);
    onReplaced(file, sizeBytes);
  }

  async function run(): Promise<void> {
    rmSync(rewritten, { force: true });
    const file = openJournalFile(rewritten);
    try {
      await rewrite(file);
    } catch (error) {
      await file.close().catch(() => {});
      rmSync(rewritten, { force: true });
      throw error;
    }
    syncDirectory(dirname(path));
  }

  return {
    follow: (bytes) => void tail.push(bytes),
    finished: run(),
  };
}

// Makes the rename itself lasting. Windows has no such thing.
function syncDirectory(directory: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(directory, "r");
  fsyncSync(fd);
  closeSync(fd);
}

function* slices(records: Iterable<Uint8Array>): Generator<Uint8Array> {
  let slice: Uint8Array[] = [];
  let bytes = 0;
  for (const record of records) {
    slice.push(record);
    bytes += record.length;
    if (bytes < SLICE_BYTES) continue;
    yield Buffer.concat(slice);
    slice = [];
    bytes = 0;
  }
  if (slice.length > 0) yield Buffer.concat(slice);
}
