import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning, type ProcessIdentity } from "@tradepost/servers/process-identity";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Supervised, supervise } from "../src/supervise.ts";

let dir: string;
let supervised: Supervised | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tradepost-supervise-"));
  writeFileSync(join(dir, "program.mjs"), "setInterval(() => {}, 1000);");
});
afterEach(async () => {
  await supervised?.stop();
  supervised = undefined;
  rmSync(dir, { recursive: true, force: true });
});

const start = (crashes: [string, number][], program = "program.mjs") =>
  supervise(
    {
      ...{ name: "thing", dir, command: process.execPath, args: [join(dir, program)] },
      isReady: async () => true,
    },
    (name, pid) => crashes.push([name, pid]),
  );
const isAlive = (pid: number | undefined) => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("a supervised program", () => {
  it("is started again when it crashes, and the crash is named", async () => {
    const crashes: [string, number][] = [];
    supervised = await start(crashes);
    const first = supervised.pid()!;
    process.kill(first, "SIGKILL");
    const second = await waitFor(() => (supervised?.pid() !== first ? supervised?.pid() : undefined), {
      what: "the restart",
    });
    expect(crashes).toEqual([["thing", first]]);
    expect(isAlive(second)).toBe(true);
  });

  it("stays down when it is stopped, also between a crash and the restart", async () => {
    const crashes: [string, number][] = [];
    supervised = await start(crashes);
    process.kill(supervised.pid()!, "SIGKILL");
    await waitFor(() => crashes.length === 1, { what: "the crash to be seen" });
    await supervised.stop();
    const last = supervised.pid();
    expect(isAlive(last)).toBe(false);
    expect(isRunning({ pid: crashes[0]![1], startedAt: "" } as ProcessIdentity)).toBe(false);
  });

  it("that cannot start says so", async () => {
    writeFileSync(join(dir, "broken.mjs"), "console.error('no settings'); process.exit(1);");
    const starting = supervise(
      { name: "broken", dir, command: process.execPath, args: [join(dir, "broken.mjs")], isReady: async () => false },
      () => {},
    );
    await expect(starting).rejects.toThrow(/broken ended while starting\nno settings/);
  });
});
