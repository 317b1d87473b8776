import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A process that cannot be taken for another one which later got the same pid. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in whatever words the system has for it; compared, never parsed. */
  startedAt: string;
}

/** The identity of a running process; undefined when there is none with that pid (or only a zombie). */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startedAt = process.platform === "linux" ? startOnLinux(pid) : startFromPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether the very process that was identified earlier still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/** The command line a process was started with, words joined by spaces; undefined when there is none with that pid. */
export function processCommand(pid: number): string | undefined {
  if (identifyProcess(pid) === undefined) return undefined;
  if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  return execFileSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" }).trim();
}

/** proc(5): the 22nd field of stat is the start in clock ticks since boot; the boot id tells boots apart. */
function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // The first thread of a killed process can be a zombie while others still hold its sockets and files.
    if (state === "X" || (state === "Z" && readdirSync(`/proc/${pid}/task`).length <= 1)) return undefined;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${fields[18]}`;
  } catch {
    return undefined;
  }
}

function startFromPs(pid: number): string | undefined {
  try {
    const [state = "", ...start] = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .split(/\s+/);
    return state === "" || state.startsWith("Z") ? undefined : start.join(" ");
  } catch {
    return undefined;
  }
}
