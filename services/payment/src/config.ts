import { KeyRingText } from "@tradepost/key-ring/key-ring-text";
import { zInteger, zSecret, zUrl } from "@tradepost/service-runtime/config";
import { baseVariables } from "@tradepost/service-runtime/service-base";
import { z } from "zod";

/** The payment service's settings; loadConfig reads them from the environment once, at start. */
export const Config = z.object({
  ...baseVariables,
  DATABASE_URL: zUrl("postgres", "postgresql"),
  RABBITMQ_URL: zUrl("amqp", "amqps"),
  STRIPE_API_URL: zUrl().default("https://api.stripe.com"),
  STRIPE_SECRET_KEY: zSecret(8),
  STRIPE_PUBLISHABLE_KEY: z.string().startsWith("pk_"),
  STRIPE_WEBHOOK_SECRET: z.string().startsWith("whsec_"),
  /**
   * Encrypt what lets its holder pay: `id:base64` pairs, or `id:kms:base64` for keys that AWS KMS unwraps. As
   * TOKEN_KEYS_FILE they may change while the service runs.
   */
  TOKEN_KEYS: KeyRingText,
  /** How often Stripe's lists are compared with the payments, by one replica at a time. */
  RECONCILE_EVERY_SECONDS: zInteger(1, 86_400).default(300),
});
export type Config = z.output<typeof Config>;
