import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { runFileCommand } from "../src/command.ts";

const { argv } = process;
afterEach(() => {
  process.argv = argv;
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

/** What the command is given, says and exits with, when it is called so. */
async function call(...args: string[]) {
  process.argv = [...argv.slice(0, 2), ...args];
  const said = vi.spyOn(console, "log").mockImplementation(() => {});
  const given: unknown[] = [];
  await runFileCommand("How to use it.", async ({ path, read }) => given.push([path, read()]));
  return { given, said: said.mock.calls.flat(), exitCode: process.exitCode };
}

it("gives the command its file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "command-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "input.json");
  writeFileSync(path, '{"email":"ada@example.com"}');
  expect(await call("--file", path)).toEqual({
    ...{ given: [[path, { email: "ada@example.com" }]], said: [], exitCode: undefined },
  });
});

it("only explains the command when that is asked for, or no file is named", async () => {
  const explained = { given: [], said: ["How to use it."] };
  expect(await call("--help")).toEqual({ ...explained, exitCode: undefined });
  vi.restoreAllMocks();
  expect(await call("--file", "input.json", "--help")).toEqual({ ...explained, exitCode: undefined });
  vi.restoreAllMocks();
  expect(await call()).toEqual({ ...explained, exitCode: 2 });
});

it("refuses an argument that it does not know", async () => {
  await expect(call("--flie", "input.json")).rejects.toThrow("--flie");
});
