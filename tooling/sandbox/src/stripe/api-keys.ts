import { StripeApiError } from "./errors.ts";

/** Checks the caller's key; any test key will do. Says whether it is a publishable one, as in browsers. */
export function readApiKey(
  authorization: string | undefined,
  params: Record<string, unknown>,
  allowed: "secret" | "any",
): boolean {
  const key = fromHeader(authorization) ?? (typeof params.key === "string" ? params.key : undefined);
  if (key === undefined || key === "") {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth " +
        "(e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details.",
    );
  }
  if (/^(sk|rk)_test_\w+$/.test(key)) return false;
  if (!/^pk_test_\w+$/.test(key)) throw unauthorized(`Invalid API Key provided: ${mask(key)}`);
  if (allowed === "any") return true;
  throw unauthorized(
    "This API call cannot be made with a publishable API key. Please use a secret API key.",
    "secret_key_required",
  );
}

function fromHeader(authorization: string | undefined): string | undefined {
  const [scheme = "", value = ""] = authorization?.split(" ") ?? [];
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() === "basic") return Buffer.from(value, "base64").toString().split(":")[0];
  return undefined;
}

function mask(key: string): string {
  return key.length < 12 ? "*".repeat(key.length) : `${key.slice(0, 8)}${"*".repeat(key.length - 12)}${key.slice(-4)}`;
}

function unauthorized(message: string, code?: string): StripeApiError {
  return new StripeApiError(401, { type: "invalid_request_error", message, ...(code !== undefined && { code }) });
}
