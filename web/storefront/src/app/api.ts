import { type Client, createClient } from "@tradepost/api-client/client";
import type { Locale } from "@tradepost/contracts/market";
import type { CallInput, RouteContract } from "@tradepost/contracts/route";
import { isSessionOver, sessionEndNotice } from "../features/account/session-end.ts";
import { fetchOrTakeEarly } from "./early-answers.ts";

let locale: Locale = "en";

/** The language that answers come in from now on. */
export const speak = (chosen: Locale): void => {
  locale = chosen;
};

const client = createClient({
  baseUrl: "",
  timeoutMs: 15_000,
  credentials: "same-origin",
  fetch: fetchOrTakeEarly,
  headers: () => ({ "accept-language": locale }),
});

/** Calls the shop's API on the page's own origin; cookies say who calls. Notices when a session has ended. */
export const call: Client = async (route, input, options) => {
  try {
    return await client(route, input, options);
  } catch (error) {
    if (isSessionOver(error)) sessionEndNotice.set(true);
    throw error;
  }
};

/** Puts a question that is stated as data. */
export const ask = <R extends RouteContract>(question: { route: R; input: CallInput<R> }, signal: AbortSignal) =>
  call(question.route, question.input, { signal });
