import { auditRecorded } from "@tradepost/contracts/audit";
import { userErased } from "@tradepost/contracts/user";
import { type Consumer, defineConsumer } from "@tradepost/messaging/consumer-contract";
import { handleOnce } from "@tradepost/postgres/inbox";
import type { Transact } from "@tradepost/postgres/sql";
import { waitWhileUnavailable } from "@tradepost/service-runtime/unavailable";
import type { UseCases } from "../compose.ts";
import { recordAudit } from "../use-cases/record-audit.ts";

/** What the user service does when something happened. */
export const userConsumers = (transact: Transact, useCases: UseCases): Consumer[] => [
  defineConsumer({
    service: "user",
    name: "record-audit",
    events: [auditRecorded],
    handle: handleOnce(transact, "user.record-audit", auditRecorded, recordAudit),
  }),
  // The account's sessions were ended when it went; should that have failed halfway, they end now.
  defineConsumer({
    service: "user",
    name: "end-erased-sessions",
    events: [userErased],
    handle: waitWhileUnavailable(({ payload }) => useCases.endAllSessions(payload)),
  }),
];
