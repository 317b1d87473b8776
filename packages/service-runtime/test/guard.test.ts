import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createGuard, isGuardRefusal } from "../src/guard.ts";

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "nothing thrown",
    (error) => error,
  );

/** A third party that fails `times` times, then works. */
function flaky(times: number, error: unknown = new Error("down")) {
  let calls = 0;
  const call = async () => {
    calls++;
    if (calls <= times) throw error;
    return "ok";
  };
  return { call, calls: () => calls };
}

describe("createGuard", () => {
  it("ends a call that takes too long, and tells it so", async () => {
    let aborted = false;
    const guard = createGuard({ timeoutMs: 30 });
    const error = await caught(
      guard(
        (signal) =>
          new Promise(() =>
            signal.addEventListener("abort", () => {
              aborted = true;
            }),
          ),
      ),
    );
    expect(isGuardRefusal(error)).toBe(true);
    expect(aborted).toBe(true);
  });
  it("tries again only where told", async () => {
    const once = flaky(1);
    expect(await caught(createGuard({ timeoutMs: 1000 })(once.call))).toMatchObject({ message: "down" });
    expect(once.calls()).toBe(1);
    const twice = flaky(2);
    expect(await createGuard({ timeoutMs: 1000, retries: 2 })(twice.call)).toBe("ok");
    expect(twice.calls()).toBe(3);
  });
  it("opens after failures in a row, refuses at once, and closes when the other side is back", async () => {
    const { call, calls } = flaky(3);
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const guard = createGuard({ timeoutMs: 1000, breaker: { consecutiveFailures: 3, halfOpenAfterMs: 40_000 } });
    for (let i = 0; i < 3; i++) await caught(guard(call));
    expect(guard.isOpen()).toBe(true);
    const refusal = await caught(guard(call));
    expect(isGuardRefusal(refusal)).toBe(true);
    expect(calls()).toBe(3);
    vi.advanceTimersByTime(40_000);
    expect(await guard(call)).toBe("ok");
    expect(guard.isOpen()).toBe(false);
  });
  it("does not hold a refusal of the request against the other side", async () => {
    const declined = Object.assign(new Error("declined"), { isDecline: true });
    const { call, calls } = flaky(10, declined);
    const isFailure = (error: unknown) => !(error as { isDecline?: boolean }).isDecline;
    const guard = createGuard({
      timeoutMs: 1000,
      retries: 2,
      breaker: { consecutiveFailures: 2, halfOpenAfterMs: 1000 },
      isFailure,
    });
    for (let i = 0; i < 5; i++) expect(await caught(guard(call))).toBe(declined);
    expect(calls()).toBe(5);
    expect(guard.isOpen()).toBe(false);
  });
});
