import type { FastifyRequest } from "fastify";
import { AppError } from "./app-error.ts";

const KEY = /^[\x21-\x7e]{8,200}$/;

/** The request's `Idempotency-Key`. Throws AppError 400 when it is missing or is not 8 to 200 printable characters. */
export function requireIdempotencyKey(request: FastifyRequest): string {
  const key = request.headers["idempotency-key"];
  if (key === undefined) {
    throw new AppError(400, "idempotency.key_required", "Send an Idempotency-Key header");
  }
  if (typeof key !== "string" || !KEY.test(key)) {
    throw new AppError(400, "idempotency.key_invalid", "The Idempotency-Key must be 8 to 200 printable characters");
  }
  return key;
}
