import type { Scenario } from "./scenario.ts";
import { addToCart, readCart } from "./scenarios/cart.ts";
import { confirmation } from "./scenarios/confirmation.ts";
import { gateway } from "./scenarios/gateway.ts";
import { placeOrder } from "./scenarios/place-order.ts";
import { productListCold, productPageCold } from "./scenarios/product-cold.ts";
import { productList, productPage } from "./scenarios/product-warm.ts";
import { growth, search } from "./scenarios/search.ts";
import { signedIn } from "./scenarios/signed-in.ts";
import { start } from "./scenarios/start.ts";

/** In the order they run in: those that need the large catalogue come last, so that it is not in the others' way. */
export const scenarios: readonly Scenario[] = [
  ...[productList, productPage, productListCold, readCart, addToCart, signedIn],
  ...[placeOrder, confirmation, gateway, start],
  ...[productPageCold, search, growth],
];
