import type { AuditEntry } from "@tradepost/contracts/audit";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { z } from "zod";
import { type AuditQuery, findAuditEntries } from "../storage/audit-repository.ts";

type Question = Omit<AuditQuery, "beforeId"> & { cursor?: string | undefined };

/** A page of what staff have changed, newest first. The cursor is the last entry's id; 400 for one that is not. */
export const listAudit =
  ({ sql }: { sql: Sql }) =>
  async ({ cursor, limit, ...filter }: Question): Promise<{ items: AuditEntry[]; nextCursor: string | null }> => {
    const found = await findAuditEntries(sql, { ...filter, beforeId: readCursor(cursor), limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? Buffer.from(last.id).toString("base64url") : null };
  };

function readCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = z.uuid().safeParse(Buffer.from(cursor, "base64url").toString());
  if (id.success) return id.data;
  throw new AppError(400, "request.invalid", "The request is not valid", {
    errors: [{ path: "querystring.cursor", message: "is not a cursor of this list" }],
  });
}
