import { type MailProvider, NotAccepted, RecipientRefused } from "@tradepost/mail/mail-provider";
import { claimMailJob, finishMailJob, type MailJob, postponeMailJob } from "../storage/mail-job-repository.ts";
import { type WriteLetterDeps, writeLetter } from "./write-letter.ts";

export interface SendDueMailsDeps extends WriteLetterDeps {
  mailProvider: MailProvider;
  onFailure: (failure: { attempt: number; error: unknown }) => void;
}

/** Longer than an attempt can run, and time for the provider to list what it took. */
const LEASE_MS = 60_000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * Sends the mails that are due, one after the other. After an attempt that never said how it ended, the provider is asked
 * before the mail is sent again. Answers how many are done.
 */
export const sendDueMails = (deps: SendDueMailsDeps) => async (): Promise<number> => {
  for (let done = 0; ; done += 1) {
    const now = deps.now();
    const job = await claimMailJob(deps.sql, { now, leaseUntil: new Date(now.getTime() + LEASE_MS) });
    if (!job) return done;
    await attempt(deps, job).catch((error: unknown) => deps.onFailure({ attempt: job.attempts, error }));
  }
};

async function attempt(deps: SendDueMailsDeps, job: MailJob): Promise<void> {
  // A refusal to be asked says nothing about the mail: the lease runs out, and it is asked again.
  const isSent = job.mayBeSent && (await deps.mailProvider.wasAccepted(job.id));
  if (!isSent) await send(deps, job);
  await finishMailJob(deps.sql, job.id, deps.now());
}

async function send(deps: SendDueMailsDeps, job: MailJob): Promise<void> {
  const { sql, mailProvider, now } = deps;
  try {
    const letter = await writeLetter(deps)(job.request);
    if (letter) await mailProvider.send(letter.to, letter.mail, job.id);
  } catch (error) {
    if (error instanceof RecipientRefused) await finishMailJob(sql, job.id, now());
    if (error instanceof NotAccepted)
      await postponeMailJob(sql, job.id, new Date(now().getTime() + waitMs(job.attempts)));
    throw error;
  }
}

const waitMs = (attempts: number) => Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
