import { CallFailed } from "@tradepost/api-client/call-error";
import type { Permission } from "@tradepost/contracts/route";
import { AppError } from "./app-error.ts";
import { createBoundedCache } from "./bounded-cache.ts";

const MAX_SESSIONS = 10_000;

export interface SessionQuestion {
  sessionId: string;
  deviceKey?: string;
  /** The caller's network, e.g. `192.0.2.0/24`. */
  network?: string;
}
export interface LiveSession {
  userId: string;
  roles: string[];
  permissions: Permission[];
}
/** Answers while the session lives; throws a 401 (AppError or CallFailed) once it has ended. */
export type CheckSession = (question: SessionQuestion) => Promise<LiveSession>;

/**
 * Asks whether a session lives, remembering a yes for half a second so that a burst of requests asks once and an ended
 * session is refused everywhere within a second. Fails closed: no answer is a 503, never a yes.
 */
export function createSessionGate(check: CheckSession, trustMs = 500, now: () => number = Date.now): CheckSession {
  const answers = createBoundedCache<Promise<LiveSession>>(MAX_SESSIONS, now);

  return (question) => {
    const key = `${question.sessionId} ${question.network ?? ""} ${question.deviceKey ?? ""}`;
    const known = answers.get(key);
    if (known) return known;
    const asked = check(question).catch((error: unknown) => {
      answers.delete(key);
      throw refusal(error);
    });
    answers.set(key, asked, now() + trustMs);
    return asked;
  };
}

function refusal(error: unknown): AppError {
  if (error instanceof AppError && error.status === 401) return error;
  if (error instanceof CallFailed && error.status === 401 && error.problem.code.startsWith("session.")) {
    return new AppError(401, error.problem.code, error.problem.title);
  }
  return new AppError(503, "session.unavailable", "Signing in is not possible just now", {
    headers: { "retry-after": "1" },
    cause: error,
  });
}
