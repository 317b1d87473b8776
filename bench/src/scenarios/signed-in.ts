import { randomUUID } from "node:crypto";
import { ask, inParallel, json } from "../ask.ts";
import { compareThroughput } from "../compare.ts";
import type { LoadPlan } from "../load/load-plan.ts";
import type { Scenario } from "../scenario.ts";
import type { Shop } from "../shop.ts";
import { fillCarts } from "./cart.ts";

const SHOPPERS = 16;

/** The same route of the same process, once for guests and once for shoppers whose token and session are checked. */
export const signedIn: Scenario = {
  name: "signed-in",
  summary: "a signed-in request (token and session check), against the same route as a guest",
  run: async (stage, { rounds, seconds }, say) => {
    const shop = await stage.shop();
    const guests = await fillCarts(shop, SHOPPERS);
    const tokens = await inParallel(guests, 2, (cart) => signInWithCart(shop, cart));
    const carts = await fillCarts(shop, SHOPPERS);
    const plan = (headers: Record<string, string>[]) => (): LoadPlan => ({
      ...{ origin: shop.addresses.serviceUrls.cart, connections: SHOPPERS, seconds },
      requests: headers.map((each) => ({ method: "GET", path: "/v1/cart", headers: each })),
    });
    const pid = () => shop.pid("cart");
    const comparison = {
      ...{ scenario: "signed-in", what: "read a cart, signed in", comparedWith: "the same route as a guest" },
      atLeast: 0.75,
      tradepost: { pid, plan: plan(tokens.map((token) => ({ authorization: `Bearer ${token}` }))) },
      baseline: { pid, plan: plan(carts.map((cart) => ({ "x-cart-id": cart }))) },
      notes: `${SHOPPERS} shoppers, ${SHOPPERS} connections`,
    };
    return [await compareThroughput(comparison, rounds, say)];
  },
};

/** Registers a shopper, who takes the guest's cart along; the token. */
async function signInWithCart({ addresses }: Shop, cart: string): Promise<string> {
  const account = { email: `bench-${randomUUID()}@example.com`, password: "a long enough passphrase", name: "Bench" };
  const answer = await ask(`${addresses.serviceUrls.user}/v1/users`, json("POST", account));
  const { token } = JSON.parse(answer) as { token: string };
  await ask(`${addresses.serviceUrls.cart}/v1/cart`, {
    headers: { authorization: `Bearer ${token}`, "x-cart-id": cart },
  });
  return token;
}
