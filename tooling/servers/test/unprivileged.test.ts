import { chmodSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startPostgres } from "../src/postgres.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

let temporary: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  temporary = temporaryDirectory();
});
afterEach(() => {
  vi.unstubAllEnvs();
  temporary.remove();
});

test("PostgreSQL starts, and starts again, where user namespaces are forbidden", async () => {
  const forbidden = join(temporary.dir, "unshare");
  writeFileSync(forbidden, "#!/bin/sh\nexit 1\n");
  chmodSync(forbidden, 0o755);
  vi.stubEnv("PATH", `${temporary.dir}:${process.env.PATH}`);
  chmodSync(temporary.dir, 0o755);
  const dir = join(temporary.dir, "postgres");
  const first = await startPostgres({ dir });
  const uid = process.getuid?.();
  expect(statSync(join(dir, "data")).uid).toBe(uid === 0 ? 65_534 : uid);
  await first.createDatabase("shop");
  await first.stop();
  const second = await startPostgres({ dir, port: first.port });
  expect(second.port).toBe(first.port);
  await second.stop();
});
