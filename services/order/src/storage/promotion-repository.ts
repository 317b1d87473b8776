import type { Sql } from "@tradepost/postgres/sql";
import type { Promotion } from "../domain/promotion.ts";

interface PromotionRow {
  code: string;
  title: Promotion["title"];
  percent_bps: number | null;
  amount_off: Promotion["amountOff"];
  minimum: Promotion["minimum"];
}

/** The promotions among `codes` that are valid at `at`, in the order of `codes`; codes are case-insensitive. */
export async function findPromotions(sql: Sql, codes: readonly string[], at: Date): Promise<Promotion[]> {
  if (codes.length === 0) return [];
  const wanted = [...new Set(codes.map((code) => code.trim().toUpperCase()))];
  const { rows } = await sql.query<PromotionRow>(
    `SELECT code, title, percent_bps, amount_off, minimum FROM promotions
     WHERE code = ANY ($1) AND valid_from <= $2 AND (valid_until IS NULL OR valid_until > $2)
     ORDER BY array_position($1, code)`,
    [wanted, at],
  );
  return rows.map((row) => ({
    code: row.code,
    title: row.title,
    percentBps: row.percent_bps,
    amountOff: row.amount_off,
    minimum: row.minimum,
  }));
}

/** Adds a promotion or replaces the one with its code. */
export async function savePromotion(sql: Sql, promotion: Promotion): Promise<void> {
  await sql.query(
    `INSERT INTO promotions (code, title, percent_bps, amount_off, minimum) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (code) DO UPDATE SET title = $2, percent_bps = $3, amount_off = $4, minimum = $5`,
    [
      promotion.code.toUpperCase(),
      JSON.stringify(promotion.title),
      promotion.percentBps,
      promotion.amountOff === null ? null : JSON.stringify(promotion.amountOff),
      JSON.stringify(promotion.minimum),
    ],
  );
}
