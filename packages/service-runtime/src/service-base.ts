import { type Client, createClient } from "@tradepost/api-client/client";
import { withServiceToken } from "@tradepost/api-client/service-token";
import type { ServiceName } from "@tradepost/contracts/route";
import { checkSession } from "@tradepost/contracts/user";
import { z } from "zod";
import { zList, zPort, zSecret, zUrl } from "./config.ts";
import { createIdentify } from "./identify.ts";
import type { Identify } from "./identity.ts";
import { createLogger, type Logger } from "./logger.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { propagationHeaders } from "./request-context.ts";
import { createServiceTokens, type ServiceTokens } from "./service-token.ts";

/** Settings that every service has. */
export const baseVariables = {
  HOST: z.string().default("0.0.0.0"),
  PORT: zPort(),
  OPERATIONS_PORT: zPort(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  /** Signs and verifies calls between services; the same in all of them. */
  INTERNAL_TOKEN_KEY: zSecret(),
  /** The key before or after it, while a rotation is under way. */
  INTERNAL_TOKEN_KEY_OTHER: zSecret().optional(),
  USER_SERVICE_URL: zUrl(),
  TOKEN_ISSUER: zUrl(),
  TOKEN_AUDIENCE: z.string().min(1).default("tradepost"),
  /** Pages that may write with a session cookie. */
  ALLOWED_ORIGINS: zList(),
  /** Proxies whose `X-Forwarded-For` is believed: addresses or CIDR ranges. */
  TRUSTED_PROXIES: zList().default([]),
};
export type BaseConfig = z.output<z.ZodObject<typeof baseVariables>>;

/** What every service is put together from. */
export interface ServiceBase {
  name: ServiceName;
  logger: Logger;
  metrics: Metrics;
  serviceTokens: ServiceTokens;
  identify: Identify;
  trustProxy: string[];
  /** A typed caller of a neighbour, with this service's token and the running request's ids. */
  clientOf: (baseUrl: string, timeoutMs: number) => Client;
}

/** Logger, metrics, identity and the way to neighbours, from the settings that every service has. */
export function createServiceBase(name: ServiceName, config: BaseConfig): ServiceBase {
  const { INTERNAL_TOKEN_KEY: key, INTERNAL_TOKEN_KEY_OTHER: otherKey } = config;
  const serviceTokens = createServiceTokens({ name, key, otherKey });
  const clientOf = (baseUrl: string, timeoutMs: number) =>
    createClient(withServiceToken({ baseUrl, timeoutMs, headers: propagationHeaders }, serviceTokens));
  const user = clientOf(config.USER_SERVICE_URL, 2_000);
  return {
    name,
    logger: createLogger({ service: name, level: config.LOG_LEVEL }),
    metrics: createMetrics(name),
    serviceTokens,
    identify: createIdentify({
      jwks: { userUrl: config.USER_SERVICE_URL },
      issuer: config.TOKEN_ISSUER,
      audience: config.TOKEN_AUDIENCE,
      allowedOrigins: config.ALLOWED_ORIGINS,
      checkSession: (question) => user(checkSession, { body: question }),
    }),
    trustProxy: config.TRUSTED_PROXIES,
    clientOf,
  };
}
