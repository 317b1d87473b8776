import { type DestinationStream, destination, pino } from "pino";
import { AppError } from "./app-error.ts";

/** Every field that may be written, and nothing else: a log must be safe by what it admits, not by what it hides. */
const ALLOWED = new Set([
  ...["service", "event", "requestId", "route", "method", "status", "durationMs", "code", "attempt"],
  ...["orderId", "paymentId", "userId", "sessionId", "productId", "eventId", "sku", "count", "port", "queue", "err"],
]);
const SAFE_TEXT = /^[\w.:/*#-]{1,200}$/;

export type LogFields = Record<string, unknown>;

/** `log.info({ event: "order.placed", orderId })`; fields outside the allow-list are dropped. */
export interface Logger {
  debug(fields: LogFields): void;
  info(fields: LogFields): void;
  warn(fields: LogFields): void;
  error(fields: LogFields): void;
  child(fields: LogFields): Logger;
  /** Writes what is still buffered; called before the process exits. */
  flush(): void;
}

export interface LoggerOptions {
  service: string;
  level?: "debug" | "info" | "warn" | "error" | "silent";
  /** Where lines go. Default: standard output, buffered up to 4 KB or a second. */
  stream?: DestinationStream;
}

/** JSON lines on standard output that can hold only allow-listed fields, so that no line can carry anyone's data. */
export function createLogger({ service, level = "info", stream }: LoggerOptions): Logger {
  const sink = stream ?? destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 1000 });
  const root = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: "event" }, sink);
  return wrap(root, { service }, sink);
}

function wrap(root: pino.Logger, bound: LogFields, sink: DestinationStream): Logger {
  const write = (level: "debug" | "info" | "warn" | "error") => (fields: LogFields) => {
    if (root.isLevelEnabled(level)) root[level](allowed(bound, fields));
  };
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    child: (fields) => wrap(root, { ...bound, ...fields }, sink),
    flush: () => (sink as { flushSync?: () => void }).flushSync?.(),
  };
}

function allowed(bound: LogFields, fields: LogFields): LogFields {
  const kept: LogFields = {};
  for (const source of [bound, fields]) {
    for (const key in source) {
      if (!ALLOWED.has(key)) continue;
      const value = key === "err" ? describeError(source[key]) : safeValue(source[key]);
      if (value !== undefined) kept[key] = value;
    }
  }
  return kept;
}

const safeValue = (value: unknown): unknown => {
  if (typeof value === "number" || typeof value === "boolean") return value;
  return typeof value === "string" && SAFE_TEXT.test(value) ? value : undefined;
};

/**
 * Name, code and places in the code. A foreign error's message may quote what a customer typed, so only AppError's,
 * which are fixed sentences, are kept.
 */
export function describeError(error: unknown): LogFields | undefined {
  if (!(error instanceof Error)) return error === undefined ? undefined : { name: typeof error };
  const code = safeValue((error as { code?: unknown }).code);
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name: safeValue(error.name) ?? "Error",
    ...(code === undefined ? {} : { code }),
    ...(error instanceof AppError ? { message: error.title } : {}),
    stack: frames.slice(0, 10).map((line) => line.trim().slice(3, 300)),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}
