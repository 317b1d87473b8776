import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { liveSetting } from "../src/live-setting.ts";

const Secret = z.string().min(3, "must be longer");

/** A secret as Kubernetes mounts it: a link to a folder, swapped as a whole. */
function mountedSecret(first: string) {
  const folder = mkdtempSync(join(tmpdir(), "live-setting-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  let version = 0;
  const mount = (text: string) => {
    const data = `v${++version}`;
    mkdirSync(join(folder, data));
    writeFileSync(join(folder, data, "secret"), text);
    symlinkSync(data, join(folder, "..next"));
    renameSync(join(folder, "..next"), join(folder, "..data"));
  };
  mount(first);
  return { mount, env: { SECRET_FILE: join(folder, "..data", "secret") } };
}

it("follows a mounted secret, and keeps the last good value while the file is not usable", async () => {
  const { mount, env } = mountedSecret("one\n");
  const refused: string[] = [];
  let changes = 0;
  const setting = liveSetting("SECRET", Secret, {
    env,
    pollMs: 10,
    onChange: () => changes++,
    onRefused: (error) => refused.push(error.message),
  });
  onTestFinished(setting.stop);
  expect(setting.current()).toBe("one");
  mount("two");
  await expect.poll(setting.current).toBe("two");
  mount("x");
  await expect.poll(() => refused.length).toBeGreaterThan(0);
  expect([setting.current(), refused[0]]).toEqual(["two", "SECRET: must be longer"]);
  mount("three");
  await expect.poll(setting.current).toBe("three");
  expect(changes).toBe(2);
});

it("reads at once when asked", () => {
  const { mount, env } = mountedSecret("one");
  const setting = liveSetting("SECRET", Secret, { env, pollMs: 3_600_000 });
  onTestFinished(setting.stop);
  expect(setting.refresh()).toBe(false);
  mount("two");
  expect(setting.refresh()).toBe(true);
  expect(setting.current()).toBe("two");
});

it("names the variable that is missing or unusable, and never its value", () => {
  expect(() => liveSetting("SECRET", Secret, { env: {} })).toThrow("SECRET: is missing");
  expect(() => liveSetting("SECRET", Secret, { env: { SECRET: "ab" } })).toThrow(/^SECRET: must be longer$/);
  expect(() => liveSetting("SECRET", Secret, { env: { SECRET_FILE: "/nowhere" } })).toThrow("cannot be read");
});
