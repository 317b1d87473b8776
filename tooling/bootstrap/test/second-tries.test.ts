import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { root } from "../steps.ts";

const vitest = join(root, "node_modules/vitest/vitest.mjs");
const reporter = join(root, "tooling/bootstrap/second-tries.ts");
const configuration = `import shared from ${JSON.stringify(join(root, "vitest.config.ts"))};
export default { test: { tags: shared.test.tags } };`;

/** Runs tests that fail at their first try, with this repository's tags. */
function runFailingOnce(names: string[], tag?: string): Promise<{ code: number; output: string }> {
  const dir = mkdtempSync(join(tmpdir(), "tradepost-second-tries-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  symlinkSync(join(root, "node_modules"), join(dir, "node_modules"));
  writeFileSync(join(dir, "vitest.config.ts"), configuration);
  const tests = names.map(
    (name) => `it("${name}", () => { if (tries.add("${name}") === 1) throw new Error("too early"); });`,
  );
  writeFileSync(
    join(dir, "once.test.ts"),
    `${tag ? `// @module-tag ${tag}\n` : ""}import { it } from "vitest";
const seen = [];
const tries = { add: (name) => seen.push(name) && seen.filter((each) => each === name).length };
${tests.join("\n")}`,
  );
  const args = [vitest, "run", "--root", dir, "--reporter=default", `--reporter=${reporter}`];
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, NO_COLOR: "1" };
    execFile(process.execPath, args, { cwd: dir, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

describe("a test that fails at its first try", () => {
  test("passes at its second in a browser, and is named with what failed", async () => {
    const { code, output } = await runFailingOnce(["ticks the box"], "browser");
    expect(output).toContain("1 passed only at the second try");
    expect(output).toMatch(/once\.test\.ts > ticks the box\n\s+too early/);
    expect(code).toBe(0);
  });

  test("fails the run where it is not the only one", async () => {
    const { code, output } = await runFailingOnce(["ticks the box", "measures the page"], "browser");
    expect(output).toContain("2 passed only at the second try");
    expect(code).toBe(1);
  });

  test("has no second one elsewhere", async () => {
    const { code, output } = await runFailingOnce(["charges once"]);
    expect(output).not.toContain("second try");
    expect(code).toBe(1);
  });
});
