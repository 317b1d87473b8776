import type { ErrorEvent, StackFrame } from "@sentry/node";
import type { FastifyInstance } from "fastify";
import { describeError } from "./logger.ts";

export interface Telemetry {
  /** Sends an unexpected error to Sentry, stripped to what a log line may hold; nothing happens where Sentry is not set up. */
  captureError(error: unknown): void;
  /** Records a span per request where OpenTelemetry is set up. Call before routes are mounted. */
  traceRequests(app: FastifyInstance): void;
  /** Sends what is buffered. */
  stop(): Promise<void>;
}

export interface TelemetryOptions {
  service: string;
  env?: Record<string, string | undefined>;
}

/**
 * Traces when OTEL_EXPORTER_OTLP_ENDPOINT is set and errors to Sentry when SENTRY_DSN is. Both libraries are large, so
 * they are loaded only then.
 */
export async function startTelemetry({ service, env = process.env }: TelemetryOptions): Promise<Telemetry> {
  const sentry = env.SENTRY_DSN ? await startSentry(service, env.SENTRY_DSN, env.SENTRY_ENVIRONMENT) : undefined;
  const tracing = env.OTEL_EXPORTER_OTLP_ENDPOINT ? await import("./tracing.ts") : undefined;
  const tracer = tracing?.startTracing(service);
  return {
    captureError: (error) => sentry?.captureException(error),
    traceRequests: (app) => tracer?.traceRequests(app),
    stop: async () => {
      await Promise.allSettled([tracer?.stop(), sentry?.close(2000)]);
    },
  };
}

async function startSentry(service: string, dsn: string, environment: string | undefined) {
  const sentry = await import("@sentry/node");
  sentry.init({
    dsn,
    serverName: service,
    ...(environment ? { environment } : {}),
    defaultIntegrations: false,
    enableOpenTelemetrySetup: false,
    enableRuntimeChannelInjection: false,
    beforeSend: (event, hint) => stripEvent(event, hint.originalException),
  });
  return sentry;
}

/** Only the error's name, code and places, as in the log: messages, requests, users and breadcrumbs may hold personal data. */
export function stripEvent(event: ErrorEvent, error: unknown): ErrorEvent {
  const described = describeError(error) ?? {};
  const values = (event.exception?.values ?? []).map(({ type, stacktrace }) => ({
    ...(type === undefined ? {} : { type }),
    value: String(described.message ?? described.code ?? "see the stack"),
    ...(stacktrace === undefined ? {} : { stacktrace: { frames: (stacktrace.frames ?? []).map(stripFrame) } }),
  }));
  const { event_id, timestamp, level, platform, environment, release, server_name } = event;
  const kept = { event_id, timestamp, level, platform, environment, release, server_name };
  return {
    ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
    exception: { values },
    type: undefined,
  };
}

const stripFrame = ({ filename, function: name, lineno, colno, in_app }: StackFrame): StackFrame => {
  const kept = { filename, function: name, lineno, colno, in_app };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
};
