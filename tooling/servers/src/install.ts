import { withoutServices } from "./apt-services.ts";
import { type Machine, thisMachine } from "./machine.ts";
import type { Program } from "./programs.ts";

export interface InstallOptions {
  /** What is needed here. */
  programs: Program[];
  /** One line per step, for the status display. */
  log?: (line: string) => void;
  /** Default: the one this runs on. */
  machine?: Machine;
}

interface Packages {
  debian: string;
  brew: string;
  /** Debian starts it after an install and at boot unless told not to. */
  service?: { name: string; ports: number[] };
}

// Ubuntu's apt has Chromium only as a snap, which does not install in containers: there it is asked for by name.
const PACKAGES: Partial<Record<Program, Packages>> = {
  "redis-server": { debian: "redis-server", brew: "redis", service: { name: "redis-server", ports: [6379] } },
  "rabbitmq-server": {
    debian: "rabbitmq-server",
    brew: "rabbitmq",
    service: { name: "rabbitmq-server", ports: [5672, 4369] },
  },
  chromium: { debian: "chromium", brew: "--cask google-chrome" },
};

/**
 * Makes sure that the programs are on this machine: root on Debian or Ubuntu gets what is missing by apt-get, without a
 * service being started. Throws an error that says what to install by hand where that is not possible.
 */
export async function ensureInstalled(options: InstallOptions): Promise<void> {
  const { programs, log = () => {}, machine = thisMachine() } = options;
  const missing = programs.filter((program) => !machine.has(program));
  const byApt = missing.filter((program) => canInstall(program, machine));
  if (byApt.length > 0) await installByApt(byApt, machine, log);
  const still = missing.filter((program) => !machine.has(program));
  if (still.length > 0) throw new Error(instructions(still, machine));
}

function canInstall(program: Program, { isRoot, distribution }: Machine): boolean {
  if (!isRoot || PACKAGES[program] === undefined) return false;
  return distribution === "debian" || (distribution === "ubuntu" && program !== "chromium");
}

async function installByApt(programs: Program[], machine: Machine, log: (line: string) => void): Promise<void> {
  const packages = programs.map((program) => PACKAGES[program]?.debian ?? program);
  const services = programs.flatMap((program) => PACKAGES[program]?.service ?? []);
  const ports = services.flatMap((service) => service.ports);
  const freeBefore = await freeAmong(ports, machine);
  const options = ["-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"];
  log("apt-get update");
  await machine.run("apt-get", ["update", "-q"]);
  log(`apt-get install ${packages.join(" ")}`);
  await withoutServices(machine.policyFile, () => machine.run("apt-get", ["install", ...options, ...packages]));
  if (machine.hasSystemd) for (const { name } of services) await machine.run("systemctl", ["disable", name]);
  const freeAfter = await freeAmong(ports, machine);
  const started = freeBefore.filter((port) => !freeAfter.includes(port));
  if (started.length > 0)
    throw new Error(`installing ${packages.join(", ")} left a server on port ${started.join(", ")}`);
  log(`installed ${packages.join(", ")}; nothing of it was started`);
}

async function freeAmong(ports: number[], { isFree }: Machine): Promise<number[]> {
  const free = await Promise.all(ports.map(isFree));
  return ports.filter((_, index) => free[index]);
}

function instructions(missing: Program[], { distribution }: Machine): string {
  const what = `Tradepost needs ${missing.join(", ")}, which this machine does not have.`;
  if (distribution === "macos")
    return [what, "Run:", ...missing.map((program) => `  brew install ${PACKAGES[program]?.brew ?? program}`)].join(
      "\n",
    );
  if (distribution === "debian" || distribution === "ubuntu") {
    const packages = missing.map((program) => PACKAGES[program]?.debian ?? program);
    return [what, "Run:", `  sudo apt-get install --no-install-recommends ${packages.join(" ")}`].join("\n");
  }
  return `${what} Install them with the system's package manager, so that they are on PATH.`;
}
