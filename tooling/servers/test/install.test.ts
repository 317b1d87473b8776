import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensureInstalled } from "../src/install.ts";
import type { Machine } from "../src/machine.ts";
import type { Program } from "../src/programs.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const PROGRAMS: Program[] = ["redis-server", "rabbitmq-server", "chromium"];

let temporary: ReturnType<typeof temporaryDirectory>;
let ran: string[];
let policyDuring: Record<string, string | undefined>;
beforeEach(() => {
  temporary = temporaryDirectory();
  ran = [];
  policyDuring = {};
});
afterEach(() => temporary.remove());

/** A machine on which an `apt-get install` puts the packages' programs in place, unless told otherwise. */
function machineWith(installed: Program[], different: Partial<Machine> = {}): Machine {
  const programs = new Set<string>(installed);
  const policyFile = join(temporary.dir, "policy-rc.d");
  return {
    distribution: "debian",
    isRoot: true,
    hasSystemd: false,
    policyFile,
    has: (program) => programs.has(program),
    isFree: async () => true,
    run: async (command, args) => {
      ran.push([command, ...args].join(" "));
      policyDuring[args[0] ?? ""] = existsSync(policyFile) ? readFileSync(policyFile, "utf8") : undefined;
      if (args[0] === "install") for (const name of args) programs.add(name);
    },
    ...different,
  };
}

test("does nothing when everything is there", async () => {
  await ensureInstalled({ programs: PROGRAMS, machine: machineWith(PROGRAMS) });
  expect(ran).toEqual([]);
});

test("root on Debian gets what is missing after one update, while the policy denies starting services", async () => {
  const lines: string[] = [];
  const machine = machineWith(["redis-server"]);
  await ensureInstalled({ programs: PROGRAMS, machine, log: (line) => lines.push(line) });
  expect(ran).toEqual([
    "apt-get update -q",
    "apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=120 rabbitmq-server chromium",
  ]);
  expect(policyDuring.install).toMatch(/exit 101/);
  expect(existsSync(machine.policyFile)).toBe(false);
  expect(lines.at(-1)).toBe("installed rabbitmq-server, chromium; nothing of it was started");
});

test.each(["succeeds", "fails"])("the machine's own policy is back when the install %s", async (outcome) => {
  const machine = machineWith([]);
  writeFileSync(machine.policyFile, "#!/bin/sh\nexit 104\n", { mode: 0o755 });
  const { run } = machine;
  machine.run = async (command, args) => {
    await run(command, args);
    if (outcome === "fails" && args[0] === "install") throw new Error("no space left");
  };
  const installing = ensureInstalled({ programs: PROGRAMS, machine });
  if (outcome === "fails") await expect(installing).rejects.toThrow("no space left");
  else await installing;
  expect(policyDuring.install).toMatch(/exit 101/);
  expect(readFileSync(machine.policyFile, "utf8")).toBe("#!/bin/sh\nexit 104\n");
  expect(statSync(machine.policyFile).mode & 0o777).toBe(0o755);
});

test("a policy left over from a run that was cut short does not stay", async () => {
  const cutShort = machineWith([]);
  const reachedInstall = new Promise<string>((resolve) => {
    cutShort.run = async (_, args) => {
      if (args[0] !== "install") return;
      resolve(readFileSync(cutShort.policyFile, "utf8"));
      await new Promise(() => {});
    };
  });
  ensureInstalled({ programs: PROGRAMS, machine: cutShort });
  await reachedInstall;
  await ensureInstalled({ programs: PROGRAMS, machine: machineWith([]) });
  expect(existsSync(cutShort.policyFile)).toBe(false);
});

test("says so when a server runs after the install that did not before", async () => {
  let installed = false;
  const machine = machineWith([], { isFree: async (port) => !(installed && port === 6379) });
  const { run } = machine;
  machine.run = async (command, args) => {
    await run(command, args);
    installed ||= args[0] === "install";
  };
  await expect(ensureInstalled({ programs: PROGRAMS, machine })).rejects.toThrow(/left a server on port 6379/);
});

test("with systemd the services are not started at the next boot either", async () => {
  await ensureInstalled({ programs: PROGRAMS, machine: machineWith([], { hasSystemd: true }) });
  expect(ran.slice(2)).toEqual(["systemctl disable redis-server", "systemctl disable rabbitmq-server"]);
});

test.each([
  ["debian", "sudo apt-get install --no-install-recommends redis-server chromium"],
  ["macos", "brew install redis\n  brew install --cask google-chrome"],
  ["arch", "Install them with the system's package manager"],
])("without root on %s the error says what to install", async (distribution, words) => {
  const machine = machineWith(["rabbitmq-server"], { distribution, isRoot: distribution === "arch" });
  const installing = ensureInstalled({ programs: PROGRAMS, machine });
  await expect(installing).rejects.toThrow("needs redis-server, chromium, which");
  await expect(installing).rejects.toThrow(words);
  expect(ran).toEqual([]);
});

test("on Ubuntu, whose Chromium is a snap, the servers are installed and Chromium is asked for", async () => {
  const machine = machineWith([], { distribution: "ubuntu" });
  await expect(ensureInstalled({ programs: PROGRAMS, machine })).rejects.toThrow("needs chromium, which");
  expect(ran[1]).toMatch(/redis-server rabbitmq-server$/);
});
