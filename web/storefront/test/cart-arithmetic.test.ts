import type { Cart, CartLine } from "@tradepost/contracts/cart";
import fc from "fast-check";
import { expect, it } from "vitest";
import { countItems, quantityOf, withQuantity } from "../src/features/cart/cart-arithmetic.ts";

const line = (sku: string, amount: number, quantity: number): CartLine => ({
  sku,
  slug: sku.toLowerCase(),
  name: sku,
  optionsText: "",
  image: { url: "/a", thumbnailUrl: "/b", alt: "", width: 1, height: 1 },
  unitPrice: { amount, currency: "EUR" },
  quantity,
  lineTotal: { amount: amount * quantity, currency: "EUR" },
  available: 99,
});
const carts = fc
  .uniqueArray(
    fc.record({
      sku: fc.stringMatching(/^[A-Z]{3,8}$/),
      amount: fc.nat(100_000),
      quantity: fc.integer({ min: 1, max: 99 }),
    }),
    {
      selector: ({ sku }) => sku,
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((lines): Cart => {
    const all = lines.map(({ sku, amount, quantity }) => line(sku, amount, quantity));
    const amount = all.reduce((sum, one) => sum + one.lineTotal.amount, 0);
    return { id: null, lines: all, subtotal: { amount, currency: "EUR" }, expiresAt: null };
  });

it("adds up to the cent, whatever is changed", () => {
  fc.assert(
    fc.property(carts, fc.nat(99), (cart, quantity) => {
      const sku = cart.lines[0]!.sku;
      const changed = withQuantity(cart, sku, quantity);
      expect(quantityOf(changed, sku)).toBe(quantity);
      const difference = cart.lines[0]!.unitPrice.amount * (quantity - cart.lines[0]!.quantity);
      expect(changed.subtotal.amount).toBe(cart.subtotal.amount + difference);
      expect(countItems(changed)).toBe(countItems(cart) + quantity - cart.lines[0]!.quantity);
    }),
  );
});

it("leaves the line out at zero, and the cart as it is for an unknown SKU", () => {
  const cart: Cart = {
    id: null,
    lines: [line("MUG", 500, 2)],
    subtotal: { amount: 1000, currency: "EUR" },
    expiresAt: null,
  };
  expect(withQuantity(cart, "MUG", 0)).toMatchObject({ lines: [], subtotal: { amount: 0 } });
  expect(withQuantity(cart, "OTHER", 3)).toEqual(cart);
  expect(countItems(undefined)).toBe(0);
});
