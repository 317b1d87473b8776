import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { lockDirectory } from "./directory-lock.ts";
import { type Compaction, startCompaction } from "./journal-compaction.ts";
import { openJournalFile } from "./journal-file.ts";
import { replayJournal } from "./journal-replay.ts";

/** The append-only file that a store can be rebuilt from. */
export interface Journal {
  /** Holds a record for the commit at the end of this turn. */
  append(record: Uint8Array): void;
  /**
   * Resolves when all records so far are with the operating system, where the death of this process cannot lose them;
   * undefined when they are already. Rejects, from then on always, when the file cannot be written.
   */
  committed(): Promise<void> | undefined;
  /** Resolves when all committed records are on the disk itself. */
  synced(): Promise<void>;
  /** Commits, syncs and lets go of the directory. */
  close(): Promise<void>;
}

export interface JournalSource {
  dataDir: string;
  onRecord: (record: Uint8Array) => void;
  /** Records that rebuild the present state, for compaction. */
  snapshot: () => Iterable<Uint8Array>;
  /** Bytes that the snapshot would take, about. */
  liveBytes: () => number;
}

const SYNC_INTERVAL_MS = 100;
const COMPACT_ABOVE_BYTES = 32 * 1024 * 1024;

/**
 * Replays the journal in a directory and opens it for more. Throws when another process uses the directory or the
 * file is damaged. A journal of more than twice its live data is rewritten, at the start and whenever it grows so.
 */
export function openJournal({ dataDir, onRecord, snapshot, liveBytes }: JournalSource): Journal {
  mkdirSync(dataDir, { recursive: true });
  const unlock = lockDirectory(dataDir);
  const path = join(dataDir, "journal.bson");
  let sizeBytes = 0;
  try {
    sizeBytes = replayJournal(path, onRecord);
  } catch (error) {
    unlock();
    throw error;
  }
  let file = openJournalFile(path);
  let pending: Uint8Array[] = [];
  let commit: Promise<void> | undefined;
  let compaction: Compaction | undefined;
  let limitBytes = nextLimit(liveBytes());

  function writePending(): void {
    const bytes = pending.length === 1 ? (pending[0] as Uint8Array) : Buffer.concat(pending);
    pending = [];
    try {
      file.write(bytes);
    } catch (error) {
      throw new Error(`cannot write the journal ${path}: ${(error as Error).message}`);
    }
    compaction?.follow(bytes);
    sizeBytes += bytes.length;
    compactIfGrown();
  }

  function compactIfGrown(): void {
    if (compaction || sizeBytes <= limitBytes) return;
    limitBytes = 2 * sizeBytes; // the next attempt, should this one fail
    const started = startCompaction(path, snapshot(), (replacement, replacedBytes) => {
      void file.close().catch(reportSync);
      file = replacement;
      sizeBytes = replacedBytes;
      limitBytes = nextLimit(liveBytes());
    });
    compaction = started;
    const end = () => {
      compaction = undefined;
    };
    started.finished.then(end, (error: Error) => {
      end();
      console.error(`embedded-mongo: the journal could not be compacted: ${error.message}`);
    });
  }

  // Memory is ahead of a file that cannot be written: the rejected commit stays, so nothing is acknowledged any more.
  function committed(): Promise<void> | undefined {
    if (pending.length === 0) return commit;
    commit ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      writePending();
      commit = undefined;
    });
    return commit;
  }

  const timer = setInterval(() => void file.synced().catch(reportSync), SYNC_INTERVAL_MS).unref();
  compactIfGrown();
  return {
    append: (record) => void pending.push(record),
    committed,
    synced: () => file.synced(),
    async close() {
      clearInterval(timer);
      try {
        await committed();
        await compaction?.finished.catch(() => {});
      } finally {
        await file.close();
        unlock();
      }
    },
  };
}

const nextLimit = (liveBytes: number): number => Math.max(COMPACT_ABOVE_BYTES, 2 * liveBytes);

const reportSync = (error: Error): void =>
  console.error(`embedded-mongo: the journal could not be synced: ${error.message}`);
