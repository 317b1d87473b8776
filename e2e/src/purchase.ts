import { randomUUID } from "node:crypto";
import { getCart, setCartLine } from "@tradepost/contracts/cart";
import {
  createQuote,
  getOrder,
  type Order,
  type PlacedOrder,
  placeOrder,
  type Quote,
} from "@tradepost/contracts/order";
import { getProduct, listProducts, type Variant } from "@tradepost/contracts/product";
import { waitFor } from "@tradepost/testing/wait-for";
import type { Visitor } from "./visitor.ts";

export const ADDRESS = {
  name: "Ada Lovelace",
  line1: "Torstraße 1",
  city: "Berlin",
  postalCode: "10119",
  country: "DE",
} as const;

export interface Pick {
  slug: string;
  variant: Variant;
}

/** A variant of which at least so many can be bought; `skip` lets parallel tests buy different things. */
export async function pickVariant({ call }: Visitor, atLeast = 5, skip = 0): Promise<Pick> {
  const { items } = await call(listProducts, { query: { inStock: "true", sort: "name", limit: 50 } });
  for (const { slug } of items.slice(skip)) {
    const product = await call(getProduct, { params: { slug }, query: {} });
    const variant = product.variants.find(({ available }) => available >= atLeast);
    if (variant) return { slug, variant };
  }
  throw new Error(`nothing of which ${atLeast} are left`);
}

/** A variant of which so few are left that one order can take them all. */
export async function pickScarce({ call }: Visitor): Promise<Pick> {
  const { items } = await call(listProducts, { query: { inStock: "true", sort: "rating", limit: 100 } });
  for (const { slug } of items.slice(0, 60)) {
    const product = await call(getProduct, { params: { slug }, query: {} });
    const variant = product.variants.find(({ available }) => available > 0 && available <= 20);
    if (variant) return { slug, variant };
  }
  throw new Error("nothing is scarce");
}

export const availableOf = async ({ call }: Visitor, { slug, variant }: Pick): Promise<number> => {
  const product = await call(getProduct, { params: { slug }, query: {} });
  return product.variants.find(({ sku }) => sku === variant.sku)?.available ?? Number.NaN;
};

export const putIntoCart = ({ call }: Visitor, sku: string, quantity: number) =>
  call(setCartLine, { params: { sku }, query: {}, body: { quantity } });

export const readCart = ({ call }: Visitor) => call(getCart, { query: {} });

/** Steps 3 and 4 of a purchase: what it costs, and the order for that. */
export async function checkOut(
  { call }: Visitor,
  options: { email?: string; key?: string } = {},
): Promise<PlacedOrder & { quote: Quote }> {
  const quote = await call(createQuote, { query: {}, body: { shippingAddress: ADDRESS } });
  const placed = await call(placeOrder, {
    idempotencyKey: options.key ?? randomUUID(),
    body: {
      ...(options.email === undefined ? {} : { email: options.email }),
      shippingAddress: ADDRESS,
      shippingOptionId: quote.shippingOptionId,
      expectedTotal: quote.total,
    },
  });
  return { ...placed, quote };
}

export const readOrder = ({ call }: Visitor, { order, orderToken }: PlacedOrder): Promise<Order> =>
  call(getOrder, { params: { orderId: order.id } }, orderToken ? { headers: { "x-order-token": orderToken } } : {});

/** The order once it has the status. The gateway counts a visitor's looks, so they are few; each minute begins anew. */
export const awaitStatus = (visitor: Visitor, placed: PlacedOrder, status: Order["status"]): Promise<Order> =>
  waitFor(
    async () => {
      const order = await readOrder(visitor, placed);
      return order.status === status ? order : undefined;
    },
    { timeoutMs: 90_000, intervalMs: 500, what: `order ${placed.order.number} to be ${status}` },
  );
