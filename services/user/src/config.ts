import { ProviderId } from "@tradepost/contracts/user-factors";
import { KeyRingText } from "@tradepost/key-ring/key-ring-text";
import { zInteger, zSecret, zUrl } from "@tradepost/service-runtime/config";
import { baseVariables } from "@tradepost/service-runtime/service-base";
import { z } from "zod";
import type { OpenidProvider } from "./clients/openid-providers.ts";
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

/** Over HTTPS, or on this machine. */
const Issuer = zUrl().refine(
  (url) => url.startsWith("https:") || ["localhost", "127.0.0.1"].includes(new URL(url).hostname),
  { message: "must begin with https://" },
);
const Provider = z.strictObject({
  id: ProviderId,
  name: z.string().min(1).max(40),
  issuer: Issuer,
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
}) satisfies z.ZodType<OpenidProvider>;

/** A JSON array of OpenID providers; may be empty. */
export const OidcProviders = z.string().transform((text, context): readonly OpenidProvider[] => {
  try {
    const providers = z.array(Provider).parse(JSON.parse(text));
    if (new Set(providers.map(({ id }) => id)).size === providers.length) return providers;
  } catch {
    // Told below, without what was there: it holds secrets.
  }
  context.addIssue({
    code: "custom",
    message:
      "must be a JSON array of { id, name, issuer, clientId, clientSecret } with different ids and https issuers",
  });
  return z.NEVER;
});

/** The user service's settings; loadConfig reads them from the environment once, at start. */
export const Config = z.object({
  ...baseVariables,
  DATABASE_URL: zUrl("postgres", "postgresql"),
  REDIS_URL: zUrl("redis", "rediss"),
  RABBITMQ_URL: zUrl("amqp", "amqps"),
  /** Asked for what they keep about a person who wants it exported. */
  ORDER_SERVICE_URL: zUrl(),
  CART_SERVICE_URL: zUrl(),
  /**
   * The active one, or else the first, signs; all are published, so that tokens of the key before stay valid during a
   * rotation. As a file they may change while the service runs.
   */
  SIGNING_KEYS: SigningKeys,
  /**
   * Encrypt the secrets of authenticator apps: `id:base64` pairs, or `id:kms:base64` for keys that AWS KMS unwraps. As
   * FACTOR_KEYS_FILE they may change while the service runs.
   */
  FACTOR_KEYS: KeyRingText,
  /** OpenID providers that one can sign in with, as JSON: `[{ id, name, issuer, clientId, clientSecret }]`. */
  OIDC_PROVIDERS: OidcProviders.default([]),
  /** Where links in mails lead. Passkeys are bound to its host name. Over HTTPS cookies are sent over HTTPS only and bound to the host. */
  STOREFRONT_URL: zUrl(),
  SENDGRID_URL: zUrl().default("https://api.sendgrid.com"),
  SENDGRID_API_KEY: zSecret(8),
  MAIL_FROM: z.email(),
  MAIL_FROM_NAME: z.string().min(1).default("Tradepost"),
  SESSION_TTL_SECONDS: zInteger(60, 86_400).default(86_400),
});
export type Config = z.output<typeof Config>;
