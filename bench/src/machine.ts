import { execFileSync } from "node:child_process";
import { arch, cpus, loadavg, platform, totalmem } from "node:os";
import { repository } from "@tradepost/local-stack/services";

/** What numbers depend on; nothing that names the machine. */
export const machine = () => ({
  cores: cpus().length,
  processor: cpus()[0]?.model.trim() ?? "unknown",
  memoryGb: Math.round(totalmem() / 2 ** 30),
  platform: `${platform()}-${arch()}`,
  node: process.version,
});

/** Processes that wanted to run in the last minute, on average: well above the number of cores, others were in the way. */
export const loadAverage = (): number => Number((loadavg()[0] ?? 0).toFixed(1));

/** The commit that is checked out, with `+` when tracked files differ from it. */
export function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: repository, encoding: "utf8" }).trim();
  return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "--untracked-files=no") === "" ? "" : "+");
}
