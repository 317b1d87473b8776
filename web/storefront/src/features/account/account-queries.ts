import { queryOptions } from "@tanstack/react-query";
import { getPreferences, getSecurity, listAddresses, listSessions } from "@tradepost/contracts/user";
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

export const securityOptions = queryOptions({
  queryKey: ["security"],
  queryFn: ({ signal }) => call(getSecurity, {}, { signal }),
});
