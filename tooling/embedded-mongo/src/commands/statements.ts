import { Binary } from "bson";
import { MongoError } from "../mongo-error.ts";
import { isNumeric, toNumber } from "../numbers.ts";
import { beginWrite, recordStatement } from "../retryable-writes.ts";
import { record, type Store } from "../store.ts";
import { type Doc, isDoc } from "../values.ts";
import type { CommandContext } from "./command.ts";

/** Does a statement unless this session's write has done it already, and remembers its result. */
type Once = (statement: number, execute: () => Doc) => { result: Doc; repeated: boolean };

/** Throws 225 for a write older than the session's latest. */
function onceFor({ store, command: { lsid, txnNumber } }: CommandContext): Once {
  if (!isDoc(lsid) || !(lsid.id instanceof Binary) || txnNumber === undefined)
    return (_, execute) => ({ result: execute(), repeated: false });
  const session = Buffer.from(lsid.id.value()).toString("hex");
  const number = String(txnNumber);
  const results = beginWrite(store.retryableWrites, session, BigInt(number));
  return (statement, execute) => {
    const known = results.get(statement);
    if (known) return { result: known, repeated: true };
    const result = execute();
    remember(store, { session, number, statement, result });
    return { result, repeated: false };
  };
}

function remember(store: Store, entry: Parameters<typeof recordStatement>[1]): void {
  recordStatement(store.retryableWrites, entry);
  record(store, entry);
}

/** Runs a batch's statements in order and sums up; a failing one ends an ordered batch and is reported with its index. */
export function runStatements(
  context: CommandContext,
  statements: unknown[],
  execute: (statement: unknown) => Doc,
): Doc {
  const { command } = context;
  if (statements.length === 0)
    throw new MongoError(16, "InvalidLength", "Write batch sizes must be between 1 and 100000. Got 0 operations.");
  const once = onceFor(context);
  const totals: Doc = { n: 0 };
  const upserted: Doc[] = [];
  const writeErrors: Doc[] = [];
  const retriedStmtIds: number[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      const id = statementId(command, index);
      const { result, repeated } = once(id, () => execute(statement));
      addTotals(totals, result);
      if (result.upserted !== undefined) upserted.push({ index, _id: result.upserted });
      if (repeated) retriedStmtIds.push(id);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (command.ordered !== false) break;
    }
  }
  return {
    ...totals,
    ...(upserted.length > 0 && { upserted }),
    ...(writeErrors.length > 0 && { writeErrors }),
    ...(retriedStmtIds.length > 0 && { retriedStmtIds }),
    ok: 1,
  };
}

function addTotals(totals: Doc, { n, nModified }: Doc): void {
  totals.n = Number(totals.n) + Number(n);
  if (nModified !== undefined) totals.nModified = Number(totals.nModified ?? 0) + Number(nModified);
}

function statementId({ stmtIds, stmtId }: Doc, index: number): number {
  const listed = Array.isArray(stmtIds) ? stmtIds[index] : undefined;
  if (isNumeric(listed)) return toNumber(listed);
  return (isNumeric(stmtId) ? toNumber(stmtId) : 0) + index;
}

/** Runs a command that is one statement. */
export const runSingle = (context: CommandContext, execute: () => Doc): Doc => onceFor(context)(0, execute).result;
