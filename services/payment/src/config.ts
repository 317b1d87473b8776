import { zSecret, zUrl } from "@tradepost/service-runtime/config";
import { baseVariables } from "@tradepost/service-runtime/service-base";
import { z } from "zod";
import type { VaultKeys } from "./storage/token-vault.ts";

/** `id:base64` pairs, comma-separated, the current key first; each key has 32 bytes. */
const TokenKeys = z.string().transform((text, context): VaultKeys => {
  const keys = text.split(",").map((pair) => {
    const [id = "", key = ""] = pair.trim().split(":");
    return { id, key: Buffer.from(key, "base64") };
  });
  if (keys.some(({ id, key }) => id === "" || key.length !== 32))
    context.addIssue({ code: "custom", message: "must be id:key pairs with keys of 32 bytes in base64" });
  return keys;
});

/** The payment service's settings; loadConfig reads them from the environment once, at start. */
export const Config = z.object({
  ...baseVariables,
  DATABASE_URL: zUrl("postgres", "postgresql"),
  RABBITMQ_URL: zUrl("amqp", "amqps"),
  STRIPE_API_URL: zUrl().default("https://api.stripe.com"),
  STRIPE_SECRET_KEY: zSecret(8),
  STRIPE_PUBLISHABLE_KEY: z.string().startsWith("pk_"),
  STRIPE_WEBHOOK_SECRET: z.string().startsWith("whsec_"),
  /** Encrypt what lets its holder pay. */
  TOKEN_KEYS: TokenKeys,
});
export type Config = z.output<typeof Config>;
