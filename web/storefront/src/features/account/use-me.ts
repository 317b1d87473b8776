import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { getMe, signOut, type User } from "@tradepost/contracts/user";
import { call } from "../../app/api.ts";
import { CART_KEY } from "../cart/cart-query.ts";
import { sessionEndNotice } from "./session-end.ts";

/** Who is signed in; null for a guest. */
export const meOptions = queryOptions({
  queryKey: ["me"],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<User | null> => {
    try {
      return await call(getMe, {}, { signal });
    } catch (error) {
      if (!(error instanceof CallFailed) || error.status !== 401) throw error;
      return null;
    }
  },
});

/** `undefined` until it is known. */
export const useMe = (): User | null | undefined => useQuery(meOptions).data;

/** Takes over a fresh session: the cart has joined the shopper's, everything personal is asked anew. */
export function useEnter() {
  const client = useQueryClient();
  return async (user: User) => {
    sessionEndNotice.set(false);
    client.setQueryData(meOptions.queryKey, user);
    client.removeQueries({ predicate: ({ queryKey }) => PERSONAL.has(String(queryKey[0])) });
    await client.invalidateQueries({ queryKey: CART_KEY });
  };
}
const PERSONAL = new Set([
  "orders",
  "order",
  "order-payment",
  "addresses",
  "sessions",
  "preferences",
  "security",
  "factors",
]);

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(signOut, {}),
    onSettled: () => {
      client.setQueryData(meOptions.queryKey, null);
      client.removeQueries({ predicate: ({ queryKey }) => PERSONAL.has(String(queryKey[0])) });
      return client.invalidateQueries({ queryKey: CART_KEY });
    },
  });
}
