import { zInteger, zList, zUrl } from "@tradepost/service-runtime/config";
import { baseVariables } from "@tradepost/service-runtime/service-base";
import { z } from "zod";

const seconds = (fallback: number) => zInteger(1, 2_592_000).default(fallback);
export const zMongoUrl = () => zUrl("mongodb", "mongodb+srv");

/** Where the shop keeps stock, nearest first. */
export const zLocations = () => zList().default(["main"]);

/** The product service's settings; loadConfig reads them from the environment once, at start. */
export const Config = z.object({
  ...baseVariables,
  /** With the database's name in its path. */
  MONGODB_URL: zMongoUrl(),
  REDIS_URL: zUrl("redis", "rediss"),
  RABBITMQ_URL: zUrl("amqp", "amqps"),
  ORDER_SERVICE_URL: zUrl(),
  STOCK_LOCATIONS: zLocations(),
  /** How often the database is asked for changes: how old availability can be here. */
  REFRESH_EVERY_MS: zInteger(100, 60_000).default(1_000),
  SEARCH_CACHE_SECONDS: seconds(30),
  HOLD_SWEEP_EVERY_SECONDS: seconds(30),
  /** How long after its end a hold is asked about: well after the order service's own deadline. */
  HOLD_SWEEP_GRACE_SECONDS: seconds(300),
  /** How long a hold stays whose order the order service does not know. */
  HOLD_SWEEP_UNKNOWN_SECONDS: seconds(86_400),
  RECONCILE_EVERY_SECONDS: zInteger(1, 86_400).default(300),
  /** How long stock documents remember sales that are settled: longer than a message can be at work twice. */
  STOCK_MOVEMENTS_SECONDS: seconds(600),
});
export type Config = z.output<typeof Config>;
