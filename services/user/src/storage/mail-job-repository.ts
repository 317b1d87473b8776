import { randomUUIDv7 } from "node:crypto";
import type { Sql } from "@tradepost/postgres/sql";
import { type MailRequest, usefulForMs } from "../domain/mail-request.ts";

export interface MailJob {
  id: string;
  request: MailRequest;
  attempts: number;
  /** An earlier attempt may have been accepted. */
  mayBeSent: boolean;
}

/** Makes a mail part of the transaction: it is sent if, and only if, that commits. */
export async function addMailJob(tx: Sql, request: MailRequest, now: Date): Promise<void> {
  await tx.query(
    "INSERT INTO mail_jobs (id, request, created_at, next_attempt_at, expires_at) VALUES ($1, $2, $3, $3, $4)",
    [randomUUIDv7(), JSON.stringify(request), now, new Date(now.getTime() + usefulForMs(request))],
  );
}

/** Takes the next due mail for as long as the lease; others leave it alone meanwhile. */
export async function claimMailJob(sql: Sql, { now, leaseUntil }: { now: Date; leaseUntil: Date }) {
  const { rows } = await sql.query<{ id: string; request: MailRequest; attempts: number; may_be_sent: boolean }>(
    `UPDATE mail_jobs AS job SET attempts = job.attempts + 1, next_attempt_at = $2, unsettled = true
     FROM (SELECT id, unsettled FROM mail_jobs WHERE done_at IS NULL AND next_attempt_at <= $1 AND expires_at > $1
           ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED) AS due
     WHERE job.id = due.id
     RETURNING job.id, job.request, job.attempts, due.unsettled AS may_be_sent`,
    [now, leaseUntil],
  );
  const row = rows[0];
  if (!row) return null;
  const { id, request, attempts, may_be_sent } = row;
  return { id, request, attempts, mayBeSent: may_be_sent } satisfies MailJob;
}

/** Done, one way or the other; the address does not stay. */
export async function finishMailJob(sql: Sql, id: string, now: Date): Promise<void> {
  await sql.query(
    `UPDATE mail_jobs SET done_at = $2, unsettled = false, request = jsonb_build_object('kind', request->'kind')
     WHERE id = $1`,
    [id, now],
  );
}

/** What waits to be mailed to somebody whose account goes; to the address only where it is surely theirs. */
export async function dropMailJobs(tx: Sql, userId: string, provedEmail: string | null): Promise<void> {
  await tx.query(
    "DELETE FROM mail_jobs WHERE done_at IS NULL AND (request ->> 'userId' = $1 OR request ->> 'email' = $2)",
    [userId, provedEmail],
  );
}

/** Surely not sent: the next attempt need not ask. */
export async function postponeMailJob(sql: Sql, id: string, at: Date): Promise<void> {
  await sql.query("UPDATE mail_jobs SET next_attempt_at = $2, unsettled = false WHERE id = $1", [id, at]);
}

/** Removes mails that are done for a week or of no use any more; how many of them were never sent. */
export async function pruneMailJobs(sql: Sql, now: Date): Promise<{ unsent: number }> {
  const { rows } = await sql.query<{ unsent: boolean }>(
    `DELETE FROM mail_jobs WHERE done_at <= $1::timestamptz - interval '7 days' OR (done_at IS NULL AND expires_at <= $1)
     RETURNING done_at IS NULL AS unsent`,
    [now],
  );
  return { unsent: rows.filter(({ unsent }) => unsent).length };
}
