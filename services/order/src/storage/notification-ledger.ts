import type { Sql } from "@tradepost/postgres/sql";

export interface Notification {
  eventId: string;
  template: string;
  recipient: string;
  orderId: string;
}

export type LedgerEntry = "new" | "running" | "unknown" | "settled";

/** The messages about an order, oldest first; `sentAt` is null for one that did not arrive. */
export async function listNotifications(
  sql: Sql,
  orderId: string,
): Promise<{ template: string; recipient: string; sentAt: Date | null }[]> {
  const { rows } = await sql.query<{ template: string; recipient: string; sentAt: Date | null }>(
    'SELECT template, recipient, sent_at AS "sentAt" FROM notifications WHERE order_id = $1 ORDER BY started_at',
    [orderId],
  );
  return rows;
}

/**
 * Writes a message down before it is sent. `new`: send it. `settled`: sent already, or never to be. `running`: an attempt that began
 * after `unsettledSince` may not have ended yet. `unknown`: an earlier one never said how it ended, so the provider must
 * be asked before sending again; only one caller at a time is told so.
 */
export async function beginNotification(
  sql: Sql,
  { eventId, template, recipient, orderId }: Notification,
  { at, unsettledSince }: { at: Date; unsettledSince: Date },
): Promise<LedgerEntry> {
  const inserted = await sql.query(
    // An order that is made anonymous meanwhile gets no recipient any more.
    `INSERT INTO notifications (event_id, template, recipient, order_id, started_at)
     SELECT $1::uuid, $2::text, $3::text, id, $5::timestamptz FROM orders
     WHERE id = $4 AND anonymised_at IS NULL FOR SHARE
     ON CONFLICT DO NOTHING`,
    [eventId, template, recipient, orderId, at],
  );
  if (inserted.rowCount === 1) return "new";
  const takenOver = await sql.query(
    `UPDATE notifications SET started_at = $4
     WHERE event_id = $1 AND template = $2 AND recipient = $3 AND sent_at IS NULL AND failed_at IS NULL
       AND started_at <= $5`,
    [eventId, template, recipient, at, unsettledSince],
  );
  if (takenOver.rowCount === 1) return "unknown";
  const { rows } = await sql.query<{ is_settled: boolean }>(
    `SELECT sent_at IS NOT NULL OR failed_at IS NOT NULL AS is_settled FROM notifications
     WHERE event_id = $1 AND template = $2 AND recipient = $3`,
    [eventId, template, recipient],
  );
  return rows[0]?.is_settled ? "settled" : "running";
}

export async function finishNotification(sql: Sql, notification: Notification, at: Date): Promise<void> {
  await sql.query("UPDATE notifications SET sent_at = $4 WHERE event_id = $1 AND template = $2 AND recipient = $3", [
    notification.eventId,
    notification.template,
    notification.recipient,
    at,
  ]);
}

/** The provider refuses the recipient for good: there is no later attempt. `failure` must not name anyone. */
export async function failNotification(sql: Sql, message: Notification, failure: string, at: Date): Promise<void> {
  await sql.query(
    "UPDATE notifications SET failed_at = $4, failure = $5 WHERE event_id = $1 AND template = $2 AND recipient = $3",
    [message.eventId, message.template, message.recipient, at, failure],
  );
}

/** Lets the attempt that began at `startedAt` begin anew; false when another one has taken over or settled it. */
export async function renewAttempt(sql: Sql, message: Notification, startedAt: Date, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `UPDATE notifications SET started_at = $5
     WHERE event_id = $1 AND template = $2 AND recipient = $3 AND started_at = $4
       AND sent_at IS NULL AND failed_at IS NULL`,
    [message.eventId, message.template, message.recipient, startedAt, at],
  );
  return rowCount === 1;
}

/** It surely was not accepted: a later attempt may begin anew. Does nothing when another one has taken over. */
export async function abandonNotification(sql: Sql, message: Notification, startedAt: Date): Promise<void> {
  await sql.query(
    `DELETE FROM notifications
     WHERE event_id = $1 AND template = $2 AND recipient = $3 AND started_at = $4 AND sent_at IS NULL`,
    [message.eventId, message.template, message.recipient, startedAt],
  );
}
