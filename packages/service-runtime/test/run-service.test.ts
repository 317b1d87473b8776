import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";

interface Ports {
  port: number;
  operationsPort: number;
}
const UNTIL_TOLD = -3;
const program = fileURLToPath(new URL("slow-service.ts", import.meta.url));
let child: ChildProcess;
afterEach(() => void child.kill("SIGKILL"));

/** Starts the service; `words` grows with what it says, and `until` waits for a word. */
async function start(...args: string[]) {
  child = fork(program, args, { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  const words: string[] = [];
  const waiting = new Map<string, () => void>();
  const ports = await new Promise<Ports>((resolve) => {
    child.on("message", (message: string | Ports) => {
      if (typeof message !== "string") return resolve(message);
      words.push(message);
      waiting.get(message)?.();
    });
  });
  const until = (word: string) =>
    words.includes(word) ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(word, resolve));
  const exited = once(child, "close").then(([code]) => code as number | null);
  const slow = (ms: number) => fetch(`http://127.0.0.1:${ports.port}/slow/${ms}`);
  const ready = () => fetch(`http://127.0.0.1:${ports.operationsPort}/readyz`).then(({ status }) => status);
  return { words, until, exited, slow, ready, output: () => output };
}

it.each(["SIGTERM", "SIGINT"] as const)("answers what is in flight after %s, then stops in order", async (signal) => {
  const { words, until, exited, slow, ready } = await start("drains");
  expect(await ready()).toBe(200);
  const answer = slow(UNTIL_TOLD);
  await until("request");
  child.kill(signal);
  await expect.poll(ready, { interval: 5 }).toBe(503);
  child.send("go on");
  expect((await answer).status).toBe(200);
  expect(await exited).toBe(0);
  expect(words).toEqual(["start", "request", "stop consumers", "stop pools"]);
  await expect(slow(0)).rejects.toThrow();
});

it("goes on taking requests until load balancers have noticed", async () => {
  const { exited, slow, ready } = await start("patient");
  child.kill("SIGTERM");
  await expect.poll(ready, { interval: 5 }).toBe(503);
  expect((await slow(0)).status).toBe(200);
  expect(await exited).toBe(0);
});

it("waits for a request no longer than told", async () => {
  const { words, until, exited, slow } = await start();
  const answer = slow(60_000).catch(() => "cut off");
  await until("request");
  child.kill("SIGTERM");
  expect(await exited).toBe(0);
  expect(await answer).toBe("cut off");
  expect(words).toContain("stop pools");
});

it("ends although a step never does, as when a store is away, and says so by its exit code", async () => {
  const { words, exited } = await start("stuck");
  child.kill("SIGTERM");
  expect(await exited).toBe(1);
  expect(words).toEqual(["start", "stop consumers", "stop pools"]);
});

it("exits at once on a second signal", async () => {
  const { words, until, exited, slow } = await start();
  slow(60_000).catch(() => undefined);
  await until("request");
  child.kill("SIGTERM");
  child.kill("SIGINT");
  expect(await exited).toBe(1);
  expect(words).not.toContain("stop pools");
});

it.each([
  ["a rejection nobody handles", -1, "rejection.unhandled"],
  ["an error nobody catches", -2, "exception.uncaught"],
])("exits with 1 on %s, and logs where it was but not what it said", async (_what, ms, event) => {
  const { exited, slow, output } = await start();
  slow(ms).catch(() => undefined);
  expect(await exited).toBe(1);
  expect(output()).toContain(`"event":"${event}"`);
  expect(output()).toContain("slow-service.ts");
  expect(output()).not.toContain("canary@example.com");
});
