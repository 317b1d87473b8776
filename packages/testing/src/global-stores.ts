import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { createRunDirectory, sweepRunDirectories } from "./run-directory.ts";
import { findRunningStores } from "./running-stores.ts";

/** Vitest's global setup: the stores of `npm run stores` when they are up, else fresh ones for this run. */
export default async function setUpStores(project: TestProject): Promise<() => Promise<void>> {
  const running = findRunningStores();
  if (running !== undefined) {
    project.provide("stores", running);
    return async () => {};
  }
  const { startTestStores } = await import("./test-stores.ts"); // not loaded by runs that find stores running
  await sweepRunDirectories();
  const dir = createRunDirectory();
  const stores = await startTestStores(dir, console.log);
  project.provide("stores", stores.addresses);
  return async () => {
    await stores.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
