/**
 * PostgreSQL could not be reached, or the connection broke. `unavailable` is what callers look at (an HTTP layer
 * answers 503). Thrown out of a COMMIT it means that the outcome is unknown: the work may or may not be stored.
 */
export class PostgresUnavailable extends Error {
  override readonly name = "PostgresUnavailable";
  readonly code = "unavailable";
  readonly unavailable = true;
}

const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
]);

// Shutdown, crash, starting up, too many connections, and "read-only", which a failed-over primary answers.
const serverCodes = new Set(["57P01", "57P02", "57P03", "53300", "25006"]);

// The driver's own failures carry no code.
const driverMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (was closed|has encountered))/;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Whether an error of the driver says that the connection, rather than the statement, is at fault. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? text(error.code) : "";
  return (
    error instanceof PostgresUnavailable ||
    networkCodes.has(code) ||
    serverCodes.has(code) ||
    /^08...$/.test(code) ||
    driverMessages.test(error.message)
  );
}

/** Whether the server was silent, so that another attempt would cost the same time again. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith("Query read timeout");

/** The error to show to callers: connection errors become `PostgresUnavailable`, others stay as they are. */
export const toCallerError = (error: unknown): unknown =>
  isConnectionError(error) && !(error instanceof PostgresUnavailable)
    ? new PostgresUnavailable("PostgreSQL is unavailable", { cause: error })
    : error;
