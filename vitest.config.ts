import { defineConfig } from "vitest/config";

/**
 * Two projects: `workspace` are the tests of every package, service and tool, on real stores that one global setup
 * starts on free ports; `e2e` boots the whole shop and drives it through the gateway.
 */
export default defineConfig({
  test: {
    reporters: ["default", "./tooling/bootstrap/second-tries.ts"],
    tags: [{ name: "browser", description: "drives Chromium: docs/decisions/0019", retry: 1 }],
    projects: [
      {
        test: {
          name: "workspace",
          include: [
            "{packages,services,tooling,web,deploy,bench}/**/test/**/*.test.{ts,tsx}",
            "e2e/faults/test/!(quick-selection).test.ts",
          ],
          globalSetup: ["packages/testing/src/global-stores.ts"],
          // All cores: most of these tests wait for a store or a clock.
          maxWorkers: "100%",
          testTimeout: 120_000,
          hookTimeout: 240_000,
          // A second, as it is by default, is soon over on a busy machine.
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/test/**/*.test.ts", "e2e/faults/test/quick-selection.test.ts"],
          globalSetup: ["e2e/src/global-shop.ts"],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 480_000,
        },
      },
    ],
  },
});
