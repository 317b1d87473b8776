import bowser from "bowser";

/** What a device calls itself, for people: `Firefox on Linux`; of an unknown one the first word of its user agent. */
export function deviceName(userAgent: string | undefined): string {
  if (!userAgent) return "Unknown device";
  const { browser, os } = bowser.parse(userAgent);
  if (browser.name && os.name) return `${browser.name} on ${os.name}`;
  return browser.name ?? userAgent.split(/[\s/]/)[0]?.slice(0, 40) ?? "Unknown device";
}
