import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new directory (with a space in its name, which every server must bear) and the way to remove it. */
export function temporaryDirectory(): { dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), "tradepost servers-"));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
