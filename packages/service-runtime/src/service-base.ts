import type { Client } from "@tradepost/api-client/client";
import type { ServiceName } from "@tradepost/contracts/route";
import { checkSession } from "@tradepost/contracts/user";
import { z } from "zod";
import { zList, zPort, zSecret, zUrl } from "./config.ts";
import { createIdentify } from "./identify.ts";
import type { Identify } from "./identity.ts";
import { createLogger, type Logger } from "./logger.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { createNeighbourClient } from "./neighbour-client.ts";
import { createServiceTokens, type ServiceTokens } from "./service-token.ts";
import { startTelemetry, type Telemetry } from "./telemetry.ts";

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

/** What every service is put together from; `createServiceApp` takes it as it is. */
export interface ServiceBase {
  name: ServiceName;
  logger: Logger;
  metrics: Metrics;
  telemetry: Telemetry;
  onUnexpectedError: (error: unknown) => void;
  serviceTokens: ServiceTokens;
  identify: Identify;
  trustProxy: string[];
  /** A typed caller of a neighbour, with this service's token and the running request's ids. */
  clientOf: (baseUrl: string, timeoutMs: number) => Client;
}

/** Logger, metrics, telemetry, identity and the way to neighbours, from the settings that every service has. */
export async function startServiceBase(name: ServiceName, config: BaseConfig): Promise<ServiceBase> {
  const { INTERNAL_TOKEN_KEY: key, INTERNAL_TOKEN_KEY_OTHER: otherKey } = config;
  const serviceTokens = createServiceTokens({ name, key, otherKey });
  const clientOf = (baseUrl: string, timeoutMs: number) => createNeighbourClient({ baseUrl, timeoutMs, serviceTokens });
  const user = clientOf(config.USER_SERVICE_URL, 2_000);
  const telemetry = await startTelemetry({ service: name });
  return {
    name,
    logger: createLogger({ service: name, level: config.LOG_LEVEL }),
    metrics: createMetrics(name),
    telemetry,
    onUnexpectedError: telemetry.captureError,
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

/** The logger as packages take it that write a fixed sentence: the sentence becomes the line's event. */
export const sentenceLog = (logger: Logger, area: string) => {
  const write = (level: "info" | "warn" | "error") => (fields: object, sentence: string) =>
    logger[level]({ ...fields, event: `${area}.${sentence.replace(/\W+/g, "_").toLowerCase()}` });
  return { info: write("info"), warn: write("warn"), error: write("error") };
};

/**
 * Gives messaging ten seconds to declare its queues, since the broker drops events for queues it has never heard of.
 * A broker that is away does not keep the service from starting: its queues are there since the first start.
 */
export async function untilReady(
  messaging: { ready: (signal: AbortSignal) => Promise<void> },
  logger: Logger,
): Promise<void> {
  await messaging
    .ready(AbortSignal.timeout(10_000))
    .catch((err: unknown) => logger.warn({ event: "messaging.not_ready_yet", err }));
}
