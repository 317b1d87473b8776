import { Pool, type PoolClient } from "pg";
import { isSerializationFailure, isStalePlan, withRetries } from "./retry.ts";
import type { IsolationLevel, Sql, Transact } from "./sql.ts";
import { toStatement, typeParsers } from "./statements.ts";
import { isConnectionError, isTimeout, PostgresUnavailable, toCallerError } from "./unavailable.ts";

export interface PostgresOptions {
  url: string;
  /** Shown by the server in `pg_stat_activity`: the service's name. */
  applicationName: string;
  /** Connections of this process; the sum over all replicas must stay below the server's `max_connections`. */
  max?: number;
  statementTimeoutMs?: number;
  connectTimeoutMs?: number;
  /** Told of connections that break while idle; the pool replaces them by itself. */
  onIdleError?: (error: Error) => void;
}

export type Postgres = ReturnType<typeof createPostgres>;

/**
 * A pool of connections that survives restarts and fail-overs of the server.
 *
 * `query` runs one statement, `transact` a transaction, `ping` throws unless the server answers, `end` waits for
 * running work and closes. Each throws `PostgresUnavailable` when the connection is at fault, else the driver's error.
 */
export function createPostgres(options: PostgresOptions) {
  const pool = createPool(options);
  const query: Sql["query"] = <Row>(text: string, values?: readonly unknown[]) =>
    withRetries(() => useClient(pool, (client) => run<Row>(client, text, values)), mayRetry);
  return {
    pool,
    query,
    transact: transactOn(pool),
    ping: async (): Promise<void> => {
      await query("SELECT 1");
    },
    end: (): Promise<void> => pool.end(),
  };
}

function createPool(options: PostgresOptions): Pool {
  const { url, applicationName, max = 10, statementTimeoutMs = 10_000, connectTimeoutMs = 5_000 } = options;
  const pool = new Pool({
    connectionString: url,
    application_name: applicationName,
    max,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    // The server cancels slow statements; this frees a caller whose server has gone silent.
    query_timeout: statementTimeoutMs + 2_000,
    idle_in_transaction_session_timeout: 60_000,
    maxLifetimeSeconds: 1_800,
    keepAlive: true,
    types: typeParsers,
  });
  pool.on("error", (error) => options.onIdleError?.(error));
  // A connection that breaks between two statements of a transaction emits, and unheard it would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Lends a connection to `work`, and throws the connection away when it may be broken. */
async function useClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((cause) => {
    throw isConnectionError(cause) ? toCallerError(cause) : cause;
  });
  let broken = false;
  try {
    return await work(client);
  } catch (error) {
    broken = isConnectionError(error) || isStalePlan(error);
    throw toCallerError(error);
  } finally {
    client.release(broken);
  }
}

async function run<Row>(client: PoolClient, text: string, values?: readonly unknown[]) {
  const { rows, rowCount } = await client.query(toStatement(text, values));
  return { rows: rows as Row[], rowCount: rowCount ?? 0 };
}

const transactOn =
  (pool: Pool): Transact =>
  (work, { isolation = "read committed" } = {}) =>
    withRetries(
      () => begin(pool, isolation, work),
      (error) => mayRetry(error) || error instanceof NeverBegun,
    );

const mayRetry = (error: unknown): boolean => isSerializationFailure(error) || isStalePlan(error);

/** The pooled connection was closed already: nothing has happened, so trying another one is safe and quick. */
class NeverBegun extends PostgresUnavailable {}

const begin = <T>(pool: Pool, isolation: IsolationLevel, work: (tx: Sql) => Promise<T>): Promise<T> =>
  useClient(pool, async (client) => {
    await client.query(`BEGIN ISOLATION LEVEL ${isolation}`).catch((cause: unknown) => {
      throw isConnectionError(cause) && !isTimeout(cause)
        ? new NeverBegun("PostgreSQL is unavailable", { cause })
        : cause;
    });
    const { tx, close } = openTransaction(client);
    try {
      const result = await work(tx);
      close();
      await commit(client);
      return result;
    } catch (error) {
      close();
      if (!isConnectionError(error)) await client.query("ROLLBACK");
      throw error;
    }
  });

async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query("COMMIT");
  // That is how the server answers after a failed statement, without an error of its own.
  if (command === "ROLLBACK") throw new Error("The transaction was rolled back: a failed statement was ignored in it");
}

/** A statement nobody awaited must not run later, inside the transaction of whoever gets the connection next. */
function openTransaction(client: PoolClient): { tx: Sql; close: () => void } {
  let open = true;
  const query: Sql["query"] = async <Row>(text: string, values?: readonly unknown[]) => {
    if (!open) throw new Error("This transaction is over; await every query inside it");
    return run<Row>(client, text, values);
  };
  return {
    tx: { query },
    close: () => {
      open = false;
    },
  };
}
