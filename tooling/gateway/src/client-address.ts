import { BlockList, isIP, isIPv6 } from "node:net";

/** Whether an address is of a trusted proxy; each entry is an address or a range such as `10.0.0.0/8`. */
export function createTrust(entries: readonly string[]): (address: string) => boolean {
  const trusted = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.trim().split("/");
    const bits = prefix === undefined ? (isIPv6(address) ? 128 : 32) : Number(prefix);
    if (!isIP(address) || !Number.isInteger(bits))
      throw new Error(`${entry} is not an address or a range like 10.0.0.0/8`);
    trusted.addSubnet(address, bits, family(address));
  }
  return (address) => isIP(address) !== 0 && trusted.check(address, family(address));
}

/**
 * Who sent a request, as nginx's real_ip_recursive finds out: from a trusted peer, the last address of X-Forwarded-For
 * that is not itself trusted.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | string[] | undefined,
  isTrusted: (address: string) => boolean,
): string {
  let client = plain(peer ?? "");
  if (forwardedFor === undefined || !isTrusted(client)) return client;
  const hops = (Array.isArray(forwardedFor) ? forwardedFor.join(",") : forwardedFor).split(",");
  for (const hop of hops.map((text) => plain(text.trim())).reverse()) {
    if (!isIP(hop)) return client;
    client = hop;
    if (!isTrusted(hop)) return client;
  }
  return client;
}

const family = (address: string): "ipv4" | "ipv6" => (isIPv6(address) ? "ipv6" : "ipv4");

/** `::ffff:192.0.2.1` is 192.0.2.1 to everybody but a dual-stack socket. */
export const plain = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
