import { expect, test } from "vitest";
import { waitFor } from "../src/wait-for.ts";

test("returns the condition's first truthy answer, errors before it not counted", async () => {
  let looks = 0;
  const answer = await waitFor(
    () => {
      looks++;
      if (looks === 1) throw new Error("not there yet");
      return looks > 2 && `look ${looks}`;
    },
    { intervalMs: 1 },
  );
  expect(answer).toBe("look 3");
});

test("names what it waited for, and why it is not there", async () => {
  const waiting = waitFor(() => Promise.reject(new Error("no row")), {
    timeoutMs: 30,
    intervalMs: 5,
    what: "the order to be confirmed",
  });
  await expect(waiting).rejects.toThrow("waited 30 ms in vain for the order to be confirmed");
  await expect(waiting).rejects.toMatchObject({ cause: new Error("no row") });
});
