import { QueryCache, QueryClient } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { endSessionHere, isSessionOver } from "../features/account/session-end.ts";

/** Only what may pass by itself is asked for again; a refusal is not. */
const worthRetrying = (tried: number, error: Error) => !(error instanceof CallFailed) && tried < 2;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (isSessionOver(error)) endSessionHere(queryClient);
    },
  }),
  defaultOptions: {
    queries: { staleTime: 60_000, gcTime: 15 * 60_000, retry: worthRetrying, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});
