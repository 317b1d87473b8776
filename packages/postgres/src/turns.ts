import type { Sql } from "./sql.ts";

/** What the last turn that succeeded has left. */
export interface LastTurn<Report> {
  /** Up to when it has looked at things; null when none has succeeded yet. */
  coveredUntil: Date | null;
  succeededAt: Date | null;
  report: Report | null;
}

export interface Turn<Report> {
  last: LastTurn<Report>;
  /** The turn lasts another `leaseMs` from now; does nothing when it was lost. One at a time, and before its end. */
  renew: () => Promise<void>;
  /** It is done; the next one is due after the interval. Does nothing when the turn was lost to another replica. */
  succeed: (outcome: { coveredUntil: Date; report: Report }) => Promise<void>;
  /** It has failed; anybody may try at once. */
  giveUp: () => Promise<void>;
}

export interface Turns<Report> {
  /** The turn, when it is due and nobody has it; else null. */
  claim: () => Promise<Turn<Report> | null>;
  last: () => Promise<LastTurn<Report>>;
}

interface TurnRow<Report> {
  covered_until: Date | null;
  succeeded_at: Date | null;
  report: Report | null;
}

/**
 * Work that one replica at a time does, at most once per interval, kept as a row in the service's table `turns`. A replica
 * that dies loses its turn after `leaseMs`, so work that may take longer renews it. It must bear being done twice.
 */
export function createTurns<Report>(
  sql: Sql,
  name: string,
  { everyMs, leaseMs }: { everyMs: number; leaseMs: number },
): Turns<Report> {
  return {
    claim: async () => {
      const { rows } = await sql.query<TurnRow<Report> & { lock: string }>(
        `INSERT INTO turns AS t (name, claimed_until) VALUES ($1, now() + make_interval(secs => $2))
         ON CONFLICT (name) DO UPDATE SET claimed_until = EXCLUDED.claimed_until
           WHERE t.claimed_until < now()
             AND (t.succeeded_at IS NULL OR t.succeeded_at < now() - make_interval(secs => $3))
         RETURNING covered_until, succeeded_at, report, claimed_until::text AS lock`,
        [name, leaseMs / 1000, everyMs / 1000],
      );
      return rows[0] ? toTurn(sql, name, rows[0], leaseMs) : null;
    },
    last: async () => {
      const { rows } = await sql.query<TurnRow<Report>>(
        "SELECT covered_until, succeeded_at, report FROM turns WHERE name = $1",
        [name],
      );
      return toLast(rows[0] ?? { covered_until: null, succeeded_at: null, report: null });
    },
  };
}

function toTurn<Report>(
  sql: Sql,
  name: string,
  row: TurnRow<Report> & { lock: string },
  leaseMs: number,
): Turn<Report> {
  let { lock } = row;
  return {
    last: toLast(row),
    renew: async () => {
      const { rows } = await sql.query<{ lock: string }>(
        `UPDATE turns SET claimed_until = now() + make_interval(secs => $3)
         WHERE name = $1 AND claimed_until = $2::timestamptz RETURNING claimed_until::text AS lock`,
        [name, lock, leaseMs / 1000],
      );
      lock = rows[0]?.lock ?? lock;
    },
    succeed: async ({ coveredUntil, report }) => {
      await sql.query(
        `UPDATE turns SET claimed_until = now() - interval '1 ms', succeeded_at = now(), covered_until = $3, report = $4
         WHERE name = $1 AND claimed_until = $2::timestamptz`,
        [name, lock, coveredUntil, JSON.stringify(report)],
      );
    },
    giveUp: async () => {
      await sql.query(
        "UPDATE turns SET claimed_until = now() - interval '1 ms' WHERE name = $1 AND claimed_until = $2::timestamptz",
        [name, lock],
      );
    },
  };
}

const toLast = <Report>({ covered_until, succeeded_at, report }: TurnRow<Report>): LastTurn<Report> => ({
  coveredUntil: covered_until,
  succeededAt: succeeded_at,
  report,
});
