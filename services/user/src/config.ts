import { zInteger, zUrl } from "@tradepost/service-runtime/config";
import { baseVariables } from "@tradepost/service-runtime/service-base";
import { z } from "zod";

/** A private P-256 key as JWK (RFC 7518 §6.2) with its id. */
export const SigningKey = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string().min(1),
});
export type SigningKey = z.output<typeof SigningKey>;

const SigningKeys = z.string().transform((text, context): [SigningKey, ...SigningKey[]] => {
  try {
    return z.tuple([SigningKey], SigningKey).parse(JSON.parse(text)) as [SigningKey, ...SigningKey[]];
  } catch {
    context.addIssue({ code: "custom", message: "must be a JSON array of private P-256 JWKs with a kid each" });
    return z.NEVER;
  }
});

/** The user service's settings; loadConfig reads them from the environment once, at start. */
export const Config = z.object({
  ...baseVariables,
  DATABASE_URL: zUrl("postgres", "postgresql"),
  REDIS_URL: zUrl("redis", "rediss"),
  /** The first signs; all are published, so that tokens of the key before stay valid during a rotation. */
  SIGNING_KEYS: SigningKeys,
  /** Over HTTPS cookies are sent over HTTPS only and bound to the host. */
  STOREFRONT_URL: zUrl(),
  SESSION_TTL_SECONDS: zInteger(60, 86_400).default(86_400),
});
export type Config = z.output<typeof Config>;
