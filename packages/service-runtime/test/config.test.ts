import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ConfigError, loadConfig, zInteger, zList, zPort, zSecret, zUrl } from "../src/config.ts";

const Schema = z.object({
  DATABASE_URL: zUrl("postgres", "postgresql"),
  PORT: zPort().default(3000),
  TOKEN_KEY: zSecret(32),
  ORIGINS: zList().default([]),
  WORKERS: zInteger(1, 16).optional(),
});
const GOOD = { DATABASE_URL: "postgres://u:p@db/x", TOKEN_KEY: "k".repeat(32) };
const folder = mkdtempSync(join(tmpdir(), "tradepost-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("loadConfig", () => {
  it("reads variables, with defaults", () => {
    expect(
      loadConfig(Schema, { ...GOOD, PORT: "8081", ORIGINS: "https://a, https://b", WORKERS: "4", OTHER: "x" }),
    ).toEqual({
      ...GOOD,
      PORT: 8081,
      ORIGINS: ["https://a", "https://b"],
      WORKERS: 4,
    });
    expect(loadConfig(Schema, { ...GOOD, PORT: "", WORKERS: "" })).toEqual({ ...GOOD, PORT: 3000, ORIGINS: [] });
  });
  it("names every variable that is missing or malformed, and no value", () => {
    const bad = { DATABASE_URL: "mysql://root:hunter2@db", TOKEN_KEY: "hunter2", PORT: "70000", WORKERS: "17" };
    const load = () => loadConfig(Schema, bad);
    expect(load).toThrow(ConfigError);
    for (const name of Object.keys(bad)) expect(load).toThrow(name);
    expect(load).not.toThrow("hunter2");
    expect(() => loadConfig(Schema, {})).toThrow("DATABASE_URL: is missing");
  });
  it("reads mounted secrets, without their last line break", () => {
    const file = join(folder, "key");
    writeFileSync(file, `${"s".repeat(40)}\n`);
    const { DATABASE_URL } = GOOD;
    expect(loadConfig(Schema, { DATABASE_URL, TOKEN_KEY_FILE: file }).TOKEN_KEY).toBe("s".repeat(40));
    expect(() => loadConfig(Schema, { ...GOOD, TOKEN_KEY_FILE: join(folder, "none") })).toThrow("TOKEN_KEY_FILE");
  });
});
