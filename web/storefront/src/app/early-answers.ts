import type { Fetch } from "@tradepost/api-client/client";
import { callHeaders, callPath } from "@tradepost/api-client/encode-call";
import type { Locale } from "@tradepost/contracts/market";
import type { RouteContract } from "@tradepost/contracts/route";

/** A GET that a page will make: the route and what it is asked. */
export interface Question {
  route: RouteContract;
  input: { params?: Record<string, unknown>; query?: Record<string, unknown> };
}

const TAKEN_WITHIN_MS = 10_000;
const answers = new Map<string, Promise<Response>>();

/** Asks before the app that wants to know is there. */
export function askEarly({ route, input }: Question, locale: Locale): void {
  const url = callPath(route, input);
  const headers = { ...callHeaders(route, input), "accept-language": locale };
  const answer = fetch(url, { headers, credentials: "same-origin" });
  // Whoever takes the answer hears of a failure; if nobody does, nobody needs to.
  answer.catch(() => {});
  answers.set(url, answer);
  setTimeout(() => answers.delete(url), TAKEN_WITHIN_MS);
}

/** `fetch`, but an answer that was asked for early is taken, once. */
export const fetchOrTakeEarly: Fetch = (url, init) => {
  const early = init.method === "GET" ? answers.get(url) : undefined;
  answers.delete(url);
  return early ?? fetch(url, init);
};
