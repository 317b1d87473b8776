import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { claimPort } from "../src/port-claims.ts";
import { identifyProcess } from "../src/process-identity.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const MODULE = fileURLToPath(new URL("../src/port-claims.ts", import.meta.url));

const directories: { remove(): void }[] = [];
afterAll(() => {
  for (const each of directories) each.remove();
});

function emptyDirectory(): string {
  const made = temporaryDirectory();
  directories.push(made);
  return made.dir;
}

/** A process that claims a port, and lives until it is ended. */
async function otherClaims(port: number, dir: string) {
  const source = `import { claimPort } from ${JSON.stringify(MODULE)};
    process.on("SIGTERM", () => process.exit(0));
    console.log(claimPort(${port}, ${JSON.stringify(dir)}));
    setInterval(() => {}, 1_000);`;
  const other = spawn(process.execPath, ["--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [answer] = await once(other.stdout, "data");
  const end = async (signal: NodeJS.Signals) => {
    other.kill(signal);
    await once(other, "exit");
  };
  return { got: String(answer).trim() === "true", end };
}

test("a port is claimed by one process at a time", async () => {
  const dir = emptyDirectory();
  expect(claimPort(20_001, dir)).toBe(true);
  expect(claimPort(20_001, dir)).toBe(false);
  const other = await otherClaims(20_001, dir);
  expect(other.got).toBe(false);
  await other.end("SIGTERM");
  expect(claimPort(20_001, dir)).toBe(false);
});

test("a port is free again once its process has ended, however that came", async () => {
  const dir = emptyDirectory();
  for (const [signal, leavesFile] of [
    ["SIGTERM", false],
    ["SIGKILL", true],
  ] as const) {
    const port = leavesFile ? 20_003 : 20_002;
    const other = await otherClaims(port, dir);
    expect(other.got).toBe(true);
    expect(claimPort(port, dir)).toBe(false);
    await other.end(signal);
    expect(existsSync(join(dir, String(port)))).toBe(leavesFile);
    expect(claimPort(port, dir)).toBe(true);
  }
});

test("a claim that a crash cut short counts for nothing, and neither does a process that got the pid of another", () => {
  const dir = emptyDirectory();
  expect(claimPort(20_004, dir)).toBe(true);
  writeFileSync(join(dir, "20004"), "{");
  expect(claimPort(20_004, dir)).toBe(true);
  writeFileSync(join(dir, "20004"), JSON.stringify({ ...identifyProcess(process.pid), startedAt: "another boot" }));
  expect(claimPort(20_004, dir)).toBe(true);
});

test("where claims cannot be kept, nobody is refused", () => {
  const file = join(emptyDirectory(), "file");
  writeFileSync(file, "");
  expect(claimPort(20_005, join(file, "below"))).toBe(true);
});
