import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The licence texts of the npm packages that the modules are from, which their licences ask to hand on with every copy.
 * `moduleIds` are paths of files; those outside node_modules are the project's own.
 */
export async function collectLicences(moduleIds: readonly string[]): Promise<string> {
  const folders = [...new Set(moduleIds.flatMap((id) => packageFolder(id) ?? []))].sort();
  const parts = await Promise.all(folders.map(describePackage));
  return [...new Set(parts)].sort((a, b) => a.localeCompare(b, "en")).join(`\n${"-".repeat(80)}\n\n`);
}

/** `…/node_modules/@scope/name/lib/file.js` → `…/node_modules/@scope/name`. */
function packageFolder(moduleId: string): string | undefined {
  const path = moduleId.replace(/^\0/, "").replaceAll("\\", "/");
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

async function describePackage(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.\w+|-\w+)?$/i.test(entry));
  const text = file ? (await readFile(join(folder, file), "utf8")).trim() : `Licence: ${license}`;
  return `${name} ${version}\n\n${text}\n`;
}
