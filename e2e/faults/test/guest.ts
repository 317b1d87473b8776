import { randomUUID } from "node:crypto";
import { CallFailed } from "@tradepost/api-client/call-error";
import { createClient } from "@tradepost/api-client/client";
import { setCartLine } from "@tradepost/contracts/cart";
import { cancelOrder, createQuote, getOrder, type PlacedOrder, placeOrder } from "@tradepost/contracts/order";
import { waitFor } from "@tradepost/testing/wait-for";
import type { CheckoutRecord } from "../src/history/expected.ts";
import type { SmallShop } from "./small-shop.ts";

export type Guest = Awaited<ReturnType<typeof newGuest>>;

const ADDRESS = { name: "Ada", line1: "Torstraße 1", city: "Berlin", postalCode: "10119", country: "DE" } as const;

/** Somebody with one thing in the cart and its price before their eyes, who writes down what they are told. */
export async function newGuest(shop: SmallShop, sku = "MUG") {
  let cartId: string | undefined;
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (cartId !== undefined) headers.set("x-cart-id", cartId);
    const response = await fetch(url, { ...init, headers });
    cartId ??= response.headers.get("x-cart-id") ?? undefined;
    return response;
  };
  const options = { fetch: send, timeoutMs: 60_000, retries: 0 };
  const cart = createClient({ baseUrl: shop.serviceUrls.cart, ...options });
  const orders = createClient({ baseUrl: shop.serviceUrls.order, ...options });

  await cart(setCartLine, { params: { sku }, query: {}, body: { quantity: 1 } });
  const quote = await orders(createQuote, { query: {}, body: { shippingAddress: ADDRESS } });
  const name = `guest-${randomUUID().slice(0, 8)}`;
  const record: CheckoutRecord = {
    ...{ shopper: name, key: randomUUID(), answers: [], shownCents: quote.total.amount, seen: [] },
  };
  shop.checkouts.push(record);
  const body = {
    ...{ email: `${name}@example.com`, shippingAddress: ADDRESS },
    ...{ shippingOptionId: quote.shippingOptionId, expectedTotal: quote.total },
  };
  const withToken = ({ orderToken }: PlacedOrder) => ({ headers: { "x-order-token": orderToken ?? "" } });

  return {
    /** Clicks on “order”; null when it was refused. */
    order: async (): Promise<PlacedOrder | null> => {
      try {
        const placed = await orders(placeOrder, { idempotencyKey: record.key, body });
        record.answers.push({ status: 201, orderId: placed.order.id, totalCents: placed.order.total.amount });
        return placed;
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        record.answers.push({ status: error.status, code: error.problem.code });
        return null;
      }
    },
    pay: async ({ payment }: PlacedOrder, card = "pm_card_visa"): Promise<void> => {
      const form = {
        ...{ client_secret: payment.clientSecret, payment_method: card, return_url: "http://localhost:8080/" },
      };
      const response = await fetch(`${shop.sandbox.url}/v1/payment_intents/${payment.id}/confirm`, {
        ...{ method: "POST", headers: { authorization: `Bearer ${payment.publishableKey}` } },
        body: new URLSearchParams(form),
      });
      const { status } = (await response.json()) as { status?: string };
      if (status !== "succeeded") throw new Error(`the payment is ${status}`);
      record.paid = true;
    },
    cancel: async (placed: PlacedOrder): Promise<void> => {
      const input = { params: { orderId: placed.order.id }, idempotencyKey: randomUUID() };
      await orders(cancelOrder, input, withToken(placed));
      record.cancelled = true;
    },
    /** Waits until the order's page says so. */
    sees: (placed: PlacedOrder, status: string) =>
      waitFor(
        async () => {
          const order = await orders(getOrder, { params: { orderId: placed.order.id } }, withToken(placed));
          if (order.status !== status) return false;
          record.seen?.push(status);
          return true;
        },
        { timeoutMs: 60_000, intervalMs: 100, what: `order ${placed.order.number} to be ${status}` },
      ),
  };
}
