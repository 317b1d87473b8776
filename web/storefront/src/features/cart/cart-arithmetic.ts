import type { Cart, CartLine } from "@tradepost/contracts/cart";
import type { Money } from "@tradepost/contracts/money";

const times = (price: Money, quantity: number): Money => ({ ...price, amount: price.amount * quantity });

/** The cart as it will most likely be once the server has set the line to `quantity`; shown until its answer comes. */
export function withQuantity(cart: Cart, sku: string, quantity: number): Cart {
  const lines = cart.lines.flatMap((line): CartLine[] => {
    if (line.sku !== sku) return [line];
    return quantity === 0 ? [] : [{ ...line, quantity, lineTotal: times(line.unitPrice, quantity) }];
  });
  const amount = lines.reduce((sum, line) => sum + line.lineTotal.amount, 0);
  return { ...cart, lines, subtotal: { ...cart.subtotal, amount } };
}

export const countItems = (cart: Pick<Cart, "lines"> | undefined): number =>
  cart?.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0;

export const quantityOf = (cart: Cart | undefined, sku: string): number =>
  cart?.lines.find((line) => line.sku === sku)?.quantity ?? 0;
