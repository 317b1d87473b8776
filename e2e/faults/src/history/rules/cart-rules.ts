import type { Rule } from "../rule.ts";

/** What was bought has left the cart it came from, unless that cart is gone or has begun a new life since. */
export const boughtLeftCart: Rule = ({ orders, moves, carts }) => {
  const confirmed = new Set(moves.flatMap(({ orderId, status }) => (status === "confirmed" ? [orderId] : [])));
  const byId = new Map(carts.map((cart) => [cart.id, cart]));
  return orders.flatMap(({ id, cartId, placedAt }) => {
    const cart = byId.get(cartId);
    if (!cart || !confirmed.has(id) || cart.bornAt > placedAt || cart.boughtBy.includes(id)) return [];
    return [{ orderId: id, message: `what was bought is still in the cart ${cartId}` }];
  });
};
