import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Finding } from "../src/finding.ts";
import { writeLatestNumbers } from "../src/readme.ts";
import { keepResults, stamp } from "../src/results.ts";
import { spreadOf } from "../src/spread.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "bench-results-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const finding = (scenario: string, what: string, value: number): Finding => ({
  ...{ scenario, what, comparedWith: null, unit: "ms", target: { atMost: 15 } },
  score: spreadOf([value]),
});

it("keeps what was found earlier that day, unless it was measured again", () => {
  keepResults(stamp([finding("search", "p99", 12.34567), finding("start", "cart", 500)], 5), dir);
  const { path } = keepResults(stamp([finding("search", "p99", 9)], 7), dir);
  const { findings, machine } = JSON.parse(readFileSync(path, "utf8"));
  expect(findings.map((each: Finding) => [each.scenario, each.score.median])).toEqual([
    ["start", 500],
    ["search", 9],
  ]);
  expect(findings[1]).toMatchObject({ rounds: 7, commit: expect.stringMatching(/^[0-9a-f]{7,}\+?$/) });
  expect(machine).toMatchObject({ node: process.version });
});

it("rounds to what can be meant and names no host", () => {
  const text = readFileSync(keepResults(stamp([finding("search", "p99", 12.34567)], 5), dir).path, "utf8");
  expect(text).toContain("12.35");
  expect(text).not.toContain(hostname());
});

it("replaces the numbers in the README and nothing else", () => {
  const readme = join(dir, "README.md");
  const marks = ["<!-- latest numbers: written by npm run bench -->", "<!-- end of latest numbers -->"];
  writeFileSync(readme, `before\n${marks[0]}\nold\n${marks[1]}\nafter\n`);
  const { file } = keepResults(stamp([finding("search", "p99", 12.34567)], 5), dir);
  writeLatestNumbers(file, readme);
  const text = readFileSync(readme, "utf8");
  expect(text).toMatch(
    /^before\n[\s\S]*\| ✓ {3}\| p99 {2}\| {11}\| 12\.3 ms \(12\.3–12\.3\) \| ≤ 15 ms \|[\s\S]*\nafter\n$/,
  );
  expect(text).not.toContain("old");
  writeFileSync(readme, "no marks");
  expect(() => writeLatestNumbers(file, readme)).toThrow("no place");
});
