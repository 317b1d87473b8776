import type { ServiceName } from "@tradepost/contracts/route";
import type { Secrets } from "./secrets.ts";

export interface Addresses {
  /** Where browsers find the shop. */
  storefrontUrl: string;
  /** Under which names a browser on this machine may have opened it. */
  origins: readonly string[];
  sandboxUrl: string;
  databaseUrls: Record<"user" | "order" | "payment", string>;
  mongoUrl: string;
  redisUrls: Record<"product" | "user" | "cart" | "gateway", string>;
  rabbitUrl: string;
  serviceUrls: Record<ServiceName, string>;
}

/** Constant, so that tokens survive a change of port. */
export const TOKEN_ISSUER = "https://tradepost.localhost";

/** The environment of each service, the same variables as in a cluster; a replica's own ports come on top. */
export function serviceEnvironments(at: Addresses, secrets: Secrets): Record<ServiceName, Record<string, string>> {
  const base = {
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    INTERNAL_TOKEN_KEY: secrets.internalTokenKey,
    USER_SERVICE_URL: at.serviceUrls.user,
    TOKEN_ISSUER,
    ALLOWED_ORIGINS: at.origins.join(","),
    TRUSTED_PROXIES: "127.0.0.1",
  };
  return {
    product: {
      ...base,
      MONGODB_URL: at.mongoUrl,
      REDIS_URL: at.redisUrls.product,
      RABBITMQ_URL: at.rabbitUrl,
      ORDER_SERVICE_URL: at.serviceUrls.order,
    },
    user: {
      ...base,
      DATABASE_URL: at.databaseUrls.user,
      REDIS_URL: at.redisUrls.user,
      RABBITMQ_URL: at.rabbitUrl,
      ORDER_SERVICE_URL: at.serviceUrls.order,
      CART_SERVICE_URL: at.serviceUrls.cart,
      SIGNING_KEYS: secrets.signingKeys,
      FACTOR_KEYS: secrets.factorKeys,
      STOREFRONT_URL: at.storefrontUrl,
      SENDGRID_URL: at.sandboxUrl,
      SENDGRID_API_KEY: "SG.local-sandbox",
      MAIL_FROM: "shop@tradepost.localhost",
    },
    cart: {
      ...base,
      REDIS_URL: at.redisUrls.cart,
      RABBITMQ_URL: at.rabbitUrl,
      PRODUCT_SERVICE_URL: at.serviceUrls.product,
      STOREFRONT_URL: at.storefrontUrl,
    },
    order: {
      ...base,
      DATABASE_URL: at.databaseUrls.order,
      RABBITMQ_URL: at.rabbitUrl,
      CART_SERVICE_URL: at.serviceUrls.cart,
      PRODUCT_SERVICE_URL: at.serviceUrls.product,
      PAYMENT_SERVICE_URL: at.serviceUrls.payment,
      STOREFRONT_URL: at.storefrontUrl,
      SENDGRID_URL: at.sandboxUrl,
      SENDGRID_API_KEY: "SG.local-sandbox",
      MAIL_FROM: "shop@tradepost.localhost",
      TWILIO_URL: at.sandboxUrl,
      TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
      TWILIO_AUTH_TOKEN: "local-sandbox",
      SMS_FROM: "Tradepost",
      ORDER_TOKEN_KEY: secrets.orderTokenKey,
    },
    payment: {
      ...base,
      DATABASE_URL: at.databaseUrls.payment,
      RABBITMQ_URL: at.rabbitUrl,
      STRIPE_API_URL: at.sandboxUrl,
      STRIPE_SECRET_KEY: "sk_test_local",
      STRIPE_PUBLISHABLE_KEY: "pk_test_local",
      STRIPE_WEBHOOK_SECRET: secrets.stripeWebhookSecret,
      TOKEN_KEYS: secrets.tokenKeys,
    },
  };
}
