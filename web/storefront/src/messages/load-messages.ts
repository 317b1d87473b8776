import type { Locale } from "@tradepost/contracts/market";
import type { en } from "./en.ts";

/** Every word of the interface. English sets the shape; the other languages are checked against it. */
export type Messages = typeof en;

const loaders: Record<Locale, () => Promise<Messages>> = {
  en: async () => (await import("./en.ts")).en,
  de: async () => (await import("./de.ts")).de,
};

export const loadMessages = (locale: Locale): Promise<Messages> => loaders[locale]();
