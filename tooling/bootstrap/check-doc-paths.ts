import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./steps.ts";

/**
 * Finds references to files that are not there: relative links of Markdown files, and back-quoted paths that begin
 * with a top-level folder of the repository.
 */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));
const topLevel = new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0] ?? ""));

const dead = files
  .filter((file) => file.endsWith(".md"))
  .flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8").replace(/```[\s\S]*?```/g, "");
    return [...linked(file, text), ...quoted(text)]
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${file}: ${path}`);
  });

for (const line of dead) console.error(line);
console.log(dead.length === 0 ? "every path in the docs exists" : `${dead.length} dead paths`);
process.exit(dead.length === 0 ? 0 : 1);

function linked(file: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map((match) => match[1] ?? "")
    .filter((target) => !/^[a-z]+:/i.test(target) && !target.startsWith("/"))
    .map((target) => join(dirname(file), target));
}

function quoted(text: string): string[] {
  return [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+)\/?`/g)]
    .map((match) => match[1] ?? "")
    .filter((path) => topLevel.has(path.split("/")[0] ?? ""));
}
