import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { findRunningStores } from "./running-stores.ts";
import { type StoreAddresses, startTestStores } from "./test-stores.ts";

declare module "vitest" {
  export interface ProvidedContext {
    stores: StoreAddresses;
  }
}

/** Vitest's global setup: the stores of `npm run stores` when they are up, else fresh ones for this run. */
export default async function setUpStores(project: TestProject): Promise<() => Promise<void>> {
  const running = findRunningStores();
  if (running !== undefined) {
    project.provide("stores", running);
    return async () => {};
  }
  const dir = mkdtempSync(join(tmpdir(), "tradepost-test-stores-"));
  const stores = await startTestStores(dir, () => {});
  project.provide("stores", stores.addresses);
  return async () => {
    await stores.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
