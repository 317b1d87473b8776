import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { keptSecrets, makeSecrets } from "../src/secrets.ts";

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "secrets-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

it("makes the secrets once and keeps them for their owner alone", () => {
  const dir = folder();
  const first = keptSecrets(dir);
  expect(keptSecrets(dir)).toEqual(first);
  expect(statSync(join(dir, "secrets.json")).mode & 0o777).toBe(0o600);
});

it("adds what a newer version needs to a folder of an older one, and changes nothing else", () => {
  const dir = folder();
  const { factorKeys: _, ...older } = makeSecrets();
  writeFileSync(join(dir, "secrets.json"), JSON.stringify({ ...older, ownNote: "kept" }));
  const secrets = keptSecrets(dir);
  expect(secrets).toMatchObject({ ...older, ownNote: "kept" });
  expect(secrets.factorKeys).toMatch(/^local-1:[\w+/]{43}=$/);
  expect(JSON.parse(readFileSync(join(dir, "secrets.json"), "utf8"))).toEqual(secrets);
  expect(keptSecrets(dir)).toEqual(secrets);
});
