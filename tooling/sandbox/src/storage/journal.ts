import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

/** One change: a collection, an id, and the whole new value, or null when the object was deleted. */
export type Change = [collection: string, id: string, value: unknown];

export type Journal = {
  /** What earlier runs left, oldest first. */
  replay(): Change[];
  /** Appends the changes of one transaction as one line, so a crash keeps all of them or none. */
  append(changes: Change[]): void;
  /** Replaces the file by these changes: at start to shed history, and at reset to forget everything. */
  rewrite(changes: Change[]): void;
  close(): void;
};

/** Opens `journal.jsonl` in the folder, which is made when missing. Throws what the file system throws. */
export function openJournal(dataDir: string): Journal {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, "journal.jsonl");
  let file = openSync(path, "a");
  return {
    replay: () => (existsSync(path) ? readFileSync(path, "utf8").split("\n").flatMap(parseLine) : []),
    append: (changes) => void writeSync(file, `${JSON.stringify(changes)}\n`),
    rewrite: (changes) => {
      const draft = openSync(`${path}.new`, "w");
      for (const change of changes) writeSync(draft, `${JSON.stringify([change])}\n`);
      fsyncSync(draft);
      closeSync(draft);
      closeSync(file);
      renameSync(`${path}.new`, path);
      file = openSync(path, "a");
    },
    close: () => closeSync(file),
  };
}

function parseLine(line: string, index: number, lines: string[]): Change[] {
  if (line === "") return [];
  try {
    return JSON.parse(line) as Change[];
  } catch (cause) {
    // Only the last line can be torn, by a crash in mid-write; its request was never answered.
    if (index === lines.length - 1) return [];
    throw new Error(`the sandbox's journal is damaged at line ${index + 1}`, { cause });
  }
}
