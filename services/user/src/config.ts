import { zInteger, zSecret, zUrl } from "@tradepost/service-runtime/config";
import { baseVariables } from "@tradepost/service-runtime/service-base";
import { z } from "zod";
import type { SigningKey as SigningKeyOfDomain } from "./domain/signing-keys.ts";

export const SigningKey = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string().min(1),
  state: z.enum(["next", "active", "retiring"]).optional(),
  since: z.iso.datetime().optional(),
}) satisfies z.ZodType<SigningKeyOfDomain>;
export type SigningKey = z.output<typeof SigningKey>;

/** A JSON array of at least one key; two while they are rotated. */
export const SigningKeys = z.string().transform((text, context): readonly SigningKey[] => {
  try {
    return z.array(SigningKey).min(1).parse(JSON.parse(text));
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
  RABBITMQ_URL: zUrl("amqp", "amqps"),
  /**
   * The active one, or else the first, signs; all are published, so that tokens of the key before stay valid during a
   * rotation. As a file they may change while the service runs.
   */
  SIGNING_KEYS: SigningKeys,
  /** Where links in mails lead. Over HTTPS cookies are sent over HTTPS only and bound to the host. */
  STOREFRONT_URL: zUrl(),
  SENDGRID_URL: zUrl().default("https://api.sendgrid.com"),
  SENDGRID_API_KEY: zSecret(8),
  MAIL_FROM: z.email(),
  MAIL_FROM_NAME: z.string().min(1).default("Tradepost"),
  SESSION_TTL_SECONDS: zInteger(60, 86_400).default(86_400),
});
export type Config = z.output<typeof Config>;
