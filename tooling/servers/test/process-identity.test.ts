import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { identifyProcess, isRunning, processCommand } from "../src/process-identity.ts";

test("a process is itself until it ends, and a later one with its pid is another", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  const identity = identifyProcess(child.pid ?? 0);
  expect(identity && isRunning(identity)).toBe(true);
  expect(processCommand(child.pid ?? 0)).toContain("setInterval");
  const successor = { pid: child.pid ?? 0, startedAt: "another time" };
  expect(isRunning(successor)).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(identity && isRunning(identity)).toBe(false);
  expect(processCommand(child.pid ?? 0)).toBeUndefined();
});
