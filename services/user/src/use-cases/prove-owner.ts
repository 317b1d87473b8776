import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { proofLimits } from "../domain/attempt-limits.ts";
import { checkPassword } from "../domain/password.ts";
import { passwordMark, type User } from "../domain/user.ts";
import type { AttemptCounter } from "../storage/attempt-counter.ts";
import type { SessionStore } from "../storage/session-store.ts";
import { findUser, lockUser } from "../storage/user-repository.ts";
import { hasSecondFactor } from "./keep-recovery-codes.ts";
import { limitAttempts } from "./limit-attempts.ts";

export interface ProveOwnerDeps {
  sql: Sql;
  sessions: SessionStore;
  attempts: AttemptCounter;
  now: () => Date;
}

/** The signed-in person, and the network this request came through. */
export interface Caller {
  userId: string;
  sessionId: string;
  network: string | undefined;
}

const PROOF_LASTS_MS = 5 * 60_000;

/**
 * Makes sure that it is the owner who asks for something sensitive: this session has shown so from this network within five
 * minutes; or, where the account has no second factor, the password comes along. Throws 401 `session.step_up_required`;
 * 422 `credentials.invalid`, naming `path`.
 */
export const proveOwner =
  (deps: ProveOwnerDeps) =>
  async (caller: Caller, password: string | undefined, path = "body.currentPassword"): Promise<User> => {
    const user = await findCaller(deps.sql, caller);
    if (password !== undefined) await checkProof(deps, user, password, path);
    const isEnough = password !== undefined && !(await hasSecondFactor(deps.sql, user.id));
    if (isEnough) await deps.sessions.prove(caller.sessionId, caller.network ?? "");
    else if (!(await isFresh(deps, caller))) throw stepUpRequired();
    return user;
  };

export async function findCaller(sql: Sql, { userId }: Caller): Promise<User> {
  const user = await findUser(sql, userId);
  if (!user) throw new AppError(401, "session.ended", "This session has ended; sign in again");
  return user;
}

/**
 * The account, kept from other changes until the transaction ends, if its password is still the one of `mark`. A change
 * that the owner makes meanwhile wins: what was asked for with the old password is refused as if nothing had been shown.
 */
export async function lockOwner(tx: Sql, userId: string, mark: string): Promise<User> {
  const user = await lockUser(tx, userId);
  if (!user || passwordMark(user) !== mark) throw stepUpRequired();
  return user;
}

const stepUpRequired = () => new AppError(401, "session.step_up_required", "Show again that it is you first");

/** Throws 422 `credentials.invalid`, naming `path`, and 429 `rate.limited`. */
export async function checkProof(
  { attempts }: Pick<ProveOwnerDeps, "attempts">,
  user: User,
  password: string,
  path: string,
): Promise<void> {
  await limitAttempts(attempts, proofLimits(user.id));
  if ((await checkPassword(password, user.passwordHash)).fits) return;
  throw new AppError(422, "credentials.invalid", "The current password is wrong", {
    errors: [{ path, message: "is wrong" }],
  });
}

async function isFresh({ sessions, now }: ProveOwnerDeps, { sessionId, network }: Caller): Promise<boolean> {
  const session = await sessions.find(sessionId);
  if (!session || session.provedNetwork !== (network ?? "")) return false;
  return now().getTime() - session.provedAt.getTime() <= PROOF_LASTS_MS;
}
