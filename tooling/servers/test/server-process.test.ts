import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { identifyProcess } from "../src/process-identity.ts";
import { endProcess, type ServerOptions, startServer } from "../src/server-process.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

let temporary: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  temporary = temporaryDirectory();
});
afterEach(() => temporary.remove());

const logText = () => readFileSync(join(temporary.dir, "toy.log"), "utf8");

/** A program that runs `script` in Node and counts as ready once its log says so. */
function toy(script: string, different: Partial<ServerOptions> = {}): ServerOptions {
  return {
    name: "toy",
    dir: temporary.dir,
    command: process.execPath,
    args: ["-e", script],
    isReady: async () => logText().includes("ready"),
    ...different,
  };
}

const STAYS = "setInterval(() => {}, 1000); console.log('ready')";

test("runs until stopped; stopping twice is once", async () => {
  const server = await startServer(toy(STAYS));
  expect(identifyProcess(server.pid)).toBeDefined();
  expect(existsSync(join(temporary.dir, "toy.pid.json"))).toBe(true);
  await Promise.all([server.stop(), server.stop()]);
  await server.stop();
  expect(identifyProcess(server.pid)).toBeUndefined();
  expect(existsSync(join(temporary.dir, "toy.pid.json"))).toBe(false);
});

test("one that ignores the polite signal is killed after its time", async () => {
  const deaf = `process.on("SIGTERM", () => console.log("heard")); ${STAYS}`;
  const server = await startServer(toy(deaf, { stopTimeoutMs: 1_000 }));
  const startedAt = performance.now();
  await server.stop();
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(999);
  expect(identifyProcess(server.pid)).toBeUndefined();
  expect(logText()).toContain("heard");
});

test("waits until nobody can take the zombie of what it ended for a living process", async () => {
  // Who started it looks after its children only a while later.
  const busy = spawn(process.execPath, ["-e", BUSY_PARENT], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void busy.kill("SIGKILL"));
  const [line] = await once(busy.stdout, "data");
  const identity = identifyProcess(Number(line));
  if (identity === undefined) throw new Error("the child is gone");
  await endProcess(identity, "SIGKILL");
  expect(() => process.kill(identity.pid, 0)).toThrow("ESRCH");
});
const BUSY_PARENT = `
  const { pid } = require("node:child_process").spawn("sleep", ["60"]);
  require("node:fs").writeSync(1, String(pid));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);
  setInterval(() => {}, 1000);`;

test("one that ends while starting is an error with the end of its log", async () => {
  const start = startServer(toy("console.error('no space left'); process.exit(3)"));
  await expect(start).rejects.toThrow(/^toy ended (at once|while starting)\nno space left$/);
});

test("one that is not ready in time is stopped and is an error", async () => {
  const start = startServer(toy("setInterval(() => {}, 1000); console.log(process.pid)", { startTimeoutMs: 400 }));
  await expect(start).rejects.toThrow("toy was not ready within 400 ms");
  expect(identifyProcess(Number(logText()))).toBeUndefined();
});

test("a program that is not there is an error that names it", async () => {
  await expect(startServer(toy("", { command: "no-such-program" }))).rejects.toThrow(
    "no-such-program could not be run",
  );
});
