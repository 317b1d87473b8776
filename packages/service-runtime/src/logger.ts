import { type DestinationStream, destination, pino } from "pino";
import { AppError } from "./app-error.ts";

/** Every field that may be written, and nothing else: a log must be safe by what it admits, not by what it hides. */
const ALLOWED = new Set([
  ...["service", "event", "requestId", "route", "method", "status", "durationMs", "code", "attempt"],
  ...["orderId", "paymentId", "userId", "sessionId", "productId", "eventId", "sku", "count", "port", "queue"],
  ...["consumer", "provider", "err"],
]);
const SAFE_TEXT = /^[\w.:/*#-]{1,200}$/;

/** A stack frame as V8 writes it: a place in a file, after the function's name if it has one. */
const FRAME = /^\s+at ((?:[\w.$<>[\] ]{1,120} )?\(?(?:file:|node:|\/|[A-Za-z]:\\)[^()]{1,300}:\d+:\d+\)?)$/;

export type LogFields = Record<string, unknown>;

export interface RequestLine {
  requestId: string;
  method: string;
  /** The route's pattern, never the address: that may hold personal data. */
  route: string;
  status: number;
  durationMs: number;
  /** The problem's code, when there was one. */
  code: string | undefined;
}

/** `log.info({ event: "order.placed", orderId })`; fields outside the allow-list are dropped. */
export interface Logger {
  debug(fields: LogFields): void;
  info(fields: LogFields): void;
  warn(fields: LogFields): void;
  error(fields: LogFields): void;
  child(fields: LogFields): Logger;
  /**
   * The access line. Its fields are fixed, and need no escaping because the runtime made or checked them, so it skips the
   * allow-list and the encoder: 0.05 instead of 1.6 microseconds, on every request.
   */
  request(line: RequestLine): void;
  /** Writes what is still buffered; called before the process exits. */
  flush(): void;
}

export interface LoggerOptions {
  service: string;
  level?: "debug" | "info" | "warn" | "error" | "silent";
  /** Where lines go. Default: standard output, buffered up to 16 KB or a second. */
  stream?: DestinationStream;
}

/** JSON lines on standard output that can hold only allow-listed fields, so that no line can carry anyone's data. */
export function createLogger({ service, level = "info", stream }: LoggerOptions): Logger {
  const sink = stream ?? destination({ dest: 1, sync: true, minLength: 16_000, periodicFlush: 1000 });
  const root = pino({ level, base: null, messageKey: "event", serializers: { err: (value) => value } }, sink);
  return wrap(root, { service }, sink);
}

function wrap(root: pino.Logger, bound: LogFields, sink: DestinationStream): Logger {
  const write = (level: "debug" | "info" | "warn" | "error") => (fields: LogFields) => {
    if (root.isLevelEnabled(level)) root[level](allowed(bound, fields));
  };
  const start = `{"level":${pino.levels.values.info},"service":"${safeValue(bound.service)}","event":"request","time":`;
  return {
    request: ({ requestId, method, route, status, durationMs, code }) => {
      if (!root.isLevelEnabled("info")) return;
      const end = code === undefined ? "" : `","code":"${code}`;
      sink.write(
        `${start}${Date.now()},"status":${status},"durationMs":${durationMs},"requestId":"${requestId}","method":"${method}","route":"${route}${end}"}\n`,
      );
    },
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
  return {
    name: safeValue(error.name) ?? "Error",
    ...(code === undefined ? {} : { code }),
    ...(error instanceof AppError ? { message: error.title } : {}),
    stack: placesOf(error),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}

/** The stack's frames; a message that looks like a frame is cut off first. */
function placesOf({ message, stack = "" }: Error): string[] {
  const messageEnd = message === "" ? 0 : stack.indexOf(message) + message.length;
  const frames = stack.slice(messageEnd).split("\n");
  return frames.flatMap((line) => FRAME.exec(line)?.[1] ?? []).slice(0, 10);
}
