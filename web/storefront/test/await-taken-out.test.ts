import type { Cart } from "@tradepost/contracts/cart";
import { expect, it } from "vitest";
import { awaitTakenOut } from "../src/features/cart/await-taken-out.ts";

const cartOf = (quantities: Record<string, number>) =>
  ({ lines: Object.entries(quantities).map(([sku, quantity]) => ({ sku, quantity })) }) as Cart;
const bought = [
  { sku: "LAMP", quantity: 2 },
  { sku: "MUG", quantity: 1 },
];

/** Looks at the carts one after the other, then at the last one for ever. Resolves to the number of looks and waits. */
async function looksAt(...carts: (Cart | Error)[]) {
  let looks = 0;
  const waitsMs: number[] = [];
  const look = async () => {
    const seen = carts[Math.min(looks, carts.length - 1)];
    looks += 1;
    if (!seen || seen instanceof Error) throw seen;
    return seen;
  };
  await awaitTakenOut(look, bought, async (ms) => void waitsMs.push(ms));
  return { looks, waitedMs: waitsMs.reduce((sum, ms) => sum + ms, 0) };
}

const full = cartOf({ LAMP: 2, MUG: 1 });

it("looks once at a cart from which everything is gone", async () => {
  expect(await looksAt(cartOf({}))).toEqual({ looks: 1, waitedMs: 0 });
});

it("looks again until the event has come", async () => {
  expect((await looksAt(full, full, cartOf({}))).looks).toBe(3);
});

it("lets lines that came meanwhile be, and units that were added to what was bought", async () => {
  expect((await looksAt(full, cartOf({ CHAIR: 4 }))).looks).toBe(2);
  expect((await looksAt(cartOf({ LAMP: 3, MUG: 1, CHAIR: 4 }), cartOf({ LAMP: 1, CHAIR: 4 }))).looks).toBe(2);
});

it("is not content with a line that the shopper took out by hand", async () => {
  expect((await looksAt(full, cartOf({ LAMP: 2 }), cartOf({}))).looks).toBe(3);
});

it("goes on after a look that failed", async () => {
  expect((await looksAt(full, new Error("offline"), cartOf({}))).looks).toBe(3);
});

it("ends after half a minute, as when the same was put in once more", async () => {
  const { looks, waitedMs } = await looksAt(full);
  expect(looks).toBeLessThan(10);
  expect(waitedMs).toBeGreaterThan(20_000);
  expect(waitedMs).toBeLessThan(40_000);
});
