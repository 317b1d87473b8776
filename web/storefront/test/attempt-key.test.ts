import { expect, it } from "vitest";
import { attemptKey, forgetAttempt } from "../src/features/checkout/attempt-key.ts";
import { memoryStorage } from "./memory-storage.ts";

it("is the same through double clicks and reloads, and another for another input", () => {
  const tab = memoryStorage();
  const first = attemptKey(() => tab, { total: 100 });
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(attemptKey(() => tab, { total: 100 })).toBe(first);
  expect(attemptKey(() => tab, { total: 101 })).not.toBe(first);
});

it("is a new one after the order is over, even for the same input", () => {
  const tab = memoryStorage();
  const first = attemptKey(() => tab, { total: 100 });
  forgetAttempt(() => tab);
  expect(attemptKey(() => tab, { total: 100 })).not.toBe(first);
});

it("still works where the browser has no storage", () => {
  const none = () => {
    throw new DOMException("denied", "SecurityError");
  };
  expect(attemptKey(none, {})).toMatch(/^[0-9a-f]{32}$/);
});
