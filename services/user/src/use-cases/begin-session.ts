import type { SignedIn } from "@tradepost/contracts/user";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { deviceName } from "../domain/device-name.ts";
import { abandonedAt, type User } from "../domain/user.ts";
import { setAbandonedAt } from "../storage/abandoned-repository.ts";
import { addMailJob } from "../storage/mail-job-repository.ts";
import { findUser } from "../storage/user-repository.ts";
import { hasSecondFactor } from "./keep-recovery-codes.ts";
import { noteDevice } from "./note-device.ts";
import { type Origin, type StartSessionDeps, startSession } from "./start-session.ts";

export interface BeginSessionDeps extends StartSessionDeps {
  sql: Sql;
  transact: Transact;
}

/** Begins a session of somebody who has shown all that was asked for; a new device is told to the owner. */
export const beginSession =
  (deps: BeginSessionDeps) =>
  async (user: User, origin: Origin, secondFactorAt: Date | null): Promise<SignedIn> => {
    await noteSignIn(deps, user, origin);
    const { signedIn, sessionId } = await startSession(deps)(user, origin, secondFactorAt);
    // A new password, a first factor or the loss of the last has ended all sessions meanwhile, but this one, which it
    // could not know of.
    const isSamePassword = (await findUser(deps.sql, user.id))?.passwordHash === user.passwordHash;
    const isAskedFor = await hasSecondFactor(deps.sql, user.id);
    if (isSamePassword && isAskedFor === (secondFactorAt !== null)) return signedIn;
    await deps.sessions.end(user.id, sessionId);
    throw new AppError(401, "credentials.invalid", "E-mail address or password is wrong");
  };

const noteSignIn = ({ transact, now }: BeginSessionDeps, { id: userId }: User, origin: Origin): Promise<void> =>
  transact(async (tx) => {
    const at = now();
    await setAbandonedAt(tx, userId, abandonedAt(at));
    if (!(await noteDevice(tx, userId, origin, at))) return;
    const { userAgent, network = "" } = origin;
    await addMailJob(
      tx,
      { kind: "new-device", userId, device: deviceName(userAgent), network, at: at.toISOString() },
      at,
    );
  });
