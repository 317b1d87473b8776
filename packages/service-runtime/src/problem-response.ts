import type { Problem } from "@tradepost/contracts/problem";
import { AppError } from "./app-error.ts";
import { isUnavailable } from "./unavailable.ts";

export const PROBLEM_TYPE = "application/problem+json";

const BY_FASTIFY_CODE: Record<string, [status: number, code: string, title: string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, "request.too_large", "The request body is too large"],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, "request.media_type", "Send application/json in UTF-8"],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, "request.malformed", "The body does not match its Content-Length"],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, "request.malformed", "The request body is empty"],
  FST_ERR_BAD_URL: [400, "request.malformed", "The address is malformed"],
  FST_ERR_MAX_PARAM_LENGTH_EXCEEDED: [414, "request.uri_too_long", "A part of the address is too long"],
};

/** What a caller may know of any error: AppErrors as they are, the framework's by a table, all else `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  const known = typeof code === "string" ? BY_FASTIFY_CODE[code] : undefined;
  if (known) return new AppError(...known, { cause: error });
  const isClientFault = typeof statusCode === "number" && statusCode >= 400 && statusCode < 500;
  if (isClientFault && typeof code === "string" && code.startsWith("FST_")) {
    return new AppError(statusCode, "request.malformed", "The request is malformed", { cause: error });
  }
  if (isUnavailable(error))
    return new AppError(503, "service.unavailable", "This is not possible just now; please try again in a moment", {
      headers: { "retry-after": "1" },
      cause: error,
    });
  return new AppError(500, "internal", "Something went wrong on our side", { cause: error });
}

/** The problem's body; extension members come first so that they can never replace a standard one. */
export const problemBody = (error: AppError, requestId: string): Problem & Record<string, unknown> => ({
  ...error.extra,
  type: `urn:tradepost:problem:${error.code}`,
  title: error.title,
  status: error.status,
  code: error.code,
  ...(error.detail === undefined ? {} : { detail: error.detail }),
  ...(error.errors === undefined ? {} : { errors: error.errors }),
  requestId,
});
