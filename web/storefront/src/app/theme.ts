import { inThisBrowser, readStored, writeStored } from "./stored.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
const KEY = "tradepost.theme";

export const storedTheme = (): Theme => THEMES.find((one) => one === readStored(inThisBrowser, KEY)) ?? "system";

/** Shows the shop in this theme from now on; `system` follows the device. */
export function applyTheme(theme: Theme): void {
  writeStored(inThisBrowser, KEY, theme === "system" ? undefined : theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
