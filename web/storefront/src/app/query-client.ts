import { QueryClient } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { isSessionOver, sessionEndNotice } from "../features/account/session-end.ts";
import { meOptions } from "../features/account/use-me.ts";

/** Only what may pass by itself is asked for again, and what a guest may see after a session has ended. */
function worthRetrying(tried: number, error: Error): boolean {
  if (isSessionOver(error)) return tried < 1;
  return !(error instanceof CallFailed) && tried < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 60_000, gcTime: 15 * 60_000, retry: worthRetrying, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});

sessionEndNotice.subscribe(() => {
  if (sessionEndNotice.get()) queryClient.setQueryData(meOptions.queryKey, null);
});
