import { randomUUIDv7 } from "node:crypto";
import { type AuditEntry, type AuditOrigin, auditRecorded } from "@tradepost/contracts/audit";
import { addToOutbox } from "./outbox.ts";
import type { Sql } from "./sql.ts";

/** What a member of staff has changed: only the fields that are other than before. */
export interface StaffWrite extends Pick<AuditEntry, "subject" | "before" | "after"> {
  at: Date;
}

/**
 * Makes the audit log's entry part of the transaction that changes `subject`: the user service gets it by
 * `audit.recorded`. The subject must be locked. Throws `ZodError` for values that the log does not take.
 */
export async function recordStaffWrite(
  tx: Sql,
  { service, route, actorId, requestId }: AuditOrigin,
  { subject, before, after, at }: StaffWrite,
): Promise<void> {
  await addToOutbox(tx, auditRecorded, {
    aggregateId: `audit:${subject}`,
    payload: {
      ...{ id: randomUUIDv7(), service, route, actorId, requestId },
      ...{ subject, before, after, at: at.toISOString() },
    },
  });
}
