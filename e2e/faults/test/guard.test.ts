import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { identifyProcess, isRunning, type ProcessIdentity } from "@tradepost/servers/process-identity";
import { waitFor } from "@tradepost/testing/wait-for";
import { expect, it } from "vitest";

const PROGRAM = fileURLToPath(new URL("guarded-process.ts", import.meta.url));
const PATIENCE = { timeoutMs: 30_000 };

/** A process that has posted a guard over a server of its own; the server's. */
async function startGuarded(
  dir: string,
  ...options: string[]
): Promise<{ main: ChildProcess; server: ProcessIdentity }> {
  const main = spawn(process.execPath, [PROGRAM, dir, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(main.stdout!, "data");
  return { main, server: identifyProcess(Number(line))! };
}

it.each([
  { options: [], isKept: false },
  { options: ["--keep"], isKept: true },
])(
  "ends what a killed process has left behind, keeps its folder: $isKept",
  { timeout: 60_000 },
  async ({ options, isKept }) => {
    const dir = mkdtempSync(join(tmpdir(), "tradepost-guard-"));
    const { main, server } = await startGuarded(dir, ...options);
    expect(isRunning(server)).toBe(true);
    main.kill("SIGKILL");
    await waitFor(() => !isRunning(server), { ...PATIENCE, what: "the server's end" });
    if (isKept) expect(existsSync(dir)).toBe(true);
    else await waitFor(() => !existsSync(dir), { ...PATIENCE, what: "the folder to be removed" });
    rmSync(dir, { recursive: true, force: true });
  },
);

it("goes when it is dismissed", { timeout: 60_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), "tradepost-guard-"));
  const { main } = await startGuarded(dir, "--dismiss");
  expect(await once(main, "exit")).toEqual([0, null]);
});
