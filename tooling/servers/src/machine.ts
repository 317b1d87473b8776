import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { isFree } from "./ports.ts";
import { findProgram, type Program } from "./programs.ts";

/** What the installer asks and does; an argument, so that tests can have any machine. */
export interface Machine {
  /** "macos", or the ID in /etc/os-release (a derivative of Debian counts as "debian"). */
  distribution: string;
  isRoot: boolean;
  hasSystemd: boolean;
  /** Where Debian looks for the policy about starting services. */
  policyFile: string;
  has(program: Program): boolean;
  isFree(port: number): Promise<boolean>;
  /** Runs a command to its end without asking questions; throws with its output when it fails. */
  run(command: string, args: string[]): Promise<unknown>;
}

export function thisMachine(): Machine {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return {
    distribution: process.platform === "darwin" ? "macos" : readDistribution(),
    isRoot: process.getuid?.() === 0,
    hasSystemd: existsSync("/run/systemd/system"),
    policyFile: "/usr/sbin/policy-rc.d",
    has: (program) => findProgram(program) !== undefined,
    isFree,
    run: (command, args) => promisify(execFile)(command, args, { env, maxBuffer: 2 ** 26 }),
  };
}

function readDistribution(file = "/etc/os-release"): string {
  if (!existsSync(file)) return process.platform;
  const fields = new Map(
    [...readFileSync(file, "utf8").matchAll(/^(\w+)="?([^"\n]*)"?$/gm)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );
  const id = fields.get("ID") ?? "";
  return id !== "ubuntu" && fields.get("ID_LIKE")?.split(" ").includes("debian") ? "debian" : id;
}
