import { createHash, randomUUIDv7 } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import {
  type Answer,
  claimKey,
  findOutcome,
  forgetKey,
  type IdempotencyClaim,
  type KeyLock,
  renewKey,
  storeAnswer,
  unlockKey,
} from "../storage/idempotency-repository.ts";

/** Later than this a repeat does not begin the work: with all its steps it would outlast what the gateway gives it. */
export const TAKE_OVER_WITHIN_MS = 5_000;

const FIRST_PAUSE_MS = 25;

/** How a piece of work ended for good: with an answer, or with a refusal that every repeat must be told as well. */
export type Outcome<T> = { kind: "done"; answer: T } | { kind: "refused"; error: AppError };

export interface AnswerOnceDeps {
  sql: Sql;
  /** How long after its owner's death a key may be taken over; a living owner renews it four times as often. */
  lockMs?: number;
  /** How long a repeat waits for the first answer before it is told to come back. */
  waitMs?: number;
  /** How long after its start a repeat may still take the work over from an owner that failed. */
  takeOverWithinMs?: number;
}

export interface KeyedRequest {
  /** Keys of different callers never meet. */
  caller: string;
  key: string;
  request: unknown;
}

/**
 * Runs `work` once for an Idempotency-Key. A repeat waits for the first answer and is given it; with another body it
 * is refused (422); while the first still runs it is told to come back (409). `work` is given the id of what it makes,
 * the same one when it has to be continued after a crash, so each of its steps must bear being repeated; `isNew` says
 * that nobody has worked under that id before.
 *
 * An AppError below 500 that `work` throws means that nothing has happened: the key is free again.
 */
export const answerOnce =
  ({ sql, lockMs = 6_000, waitMs = 10_000, takeOverWithinMs = TAKE_OVER_WITHIN_MS }: AnswerOnceDeps) =>
  async <T>(
    { caller, key, request }: KeyedRequest,
    work: (resourceId: string, isNew: boolean) => Promise<Outcome<T>>,
  ): Promise<T> => {
    const requestHash = createHash("sha256").update(JSON.stringify(request)).digest("hex");
    const claim: IdempotencyClaim = { caller, key, requestHash, resourceId: randomUUIDv7() };
    const startedAt = Date.now();
    const deadline = startedAt + waitMs;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(250, pauseMs * 2)) {
      const mayBegin = pauseMs === FIRST_PAUSE_MS || Date.now() - startedAt < takeOverWithinMs;
      const outcome = mayBegin ? await claimKey(sql, claim, lockMs) : await findOutcome(sql, claim);
      if (outcome.kind === "claimed") {
        const held = holdKey(sql, claim, outcome.lock, lockMs);
        const { resourceId } = outcome;
        return await runClaimed(sql, claim, held, () => work(resourceId, resourceId === claim.resourceId));
      }
      if (outcome.kind === "answered") return replay<T>(outcome.answer);
      if (outcome.kind === "mismatch")
        throw new AppError(422, "idempotency.mismatch", "This Idempotency-Key was used for another request");
      if (Date.now() + pauseMs > deadline) throw inProgress();
      await delay(pauseMs);
    }
  };

interface HeldKey {
  /** Ends the renewing; resolves to the lock that was held last. */
  letGo: () => Promise<KeyLock>;
}

/** Renews a key while its owner works, so that its death is noticed soon and slow work is left alone. */
function holdKey(sql: Sql, claim: IdempotencyClaim, first: KeyLock, lockMs: number): HeldKey {
  let lock = first;
  let renewal = Promise.resolve();
  const renew = async () => {
    // A renewal that fails costs nothing but time: the next one, or whoever takes over, goes on.
    lock = (await renewKey(sql, claim, lock, lockMs).catch(() => null)) ?? lock;
  };
  const timer = setInterval(() => {
    renewal = renewal.then(renew);
  }, lockMs / 4).unref();
  return {
    letGo: async () => {
      clearInterval(timer);
      await renewal;
      return lock;
    },
  };
}

async function runClaimed<T>(
  sql: Sql,
  claim: IdempotencyClaim,
  held: HeldKey,
  work: () => Promise<Outcome<T>>,
): Promise<T> {
  try {
    const outcome = await work();
    const answer: Answer =
      outcome.kind === "done"
        ? { status: 200, body: outcome.answer }
        : { status: outcome.error.status, body: outcome.error };
    await storeAnswer(sql, claim, answer);
    if (outcome.kind === "refused") throw new Refused(outcome.error);
    return outcome.answer;
  } catch (error) {
    if (error instanceof Refused) throw error.error;
    const nothingHappened = error instanceof AppError && error.status < 500;
    // Should this fail too, the lock runs out by itself.
    await (nothingHappened ? forgetKey : unlockKey)(sql, claim, await held.letGo()).catch(() => {});
    throw error;
  } finally {
    await held.letGo();
  }
}

/** Carries a stored refusal past the catch that would free the key. */
class Refused extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.title);
    this.error = error;
  }
}

function replay<T>({ status, body }: Answer): T {
  if (status < 400) return body as T;
  const { code, title, extra } = body as Pick<AppError, "code" | "title" | "extra">;
  throw new AppError(status, code, title, extra ? { extra } : {});
}

const inProgress = () =>
  new AppError(409, "idempotency.in_progress", "The first request with this Idempotency-Key is still running", {
    headers: { "retry-after": "1" },
  });
