import { createClient } from "@tradepost/api-client/client";
import type { Locale } from "@tradepost/contracts/market";

let locale: Locale = "en";

/** The language that answers come in from now on. */
export const speak = (chosen: Locale): void => {
  locale = chosen;
};

/** Calls the shop's API on the page's own origin; cookies say who calls. */
export const call = createClient({
  baseUrl: "",
  timeoutMs: 15_000,
  credentials: "same-origin",
  headers: () => ({ "accept-language": locale }),
});
