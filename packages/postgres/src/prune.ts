import type { Sql } from "./sql.ts";

export interface Retention {
  /** How long published events are kept for looking up. */
  outboxHours: number;
  /** How long a redelivered event is recognised; must outlast every retry and the broker's dead-letter queues. */
  inboxDays: number;
}

const batch = 5_000;

/** Deletes published outbox rows and inbox rows past their retention, in short statements. Returns how many. */
export async function pruneMessages(sql: Sql, { outboxHours, inboxDays }: Retention): Promise<number> {
  const outbox = await deleteInBatches(
    sql,
    `DELETE FROM outbox WHERE seq IN (
       SELECT seq FROM outbox WHERE published_at < now() - make_interval(hours => $1)
       ORDER BY published_at LIMIT ${batch} FOR UPDATE SKIP LOCKED)`,
    outboxHours,
  );
  const inbox = await deleteInBatches(
    sql,
    `DELETE FROM inbox WHERE (event_id, consumer) IN (
       SELECT event_id, consumer FROM inbox WHERE handled_at < now() - make_interval(days => $1)
       ORDER BY handled_at LIMIT ${batch} FOR UPDATE SKIP LOCKED)`,
    inboxDays,
  );
  return outbox + inbox;
}

async function deleteInBatches(sql: Sql, text: string, age: number): Promise<number> {
  let total = 0;
  for (;;) {
    const { rowCount } = await sql.query(text, [age]);
    total += rowCount;
    if (rowCount < batch) return total;
  }
}
