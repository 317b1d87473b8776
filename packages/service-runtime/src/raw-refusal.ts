import { randomUUIDv7 } from "node:crypto";
import type { Socket } from "node:net";
import { PROBLEM_TYPE } from "./problem-response.ts";

const MALFORMED = [400, "Bad Request", "request.malformed", "The request is malformed"] as const;
const BY_CODE: Record<string, readonly [status: number, reason: string, code: string, title: string]> = {
  HPE_HEADER_OVERFLOW: [
    ...([431, "Request Header Fields Too Large"] as const),
    ...(["request.headers_too_large", "The request's headers are too large"] as const),
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout", "request.timeout", "The request took too long to arrive"],
};

/**
 * Answers what is no HTTP request, or came too slowly, with a problem, and ends the connection: the framework never sees
 * such a request. Once an answer has begun, a second one would be read as part of it, so there is none.
 */
export function refuseRaw(error: Error & { code?: string }, socket: Socket): void {
  const running = (socket as Socket & { _httpMessage?: { headersSent: boolean } })._httpMessage;
  if (error.code === "ECONNRESET" || !socket.writable || running?.headersSent) return void socket.destroy();
  const [status, reason, code, title] = BY_CODE[error.code ?? ""] ?? MALFORMED;
  const requestId = randomUUIDv7();
  const body = JSON.stringify({ type: `urn:tradepost:problem:${code}`, title, status, code, requestId });
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${body.length}`,
    `x-request-id: ${requestId}`,
    "cache-control: no-store",
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
