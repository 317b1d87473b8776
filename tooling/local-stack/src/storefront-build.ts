import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { runNode } from "./run-node.ts";
import { repository } from "./services.ts";

const SOURCES = ["web/storefront", "web/ui", "packages/contracts/src", "packages/api-client/src"];
const IGNORED = new Set(["node_modules", "dist", "test", ".turbo"]);

/** Builds the storefront unless what is built fits the sources. Returns the folder. */
export async function buildStorefront(say: (line: string) => void): Promise<string> {
  const dist = join(repository, "web/storefront/dist");
  const stamp = join(repository, "web/storefront/node_modules/.cache/tradepost-build");
  const wanted = fingerprint(SOURCES.map((source) => join(repository, source)));
  const isBuilt = existsSync(join(dist, "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  if (isBuilt) return dist;
  say("building");
  const cwd = join(repository, "web/storefront");
  const vite = join(createRequire(join(cwd, "package.json")).resolve("vite/package.json"), "../bin/vite.js");
  await runNode({ args: [vite, "build", "--logLevel", "warn"], cwd, onLine: say });
  mkdirSync(join(stamp, ".."), { recursive: true });
  writeFileSync(stamp, wanted);
  return dist;
}

/** Changes when a file below the folders does; by size and time, which is enough to rebuild too often rather than too rarely. */
function fingerprint(folders: readonly string[]): string {
  const hash = createHash("sha256");
  const visit = (path: string): void => {
    const info = statSync(path);
    if (!info.isDirectory()) return void hash.update(`${path} ${info.size} ${info.mtimeMs}\n`);
    for (const name of readdirSync(path).sort()) if (!IGNORED.has(name)) visit(join(path, name));
  };
  for (const folder of folders) visit(folder);
  return hash.digest("hex");
}
