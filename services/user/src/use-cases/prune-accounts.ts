import { pruneMessages } from "@tradepost/postgres/prune";
import type { Sql } from "@tradepost/postgres/sql";
import { pruneLinkTokens } from "../storage/link-token-repository.ts";
import { pruneMailJobs } from "../storage/mail-job-repository.ts";

const RETENTION = { outboxHours: 72, inboxDays: 30 };

/** Removes links that have expired, mails and events that are done with. Answers how many mails were given up unsent. */
export const pruneAccounts =
  ({ sql, now }: { sql: Sql; now: () => Date }) =>
  async (): Promise<{ unsentMails: number }> => {
    await pruneLinkTokens(sql, now());
    await pruneMessages(sql, RETENTION);
    return { unsentMails: (await pruneMailJobs(sql, now())).unsent };
  };
