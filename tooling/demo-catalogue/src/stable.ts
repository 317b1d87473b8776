import { createHash } from "node:crypto";

/** The same 32-bit number for the same words in every run: the catalogue's only source of variety. */
export function stableNumber(...words: string[]): number {
  return createHash("sha256").update(words.join("\u0000")).digest().readUInt32BE(0);
}

/** A UUIDv7 (RFC 9562) whose time is `createdAt` and whose other bits follow from `name`, so it never changes. */
export function stableId(name: string, createdAt: string): string {
  const bytes = createHash("sha256").update(name).digest().subarray(0, 16);
  bytes.writeUIntBE(Date.parse(createdAt), 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A generator of numbers in [0, 1) that always gives the same row for the same seed (mulberry32). */
export function seededRandom(...words: string[]): () => number {
  let state = stableNumber(...words);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
