import type { AuditEntry } from "@tradepost/contracts/audit";
import type { Sql } from "@tradepost/postgres/sql";
import { idCursor, readPage } from "@tradepost/service-runtime/list-page";
import { type AuditQuery, findAuditEntries } from "../storage/audit-repository.ts";

type Question = Omit<AuditQuery, "beforeId"> & { cursor?: string | undefined };

/** A page of what staff have changed, newest first. The cursor is the last entry's id; 400 for one that is not. */
export const listAudit =
  ({ sql }: { sql: Sql }) =>
  ({ cursor, limit, ...filter }: Question): Promise<{ items: AuditEntry[]; nextCursor: string | null }> =>
    readPage({ cursor, limit }, idCursor, ({ after, limit }) =>
      findAuditEntries(sql, { ...filter, beforeId: after?.id ?? null, limit }),
    );
