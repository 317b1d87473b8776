import type { Permission } from "@tradepost/contracts/route";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { sessionPermissions } from "../domain/roles.ts";
import { hashDeviceKey, type Session, type SessionStore } from "../storage/session-store.ts";
import { rolesOf } from "../storage/staff-repository.ts";

export interface SessionQuestion {
  sessionId: string;
  deviceKey?: string | undefined;
  network?: string | undefined;
}

const SEEN_EVERY_MS = 60_000;

/**
 * Whether a session lives, and what its owner may do. Throws 401 `session.ended`; and 401 `session.other_device`, which
 * also ends it, when a session that belongs to a device is used by another one. A new network is noted; where the owner
 * wants sessions pinned to theirs, it is `session.other_network` and ends the session too.
 *
 * Roles are looked up for members of staff only: one that was taken away counts no more, and shoppers need no database.
 */
export const checkSession =
  ({ sql, sessions, now }: { sql: Sql; sessions: SessionStore; now: () => Date }) =>
  async (question: SessionQuestion): Promise<{ userId: string; roles: string[]; permissions: Permission[] }> => {
    const session = await sessions.find(question.sessionId);
    if (!session) throw new AppError(401, "session.ended", "This session has ended; sign in again");
    if (session.deviceKeyHash !== "" && session.deviceKeyHash !== hashDeviceKey(question.deviceKey)) {
      await sessions.end(session.userId, session.id);
      throw new AppError(401, "session.other_device", "This session belongs to another device; sign in again");
    }
    if (session.pinned && question.network !== session.network) {
      await sessions.end(session.userId, session.id);
      throw new AppError(401, "session.other_network", "This session is pinned to another network; sign in again");
    }
    const network = question.network ?? session.network;
    if (isNews(session, network, now())) await sessions.touch(session, network);
    const roles = session.roles.length === 0 ? [] : await rolesOf(sql, session.userId);
    return { userId: session.userId, roles, permissions: sessionPermissions(roles, session) };
  };

const isNews = ({ network, lastSeenAt }: Session, seenFrom: string, now: Date): boolean =>
  network !== seenFrom || now.getTime() - lastSeenAt.getTime() > SEEN_EVERY_MS;
