import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Which drawings a folder already holds, by name and fingerprint. */
export interface PictureRecord {
  holds: (name: string, fingerprint: string) => boolean;
  add: (name: string, fingerprint: string) => void;
  /** Rewrites the record with one line a drawing. */
  tidy: () => void;
}

/** Reads the record of a folder. Each drawing adds a line as soon as its files are there, so a broken run goes on where it stopped. */
export function openRecord(folder: string): PictureRecord {
  const file = join(folder, "drawn.txt");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const known = new Map<string, string>();
  for (const line of lines) {
    const [fingerprint, name] = line.split("  ");
    if (fingerprint && name) known.set(name, fingerprint);
  }
  return {
    holds: (name, fingerprint) => known.get(name) === fingerprint,
    add: (name, fingerprint) => {
      known.set(name, fingerprint);
      appendFileSync(file, `${fingerprint}  ${name}\n`);
    },
    tidy: () => {
      const tidied = [...known].map(([name, fingerprint]) => `${fingerprint}  ${name}\n`).join("");
      writeFileSync(`${file}.new`, tidied);
      renameSync(`${file}.new`, file);
    },
  };
}
