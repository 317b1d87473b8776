import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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
    await changeOwner(client, user);
  };
}

/** Forgets who was signed in; the account's pages then lead to the start page by themselves. */
export function useLeave() {
  const client = useQueryClient();
  return () => changeOwner(client, null);
}

async function changeOwner(client: QueryClient, user: User | null): Promise<void> {
  // An answer still on its way is about whoever was here before.
  await client.cancelQueries({ queryKey: meOptions.queryKey });
  client.setQueryData(meOptions.queryKey, user);
  client.removeQueries({ predicate: ({ queryKey }) => PERSONAL.has(String(queryKey[0])) });
  await client.invalidateQueries({ queryKey: CART_KEY });
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
  const leave = useLeave();
  return useMutation({ mutationFn: () => call(signOut, {}), onSettled: leave });
}
