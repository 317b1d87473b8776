import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";

export interface ServerTimeouts {
  /** How long a client may take for its headers, and for the whole request. */
  headersMs?: number;
  requestMs?: number;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * An HTTP/1.1 server that reads strictly: both Content-Length and Transfer-Encoding, bare line feeds, obsolete folding or a
 * missing Host are refused before any handler sees them.
 */
export function createHttpServer(handler: Handler, timeouts: ServerTimeouts = {}): Server {
  const server = createServer(
    {
      insecureHTTPParser: false,
      headersTimeout: timeouts.headersMs ?? 10_000,
      requestTimeout: timeouts.requestMs ?? 30_000,
      connectionsCheckingInterval: Math.min(1000, timeouts.headersMs ?? 1000),
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
    },
    handler,
  );
  server.on("checkContinue", handler);
  server.on("clientError", answerRaw);
  server.on("upgrade", (_request, socket: Duplex) => endRaw(socket, MALFORMED));
  return server;
}

type Refusal = readonly [status: number, reason: string, code: string, title: string];

const MALFORMED: Refusal = [400, "Bad Request", "request.malformed", "The request is malformed"];
const REFUSALS: Record<string, Refusal> = {
  HPE_HEADER_OVERFLOW: [
    ...([431, "Request Header Fields Too Large"] as const),
    ...(["request.headers_too_large", "The request's headers are too large"] as const),
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout", "request.timeout", "The request took too long to arrive"],
};

function answerRaw(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  // After an answer has begun, another one would be read as part of it.
  const isBetweenAnswers = !(socket as Socket & { _httpMessage?: { headersSent: boolean } })._httpMessage?.headersSent;
  if (isBetweenAnswers) endRaw(socket, REFUSALS[error.code ?? ""] ?? MALFORMED);
  else socket.destroy();
}

function endRaw(socket: Duplex, [status, reason, code, title]: Refusal): void {
  const requestId = randomUUID();
  const body = JSON.stringify({ type: `urn:tradepost:problem:${code}`, title, status, code, requestId });
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    "content-type: application/problem+json",
    `content-length: ${body.length}`,
    `x-request-id: ${requestId}`,
    "x-content-type-options: nosniff",
    "cache-control: no-store",
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}

/** Listens; resolves to the port. Rejects when it cannot. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen({ port, host }, resolve));
  return (server.address() as AddressInfo).port;
}

/** Takes no more connections, lets running requests end within the time, then closes what is left. */
export async function closeServer(server: Server, drainMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(timer);
}
