import type { Sql } from "@tradepost/postgres/sql";

export interface DisputeState {
  id: string;
  orderId: string;
  amountCents: number;
  status: string;
  reason: string;
  openedAt: Date;
  /** When the provider said so. */
  toldAt: Date;
}

/** Writes a dispute's state down; false when it is no news: known, older than what is known, or after its end. */
export async function noteDispute(tx: Sql, dispute: DisputeState): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO disputes AS d (id, order_id, amount_cents, status, reason, opened_at, told_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id) DO UPDATE SET status = EXCLUDED.status, told_at = EXCLUDED.told_at
       WHERE d.status <> EXCLUDED.status AND d.told_at <= EXCLUDED.told_at
         AND d.status NOT IN ('won', 'lost', 'warning_closed')`,
    [
      dispute.id,
      dispute.orderId,
      dispute.amountCents,
      dispute.status,
      dispute.reason,
      dispute.openedAt,
      dispute.toldAt,
    ],
  );
  return rowCount === 1;
}

/** The states of these disputes that were written down. */
export async function findDisputeStates(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ id: string; status: string }>(
    "SELECT id, status FROM disputes WHERE id = ANY($1)",
    [ids],
  );
  return new Map(rows.map(({ id, status }) => [id, status]));
}
