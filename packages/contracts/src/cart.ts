import { z } from "zod";
import { Id, IsoTime, Sku, Slug } from "./ids.ts";
import { MarketQuery } from "./market.ts";
import { Money } from "./money.ts";
import { Image } from "./product.ts";
import { defineRoute, service } from "./route.ts";

export const CartLine = z.object({
  sku: Sku,
  slug: Slug,
  name: z.string(),
  optionsText: z.string(),
  image: Image,
  unitPrice: Money,
  quantity: z.int().positive(),
  lineTotal: Money,
  available: z.int().nonnegative(),
});
export type CartLine = z.output<typeof CartLine>;

/** A cart with today's prices. It expires 30 minutes after it was last used; `expiresAt` is null while it is empty. */
export const Cart = z.object({
  id: Id.nullable(),
  lines: z.array(CartLine),
  subtotal: Money,
  expiresAt: IsoTime.nullable(),
});
export type Cart = z.output<typeof Cart>;

/**
 * The cart that a guest's request names: the `x-cart-id` header, else the `cart` cookie (RFC 6265 §4.2).
 * Undefined when there is none or it is not an id.
 */
export function guestCartIdFrom(headers: Record<string, string | string[] | undefined>): string | undefined {
  const cookie = /(?:^|;\s*)cart=([^;]+)/.exec(String(headers.cookie ?? ""))?.[1];
  const parsed = Id.safeParse(headers["x-cart-id"] ?? cookie);
  return parsed.success ? parsed.data : undefined;
}

const CartHeaders = { "x-cart-id": "A guest's cart, where there is no `cart` cookie" } as const;
export const MAX_LINE_QUANTITY = 99;
export const MAX_CART_LINES = 100;

export const getCart = defineRoute({
  method: "GET",
  path: "/v1/cart",
  summary: "The caller's cart; empty where there is none",
  access: "visitor",
  headers: CartHeaders,
  querystring: MarketQuery,
  success: { status: 200, body: Cart },
  failures: [],
});

export const clearCart = defineRoute({
  method: "DELETE",
  path: "/v1/cart",
  summary: "Empty the caller's cart",
  access: "visitor",
  headers: CartHeaders,
  success: { status: 204 },
  failures: [],
});

export const setCartLine = defineRoute({
  method: "PUT",
  path: "/v1/cart/lines/:sku",
  summary: "Put so many units of a variant into the cart; zero removes the line",
  access: "visitor",
  headers: CartHeaders,
  params: z.object({ sku: Sku }),
  querystring: MarketQuery,
  body: z.object({ quantity: z.int().min(0).max(MAX_LINE_QUANTITY) }),
  success: { status: 200, body: Cart },
  failures: [404, 409, 422],
});

export const removeCartLine = defineRoute({
  method: "DELETE",
  path: "/v1/cart/lines/:sku",
  summary: "Take a variant out of the cart; repeating it changes nothing",
  access: "visitor",
  headers: CartHeaders,
  params: z.object({ sku: Sku }),
  querystring: MarketQuery,
  success: { status: 200, body: Cart },
  failures: [],
});

/** Which cart a caller means: the shopper's own, joined by the guest's that they bring along, or a guest's. */
export const resolveCart = defineRoute({
  method: "POST",
  path: "/internal/carts/resolution",
  summary: "The caller's cart as SKUs and quantities",
  repeatable: true,
  access: service("order"),
  body: z.object({ userId: Id.optional(), guestCartId: Id.optional() }),
  success: {
    status: 200,
    body: z.object({ id: Id, lines: z.array(z.object({ sku: Sku, quantity: z.int().positive() })) }),
  },
  failures: [404],
});

export const exportCart = defineRoute({
  method: "GET",
  path: "/internal/users/:userId/cart",
  summary: "What is in a shopper's cart",
  access: service("user"),
  params: z.object({ userId: Id }),
  success: { status: 200, body: z.object({ lines: z.array(z.object({ sku: Sku, quantity: z.int().positive() })) }) },
  failures: [],
});

export const cartRoutes = { getCart, clearCart, setCartLine, removeCartLine, resolveCart, exportCart };
