import { closeSync, fdatasync, fdatasyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { lockDirectory } from "./directory-lock.ts";
import { replayJournal } from "./journal-replay.ts";

/** The append-only file that a store can be rebuilt from. */
export interface Journal {
  /** Holds a record for the next commit. */
  append(record: Uint8Array): void;
  /** Hands what was appended to the operating system: from then on it survives the death of this process. */
  commit(): void;
  /** Resolves when everything committed so far is on the disk itself. Calls made meanwhile share one sync. */
  synced(): Promise<void>;
  /** Commits, syncs and lets go of the directory. */
  close(): Promise<void>;
}

export interface JournalSource {
  dataDir: string;
  onRecord: (record: Uint8Array) => void;
  /** Records that rebuild the present state, for compaction. */
  snapshot: () => Iterable<Uint8Array>;
  /** Bytes a snapshot would take, about. */
  liveBytes: () => number;
}

const SYNC_INTERVAL_MS = 100;
const COMPACT_ABOVE_BYTES = 32 * 1024 * 1024;
const COMPACTION_SLICE_BYTES = 1024 * 1024;

/**
 * Replays the journal in a directory and opens it for more. Throws when another process uses the directory or the
 * file is damaged. A journal of more than twice its live data is rewritten: at the start, and whenever it grows so.
 */
export function openJournal({ dataDir, onRecord, snapshot, liveBytes }: JournalSource): Journal {
  mkdirSync(dataDir, { recursive: true });
  const unlock = lockDirectory(dataDir);
  const file = join(dataDir, "journal.bson");
  const rewritten = `${file}.new`;
  rmSync(rewritten, { force: true });

  let sizeBytes = replayJournal(file, onRecord);
  let fd = openSync(file, "a");
  let pending: Uint8Array[] = [];
  let dirty = false;
  let failure: Error | undefined;
  let nextSync: Promise<void> | undefined;
  let runningSync = Promise.resolve();
  /** Commits that a running compaction has yet to add to the new file. */
  let tail: Uint8Array[] | undefined;
  let compaction = Promise.resolve();
  const compactAbove = () => Math.max(COMPACT_ABOVE_BYTES, 2 * liveBytes());
  let limitBytes = compactAbove();

  function commit(): void {
    if (failure) throw failure;
    if (pending.length === 0) return;
    const bytes = pending.length === 1 ? (pending[0] as Uint8Array) : Buffer.concat(pending);
    pending = [];
    try {
      writeAll(fd, bytes);
    } catch (error) {
      // Memory is now ahead of the file: nothing may be acknowledged or read any more.
      failure = new Error(`cannot write the journal ${file}: ${(error as Error).message}`);
      throw failure;
    }
    tail?.push(bytes);
    sizeBytes += bytes.length;
    dirty = true;
    if (sizeBytes > limitBytes && !tail) compaction = compact();
  }

  function synced(): Promise<void> {
    if (!dirty) return runningSync;
    nextSync ??= runningSync.then(() => {
      nextSync = undefined;
      dirty = false;
      runningSync = sync(fd);
      return runningSync;
    });
    return nextSync;
  }

  async function compact(): Promise<void> {
    tail = [];
    const target = openSync(rewritten, "w");
    let written = 0;
    for (const slice of slices(snapshot())) {
      writeAll(target, slice);
      written += slice.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await sync(target);
    for (const bytes of tail) {
      writeAll(target, bytes);
      written += bytes.length;
    }
    fdatasyncSync(target);
    await runningSync;
    renameSync(rewritten, file);
    closeSync(fd);
    fd = target;
    sizeBytes = written;
    limitBytes = compactAbove();
    tail = undefined;
  }

  const timer = setInterval(() => void synced(), SYNC_INTERVAL_MS);
  timer.unref();
  if (sizeBytes > limitBytes) compaction = compact();
  return {
    append: (record) => void pending.push(record),
    commit,
    synced,
    async close() {
      clearInterval(timer);
      commit();
      await compaction;
      await synced();
      closeSync(fd);
      unlock();
    },
  };
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

const sync = (fd: number): Promise<void> =>
  new Promise((resolve, reject) => fdatasync(fd, (error) => (error ? reject(error) : resolve())));

function* slices(records: Iterable<Uint8Array>): Generator<Uint8Array> {
  let slice: Uint8Array[] = [];
  let bytes = 0;
  for (const record of records) {
    slice.push(record);
    bytes += record.length;
    if (bytes < COMPACTION_SLICE_BYTES) continue;
    yield Buffer.concat(slice);
    slice = [];
    bytes = 0;
  }
  if (slice.length > 0) yield Buffer.concat(slice);
}
