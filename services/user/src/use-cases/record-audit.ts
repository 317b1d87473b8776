import type { AuditEntry } from "@tradepost/contracts/audit";
import type { Sql } from "@tradepost/postgres/sql";
import { insertAuditEntry } from "../storage/audit-repository.ts";

/** A member of staff has changed something, here or at another service: the log keeps it, and nobody changes that. */
export const recordAudit = (tx: Sql, entry: AuditEntry): Promise<void> => insertAuditEntry(tx, entry);
