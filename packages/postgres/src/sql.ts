export type IsolationLevel = "read committed" | "repeatable read" | "serializable";

/** Runs one statement. Values are `$1`, `$2`, …; a statement with values is prepared once per connection. */
export interface Sql {
  query<Row = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number }>;
}

/** Runs `work` in one transaction; it may run more than once, so it must have no effects outside `tx`. */
export type Transact = <T>(work: (tx: Sql) => Promise<T>, options?: { isolation?: IsolationLevel }) => Promise<T>;
