import type { Sql } from "@tradepost/postgres/sql";

export interface IdempotencyClaim {
  caller: string;
  key: string;
  requestHash: string;
  resourceId: string;
}

export interface Answer {
  status: number;
  body: unknown;
}

/** Held from a claim until its time runs out; whoever takes the key over then holds another one. */
export type KeyLock = string;

/** What a claim found: the key is ours now, someone runs it, it is answered, or it belongs to another request. */
export type ClaimOutcome =
  | { kind: "claimed"; resourceId: string; lock: KeyLock }
  | { kind: "running" }
  | { kind: "answered"; answer: Answer }
  | { kind: "mismatch" };

interface KeyRow {
  request_hash: string;
  resource_id: string;
  running: boolean;
  status: number | null;
  answer: unknown;
}

/**
 * Claims a key for `lockMs`. A key whose owner's time ran out without an answer (it crashed) is taken over together
 * with the resource id that the owner had chosen, so that the work is continued and not begun again.
 */
export async function claimKey(sql: Sql, claim: IdempotencyClaim, lockMs: number): Promise<ClaimOutcome> {
  const taken = await sql.query<{ resource_id: string; lock: KeyLock }>(
    `INSERT INTO idempotency_keys AS k (caller, key, request_hash, resource_id, locked_until)
     VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))
     ON CONFLICT (caller, key) DO UPDATE SET locked_until = EXCLUDED.locked_until
       WHERE k.status IS NULL AND k.locked_until < now() AND k.request_hash = EXCLUDED.request_hash
     RETURNING resource_id, locked_until::text AS lock`,
    [claim.caller, claim.key, claim.requestHash, claim.resourceId, lockMs / 1000],
  );
  const [own] = taken.rows;
  return own ? { kind: "claimed", resourceId: own.resource_id, lock: own.lock } : findOutcome(sql, claim);
}

/** Holds a key for another `lockMs`. Null when somebody else has taken it over, or when it is answered. */
export async function renewKey(
  sql: Sql,
  { caller, key }: IdempotencyClaim,
  lock: KeyLock,
  lockMs: number,
): Promise<KeyLock | null> {
  const { rows } = await sql.query<{ lock: KeyLock }>(
    `UPDATE idempotency_keys SET locked_until = now() + make_interval(secs => $4)
     WHERE caller = $1 AND key = $2 AND status IS NULL AND locked_until = $3::timestamptz
     RETURNING locked_until::text AS lock`,
    [caller, key, lock, lockMs / 1000],
  );
  return rows[0]?.lock ?? null;
}

/** What became of a key so far, without claiming it. */
export async function findOutcome(
  sql: Sql,
  claim: IdempotencyClaim,
): Promise<Exclude<ClaimOutcome, { kind: "claimed" }>> {
  const { rows } = await sql.query<KeyRow>(
    `SELECT request_hash, resource_id, locked_until >= now() AS running, status, answer
     FROM idempotency_keys WHERE caller = $1 AND key = $2`,
    [claim.caller, claim.key],
  );
  const row = rows[0];
  if (!row) return { kind: "running" }; // given up meanwhile: ask again
  if (row.request_hash !== claim.requestHash) return { kind: "mismatch" };
  return row.status === null
    ? { kind: "running" }
    : { kind: "answered", answer: { status: row.status, body: row.answer } };
}

/** The first answer, which every repeat is given. Only the first one stored counts. */
export async function storeAnswer(sql: Sql, claim: IdempotencyClaim, answer: Answer): Promise<void> {
  await sql.query(
    "UPDATE idempotency_keys SET status = $3, answer = $4 WHERE caller = $1 AND key = $2 AND status IS NULL",
    [claim.caller, claim.key, answer.status, JSON.stringify(answer.body)],
  );
}

/** Nothing happened under the key: it may be used again, with another body too. Does nothing once the lock is lost. */
export async function forgetKey(sql: Sql, { caller, key }: IdempotencyClaim, lock: KeyLock): Promise<void> {
  await sql.query(
    "DELETE FROM idempotency_keys WHERE caller = $1 AND key = $2 AND status IS NULL AND locked_until = $3::timestamptz",
    [caller, key, lock],
  );
}

/** The work was interrupted: whoever repeats the request may continue it at once. Does nothing once the lock is lost. */
export async function unlockKey(sql: Sql, { caller, key }: IdempotencyClaim, lock: KeyLock): Promise<void> {
  await sql.query(
    `UPDATE idempotency_keys SET locked_until = now() - interval '1 ms'
     WHERE caller = $1 AND key = $2 AND status IS NULL AND locked_until = $3::timestamptz`,
    [caller, key, lock],
  );
}

const DELETED_AT_ONCE = 5_000;

/** Forgets keys older than a day, the oldest first and not all at once; returns how many. */
export async function deleteOldKeys(sql: Sql): Promise<number> {
  const { rowCount } = await sql.query(
    `DELETE FROM idempotency_keys WHERE (caller, key) IN (
       SELECT caller, key FROM idempotency_keys WHERE created_at < now() - interval '24 hours'
       ORDER BY created_at LIMIT ${DELETED_AT_ONCE} FOR UPDATE SKIP LOCKED)`,
  );
  return rowCount;
}
