import type { AuditEntry } from "@tradepost/contracts/audit";
import type { Sql } from "@tradepost/postgres/sql";

interface AuditRow extends Omit<AuditEntry, "at"> {
  at: Date;
}
const toEntry = (row: AuditRow): AuditEntry => ({ ...row, at: row.at.toISOString() });

const COLUMNS = `id, service, route, actor_id AS "actorId", subject, before, after, at, request_id AS "requestId"`;

export async function insertAuditEntry(tx: Sql, entry: AuditEntry): Promise<void> {
  await tx.query(
    `INSERT INTO audit_entries (id, service, route, actor_id, subject, before, after, at, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[entry.id, entry.service, entry.route, entry.actorId, entry.subject],
      ...[JSON.stringify(entry.before), JSON.stringify(entry.after), entry.at, entry.requestId],
    ],
  );
}

export interface AuditQuery {
  actor?: string | undefined;
  subject?: string | undefined;
  since?: string | undefined;
  beforeId: string | null;
  limit: number;
}

/** Newest first: ids sort by time. */
export async function findAuditEntries(
  sql: Sql,
  { actor, subject, since, beforeId, limit }: AuditQuery,
): Promise<AuditEntry[]> {
  const { rows } = await sql.query<AuditRow>(
    `SELECT ${COLUMNS} FROM audit_entries
     WHERE ($1::uuid IS NULL OR actor_id = $1) AND ($2::text IS NULL OR subject = $2)
       AND ($3::timestamptz IS NULL OR at >= $3) AND ($4::uuid IS NULL OR id < $4)
     ORDER BY id DESC LIMIT $5`,
    [actor ?? null, subject ?? null, since ?? null, beforeId, limit],
  );
  return rows.map(toEntry);
}

/** All that was done to these, oldest first. */
export async function findEntriesAbout(sql: Sql, subjects: readonly string[]): Promise<AuditEntry[]> {
  const { rows } = await sql.query<AuditRow>(
    `SELECT ${COLUMNS} FROM audit_entries WHERE subject = ANY ($1) ORDER BY id`,
    [subjects],
  );
  return rows.map(toEntry);
}
