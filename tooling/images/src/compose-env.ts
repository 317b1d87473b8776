import { randomBytes } from "node:crypto";
import { makeSecrets } from "@tradepost/local-stack/secrets";
import { DEMO_ACCOUNT } from "@tradepost/local-stack/seed";

/** The variables of docker-compose.yml, new and random; passwords are safe inside URLs. */
export function composeEnvironment(): Record<string, string> {
  const secrets = makeSecrets();
  const [[keyId, publicKey] = ["", ""]] = Object.entries(secrets.jwtPublicKeys);
  return {
    POSTGRES_PASSWORD: password(),
    USER_DATABASE_PASSWORD: password(),
    ORDER_DATABASE_PASSWORD: password(),
    PAYMENT_DATABASE_PASSWORD: password(),
    MONGO_ROOT_PASSWORD: password(),
    MONGO_PASSWORD: password(),
    REDIS_PASSWORD: password(),
    RABBITMQ_PASSWORD: password(),
    INTERNAL_TOKEN_KEY: secrets.internalTokenKey,
    ORDER_TOKEN_KEY: secrets.orderTokenKey,
    TOKEN_KEYS: secrets.tokenKeys,
    SIGNING_KEYS: secrets.signingKeys,
    FACTOR_KEYS: secrets.factorKeys,
    JWT_KEY_ID_1: keyId,
    JWT_PUBLIC_KEY_1: publicKey.trim(),
    STRIPE_WEBHOOK_SECRET: secrets.stripeWebhookSecret,
    DEMO_ACCOUNT: JSON.stringify(DEMO_ACCOUNT),
  };
}

/** As Docker Compose reads it: between single quotes nothing has a meaning, and a value may have several lines. */
export function toEnvFile(variables: Record<string, string>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");
}

const password = (): string => randomBytes(24).toString("base64url");
