import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identifyProcess } from "../src/process-identity.ts";
import { type ServerOptions, startServer } from "../src/server-process.ts";
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
  const server = await startServer(toy(deaf, { stopTimeoutMs: 200 }));
  const startedAt = performance.now();
  await server.stop();
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(200);
  expect(identifyProcess(server.pid)).toBeUndefined();
  expect(logText()).toContain("heard");
});

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
