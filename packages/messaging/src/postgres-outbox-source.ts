import type { Envelope } from "@tradepost/contracts/event";
import { listen } from "@tradepost/postgres/listen";
import { outboxChannel } from "@tradepost/postgres/outbox";
import type { Postgres } from "@tradepost/postgres/pool";
import { pruneMessages, type Retention } from "@tradepost/postgres/prune";

import { createBell } from "./bell.ts";
import { type Log, messageOf } from "./log.ts";
import type { Claimed, OutboxSource } from "./outbox-source.ts";

export interface PostgresOutboxOptions {
  sql: Pick<Postgres, "query" | "transact">;
  /** For the connection that listens; must not go through a transaction-pooling proxy. */
  url: string;
  log: Log;
  leaseMs?: number;
  /** The fallback for a lost notification, and how fast the events of a dead relay are found. */
  pollMs?: number;
  retention?: Retention;
}

interface ClaimedRow extends Claimed {
  seq: number;
}

// Only an aggregate's first unpublished row can be locked here, and whoever gets it gets the aggregate's next rows too.
// So the order holds with any number of relays: a successor is never first before its predecessor was published, and
// a statement with an old snapshot checks the row again when it locks it.
//
// These settings and the row comparisons leave the planner one way: along the indexes, and no further than the limit.
// Left free, it trusts statistics that a burst of events makes wrong, and a claim takes seconds instead of milliseconds.
//
// Neither a claim nor a mark waits for the disk. What a crash of the server loses of them is published again, in its order
// and under its id, as after a crash of the relay.
const planSql = `
  SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
    set_config('enable_sort', 'off', true), set_config('synchronous_commit', 'off', true)`;
const claimSql = `
  WITH heads AS MATERIALIZED (
    SELECT head.aggregate_id
    FROM outbox AS head
    WHERE head.published_at IS NULL
      AND (head.claimed_until IS NULL OR head.claimed_until <= now())
      AND head.seq = (
        SELECT first.seq FROM outbox AS first
        WHERE (first.aggregate_id, first.seq) >= (head.aggregate_id, 0) AND first.published_at IS NULL
        ORDER BY first.aggregate_id, first.seq
        LIMIT 1
      )
    ORDER BY head.seq
    LIMIT $1
    FOR UPDATE SKIP LOCKED
  ), batch AS MATERIALIZED (
    SELECT next.seq
    FROM heads CROSS JOIN LATERAL (
      SELECT own.seq FROM outbox AS own
      WHERE (own.aggregate_id, own.seq) >= (heads.aggregate_id, 0)
        AND (own.aggregate_id, own.seq) <= (heads.aggregate_id, 9223372036854775807)
        AND own.published_at IS NULL
      ORDER BY own.aggregate_id, own.seq
      LIMIT $1
    ) AS next
    ORDER BY next.seq
    LIMIT $1
  )
  UPDATE outbox
  SET claimed_until = now() + make_interval(secs => $2)
  FROM batch
  WHERE outbox.seq = batch.seq
  RETURNING outbox.seq, outbox.aggregate_id AS "aggregateId", outbox.routing_key AS "routingKey", outbox.envelope,
    outbox.attempts`;

const markSql = `
  WITH unhurried AS (SELECT set_config('synchronous_commit', 'off', true))
  UPDATE outbox SET published_at = now() FROM unhurried WHERE seq = ANY($1) AND published_at IS NULL`;

const releaseSql = `
  UPDATE outbox
  SET claimed_until = now() + make_interval(secs => $2),
    attempts = attempts + CASE WHEN $2 > 0 THEN 1 ELSE 0 END,
    last_error = $3
  WHERE seq = ANY($1) AND published_at IS NULL`;

/**
 * The outbox table of a service as a source for `startRelay`. It wakes by NOTIFY, and by poll if that gets lost.
 * Close it after the relay has stopped.
 */
export function createPostgresOutboxSource(
  options: PostgresOutboxOptions,
): OutboxSource<ClaimedRow> & { close(): Promise<void> } {
  const { sql, leaseMs = 60_000, pollMs = 1_000, retention = { outboxHours: 72, inboxDays: 60 } } = options;
  const { log } = options;
  const bell = createBell();
  const listener = listen({
    url: options.url,
    channel: outboxChannel,
    applicationName: "outbox-relay",
    onNotify: bell.ring,
    onError: (error) => log.warn({ reason: messageOf(error) }, "not listening for outbox events, polling instead"),
  });
  return {
    claimBatch: async (limit) => {
      bell.reset();
      const { rows } = await sql.transact(async (tx) => {
        await tx.query(planSql);
        return tx.query<ClaimedRow & { envelope: Envelope }>(claimSql, [limit, leaseMs / 1_000]);
      });
      return rows.sort((a, b) => a.seq - b.seq);
    },
    markPublished: async (claimed) => {
      await sql.query(markSql, [claimed.map(({ seq }) => seq)]);
    },
    release: async (claimed, { retryAfterMs, reason }) => {
      await sql.query(releaseSql, [claimed.map(({ seq }) => seq), retryAfterMs / 1_000, reason]);
    },
    waitForWork: (signal) => bell.heard(pollMs, signal),
    prune: async () => {
      const deleted = await pruneMessages(sql, retention);
      if (deleted > 0) log.info({ deleted }, "deleted old outbox and inbox rows");
    },
    close: listener.close,
  };
}
