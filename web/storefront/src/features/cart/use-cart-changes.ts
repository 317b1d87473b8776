import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Cart, type CartLine, MAX_LINE_QUANTITY, setCartLine } from "@tradepost/contracts/cart";
import type { Product, Variant } from "@tradepost/contracts/product";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMarket } from "../../app/market.tsx";
import { notify } from "../../app/notifications.tsx";
import { quantityOf, withQuantity } from "./cart-arithmetic.ts";
import { cartDrawer } from "./cart-drawer-state.ts";
import { cartOptions } from "./cart-query.ts";

/** Changes to the cart go to the server one after another, in the order they were made. */
const IN_ORDER = { id: "cart" };
const CHANGE_KEY = ["cart-change"];

/** Sets a line's quantity: shown at once, taken back when the server refuses. */
export function useSetQuantity() {
  const market = useMarket();
  const client = useQueryClient();
  const { queryKey } = cartOptions(market);
  return useMutation({
    mutationKey: CHANGE_KEY,
    scope: IN_ORDER,
    mutationFn: ({ sku, quantity }: { sku: string; quantity: number }) =>
      call(setCartLine, { params: { sku }, body: { quantity }, query: { currency: market.currency } }),
    onMutate: async ({ sku, quantity }) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData<Cart>(queryKey, (cart) => cart && withQuantity(cart, sku, quantity));
    },
    onSuccess: async (cart) => {
      await client.cancelQueries({ queryKey });
      // A later change is already shown; its own answer will bring the final cart.
      if (client.isMutating({ mutationKey: CHANGE_KEY }) === 1) client.setQueryData(queryKey, cart);
    },
    onError: (error) => {
      notify({ text: `${market.messages.cart.failed} ${failureText(error, market.messages)}` });
      return client.invalidateQueries({ queryKey });
    },
  });
}

/** Takes a line out, and offers to put it back. */
export function useRemoveLine() {
  const { messages } = useMarket();
  const change = useSetQuantity();
  return ({ sku, name, quantity }: CartLine) => {
    change.mutate({ sku, quantity: 0 });
    notify({
      text: messages.cart.removed(name),
      action: { label: messages.cart.undo, run: () => change.mutate({ sku, quantity }) },
    });
  };
}

/** Adds units of a variant to those already in the cart, then shows the cart. */
export function useAddToCart() {
  const market = useMarket();
  const client = useQueryClient();
  return useMutation({
    mutationKey: CHANGE_KEY,
    scope: IN_ORDER,
    mutationFn: async ({
      variant: { sku, available },
      quantity,
    }: {
      product: Product;
      variant: Variant;
      quantity: number;
    }) => {
      const inCart = quantityOf(await client.ensureQueryData(cartOptions(market)), sku);
      const wanted = Math.min(inCart + quantity, MAX_LINE_QUANTITY, Math.max(available, quantity));
      return call(setCartLine, { params: { sku }, body: { quantity: wanted }, query: { currency: market.currency } });
    },
    onSuccess: async (cart) => {
      const { queryKey } = cartOptions(market);
      // A look at the cart that began before would bring it as it was.
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, cart);
      cartDrawer.set(true);
    },
  });
}
