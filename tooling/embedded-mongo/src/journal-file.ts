import { closeSync, fdatasync, openSync, writeSync } from "node:fs";

/** A file that is only added to. */
export interface JournalFile {
  /** Hands bytes to the operating system: from then on they survive the death of this process. */
  write(bytes: Uint8Array): void;
  /** Resolves when everything written so far is on the disk itself. Calls made meanwhile share one sync. */
  synced(): Promise<void>;
  close(): Promise<void>;
}

export function openJournalFile(path: string): JournalFile {
  const fd = openSync(path, "a");
  let unsynced = false;
  let running = Promise.resolve();
  let next: Promise<void> | undefined;

  function synced(): Promise<void> {
    if (next) return next;
    if (!unsynced) return running;
    next = running.then(() => {
      next = undefined;
      unsynced = false;
      running = sync(fd);
      return running;
    });
    return next;
  }

  return {
    write(bytes) {
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      unsynced = true;
    },
    synced,
    async close() {
      await synced();
      closeSync(fd);
    },
  };
}

const sync = (fd: number): Promise<void> =>
  new Promise((resolve, reject) => fdatasync(fd, (error) => (error ? reject(error) : resolve())));
