import { z } from "zod";
import { defineEvent } from "./event.ts";
import { Id, IsoTime } from "./ids.ts";
import { Money } from "./money.ts";
import { PageQuery, pageOf } from "./paging.ts";
import { defineRoute, staff } from "./route.ts";

const Word = z.string().max(100);

/** What a write has changed, by field: states, money, ids and names of roles, never what somebody typed about a person. */
export const AuditFields = z.record(Word, z.union([Word, z.number(), z.boolean(), z.null(), z.array(Word), Money]));
export type AuditFields = z.output<typeof AuditFields>;

/** One write by a member of staff: who, what, before, after, when. */
export const AuditEntry = z.object({
  id: Id,
  service: z.string(),
  /** The contract's: `POST /v1/admin/orders/:orderId/refunds`; or the operator's command. */
  route: z.string(),
  /** Null for an operator's command, which is nobody's session. */
  actorId: Id.nullable(),
  /** What was written to: `order:<id>`, `user:<id>`. */
  subject: z.string().max(100),
  before: AuditFields,
  after: AuditFields,
  at: IsoTime,
  /** Finds the lines of the services' logs; null for a command. */
  requestId: z.string().nullable(),
});
export type AuditEntry = z.output<typeof AuditEntry>;

export type AuditOrigin = Pick<AuditEntry, "service" | "route" | "actorId" | "requestId">;
/** Who of the staff does what, as the route knows before anything is written. */
export type StaffAction = AuditOrigin & { actorId: string; requestId: string };

/** Written in the transaction of the change, by whichever service made it; the user service keeps the log. */
export const auditRecorded = defineEvent("audit.recorded", 1, AuditEntry);

export const listAudit = defineRoute({
  method: "GET",
  path: "/v1/admin/audit",
  summary: "What staff have changed, newest first",
  access: staff("audit.read"),
  querystring: PageQuery.extend({
    actor: Id.optional(),
    subject: z.string().max(100).optional(),
    since: IsoTime.optional(),
  }),
  success: { status: 200, body: pageOf(AuditEntry) },
  failures: [],
});
