import { randomUUID } from "node:crypto";
import { ask, inParallel, json } from "./ask.ts";
import { skuOf } from "./catalogue/generate-catalogue.ts";
import type { LoadRequest } from "./load/load-plan.ts";
import { SHOP_PRODUCTS, type Shop } from "./shop.ts";

const SHIPPING_ADDRESS = {
  ...{ name: "Ada Lovelace", line1: "Torstraße 1", city: "Berlin", postalCode: "10119", country: "DE" },
};

/** What can be bought: few enough to quote all, enough that orders rarely wait for each other's stock. */
const BASKETS = 200;

interface Basket {
  skus: string[];
  shippingOptionId: string;
  expectedTotal: unknown;
}

export interface Checkout {
  /** Guests with filled carts, and the requests by which each of them places an order, once. */
  prepareOrders: (count: number, email?: (n: number) => string) => Promise<LoadRequest[]>;
}

/** Puts different baskets together and asks what each costs. */
export async function openCheckout(shop: Shop): Promise<Checkout> {
  const { cart: cartUrl, order: orderUrl } = shop.addresses.serviceUrls;
  const fill = async (skus: readonly string[]) => {
    const cart = randomUUID();
    for (const sku of skus)
      await ask(`${cartUrl}/v1/cart/lines/${sku}`, json("PUT", { quantity: 1 }, { "x-cart-id": cart }));
    return cart;
  };
  const numbers = Array.from({ length: BASKETS }, (_, n) => n);
  const baskets = await inParallel(numbers, 8, async (n): Promise<Basket> => {
    const skus = [skuOf((n * 2) % SHOP_PRODUCTS, 0), skuOf((n * 2 + 1) % SHOP_PRODUCTS, 0)];
    const body = { shippingAddress: SHIPPING_ADDRESS };
    const quote = await ask(`${orderUrl}/v1/quotes`, json("POST", body, { "x-cart-id": await fill(skus) }));
    const { shippingOptionId, total } = JSON.parse(quote) as { shippingOptionId: string; total: unknown };
    return { skus, shippingOptionId, expectedTotal: total };
  });

  return {
    prepareOrders: (count, email = (n) => `bench-${n}@example.com`) =>
      inParallel(
        Array.from({ length: count }, (_, n) => n),
        8,
        async (n): Promise<LoadRequest> => {
          const { skus, ...priced } = baskets[n % BASKETS] as Basket;
          return {
            method: "POST",
            path: "/v1/orders",
            headers: {
              "content-type": "application/json",
              "x-cart-id": await fill(skus),
              "idempotency-key": randomUUID(),
            },
            body: JSON.stringify({ email: email(n), shippingAddress: SHIPPING_ADDRESS, ...priced }),
          };
        },
      ),
  };
}

/** Sends a prepared request outside of a measurement; the answer as text. */
export const sendPrepared = (origin: string, { method, path, headers = {}, body }: LoadRequest): Promise<string> =>
  ask(origin + path, { method, headers, ...(body === undefined ? {} : { body }) });
