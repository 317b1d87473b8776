import bowser from "bowser";

/** Browsers send less; some three hundred patterns look at it. */
const MAX_LENGTH = 512;

/** What a device calls itself, for people: `Firefox on Linux`; of an unknown one the first word of its user agent. */
export function deviceName(sent: string | undefined): string {
  const userAgent = sent?.slice(0, MAX_LENGTH);
  if (!userAgent) return "Unknown device";
  const { browser, os } = bowser.parse(userAgent);
  if (browser.name && os.name) return `${browser.name} on ${os.name}`;
  return browser.name ?? userAgent.split(/[\s/]/)[0]?.slice(0, 40) ?? "Unknown device";
}
