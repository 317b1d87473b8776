import { zInteger, zUrl } from "@tradepost/service-runtime/config";
import { baseVariables } from "@tradepost/service-runtime/service-base";
import { z } from "zod";

/** The cart service's settings; loadConfig reads them from the environment once, at start. */
export const Config = z.object({
  ...baseVariables,
  REDIS_URL: zUrl("redis", "rediss"),
  RABBITMQ_URL: zUrl("amqp", "amqps"),
  PRODUCT_SERVICE_URL: zUrl(),
  /** Over HTTPS the cart cookie is sent over HTTPS only. */
  STOREFRONT_URL: zUrl(),
  CART_TTL_SECONDS: zInteger(60, 2_592_000).default(1_800),
});
export type Config = z.output<typeof Config>;
