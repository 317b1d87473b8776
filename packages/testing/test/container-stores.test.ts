import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { wantsContainers } from "../src/container-stores.ts";

let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), "bin-"));
  vi.stubEnv("PATH", `${bin}:${process.env.PATH}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(bin, { recursive: true });
});

function dockerThat(script: string): void {
  writeFileSync(join(bin, "docker"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, "docker"), 0o755);
}

test("the machine's own servers are preferred unless containers are asked for", async () => {
  dockerThat("exit 0");
  expect(await wantsContainers({})).toBe(false);
  expect(await wantsContainers({ TRADEPOST_TEST_CONTAINERS: "1" })).toBe(true);
});

test("asking for containers where no engine answers is an error", async () => {
  dockerThat("exit 1");
  await expect(wantsContainers({ TRADEPOST_TEST_CONTAINERS: "1" })).rejects.toThrow("no Docker engine answers");
});

test("an engine that hangs counts as none after two seconds", async () => {
  dockerThat("exec sleep 600"); // longer than this test may take
  await expect(wantsContainers({ TRADEPOST_TEST_CONTAINERS: "1" })).rejects.toThrow("no Docker engine answers");
});
