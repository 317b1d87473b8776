import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { plain } from "./client-address.ts";
import type { Headers } from "./exchange.ts";

const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The headers of a message that are not about its connection (RFC 9110, 7.6.1), in a new object. */
export function endToEndHeaders(headers: IncomingHttpHeaders): Headers {
  const listed = headers.connection === undefined ? undefined : headers.connection.toLowerCase().split(/\s*,\s*/);
  const kept: Headers = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !HOP_BY_HOP.has(name) && !listed?.includes(name)) kept[name] = value;
  }
  return kept;
}

/** What a service is told of the client: Kong's X-Real-IP and X-Forwarded-*; a trusted proxy's own words are kept. */
export function forwardedHeaders(
  request: IncomingMessage,
  client: { address: string; isTrustedPeer: boolean },
  path: string,
): Headers {
  const { headers, socket } = request;
  const peer = plain(socket.remoteAddress ?? "");
  const said = headers["x-forwarded-for"];
  const kept = (name: string, otherwise: string) => (client.isTrustedPeer && headers[name]?.toString()) || otherwise;
  const host = headers.host ?? "";
  return {
    "x-real-ip": client.address,
    "x-forwarded-for": said === undefined ? client.address : `${said}, ${peer}`,
    "x-forwarded-proto": kept("x-forwarded-proto", "http"),
    "x-forwarded-host": kept("x-forwarded-host", host.replace(/:\d+$/, "")),
    "x-forwarded-port": kept("x-forwarded-port", String(socket.localPort ?? "")),
    "x-forwarded-path": kept("x-forwarded-path", path),
  };
}
