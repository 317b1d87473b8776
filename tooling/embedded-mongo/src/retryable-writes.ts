import type { JournalRecord } from "./journal-records.ts";
import { MongoError } from "./mongo-error.ts";
import type { Doc } from "./values.ts";

type StatementRecord = Extract<JournalRecord, { session: string }>;

interface SessionWrites {
  number: bigint;
  results: Map<number, Doc>;
  usedAt: number;
}

/** Results of each session's latest retryable write, by statement: a repetition is answered, not done again. */
export type RetryableWrites = Map<string, SessionWrites>;

const SESSION_TIMEOUT_MS = 30 * 60_000;
const SWEEP_ABOVE = 1000;

export const createRetryableWrites = (): RetryableWrites => new Map();

/** Results already given for this write. Throws 225 when the session has begun a later write. */
export function beginWrite(writes: RetryableWrites, session: string, number: bigint): Map<number, Doc> {
  const known = writes.get(session);
  if (known && known.number > number) {
    throw new MongoError(
      225,
      "TransactionTooOld",
      `Retryable write with txnNumber ${number} is prohibited because a newer retryable write with txnNumber ${known.number} has already started on this session.`,
    );
  }
  if (known?.number === number) {
    known.usedAt = Date.now();
    return known.results;
  }
  if (writes.size > SWEEP_ABOVE) sweep(writes);
  const results = new Map<number, Doc>();
  writes.set(session, { number, results, usedAt: Date.now() });
  return results;
}

function sweep(writes: RetryableWrites): void {
  const oldest = Date.now() - SESSION_TIMEOUT_MS;
  for (const [session, { usedAt }] of writes) if (usedAt < oldest) writes.delete(session);
}

export function recordStatement(
  writes: RetryableWrites,
  { session, number, statement, result }: StatementRecord,
): void {
  beginWrite(writes, session, BigInt(number)).set(statement, result);
}

/** The records that keep these results across a restart. */
export const statementRecords = (writes: RetryableWrites): StatementRecord[] =>
  [...writes].flatMap(([session, { number, results }]) =>
    [...results].map(([statement, result]) => ({ session, number: String(number), statement, result })),
  );
