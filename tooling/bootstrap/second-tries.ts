import type { Reporter, TestCase, TestModule } from "vitest/node";

/** More than this in one run is no accident of the browser's any more. */
const ALLOWED = 1;

/**
 * Names the tests that passed only at their second try, with what failed in the first, and fails the run when there is
 * more than one of them: see docs/decisions/0019.
 */
export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const late = modules.flatMap(({ children }) => [...children.allTests("passed")]).filter(isLate);
    if (late.length === 0) return;
    console.log(`\n${late.length} passed only at the second try; find out why:\n${late.map(describe).join("\n")}`);
    if (late.length <= ALLOWED) return;
    console.log(`✗ More than ${ALLOWED} in one run: it fails.`);
    process.exitCode = 1;
  }
}

function isLate(test: TestCase): boolean {
  return test.diagnostic()?.flaky === true;
}

function describe(test: TestCase): string {
  const messages = (test.result().errors ?? []).map(({ message }) => `    ${message.split("\n", 1)[0]}`);
  return [`  ${test.module.relativeModuleId} > ${test.fullName}`, ...messages].join("\n");
}
