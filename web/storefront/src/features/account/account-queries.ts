import { queryOptions } from "@tanstack/react-query";
import { getPreferences, getSecurity, listAddresses, listSessions } from "@tradepost/contracts/user";
import { listFactors, listSignInProviders } from "@tradepost/contracts/user-factors";
import { call } from "../../app/api.ts";

export const addressesOptions = queryOptions({
  queryKey: ["addresses"],
  queryFn: ({ signal }) => call(listAddresses, {}, { signal }),
  select: ({ items }) => items,
});

export const sessionsOptions = queryOptions({
  queryKey: ["sessions"],
  queryFn: ({ signal }) => call(listSessions, {}, { signal }),
  select: ({ items }) => items,
});

export const preferencesOptions = queryOptions({
  queryKey: ["preferences"],
  queryFn: ({ signal }) => call(getPreferences, {}, { signal }),
});

export const factorsOptions = queryOptions({
  queryKey: ["factors"],
  queryFn: ({ signal }) => call(listFactors, {}, { signal }),
});

export const providersOptions = queryOptions({
  queryKey: ["providers"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => call(listSignInProviders, {}, { signal }),
  select: ({ items }) => items,
});

export const securityOptions = queryOptions({
  queryKey: ["security"],
  queryFn: ({ signal }) => call(getSecurity, {}, { signal }),
});
