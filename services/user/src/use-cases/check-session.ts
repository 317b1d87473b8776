import type { Permission } from "@tradepost/contracts/route";
import { AppError } from "@tradepost/service-runtime/app-error";
import { permissionsOf } from "../domain/roles.ts";
import { hashDeviceKey, type Session, type SessionStore } from "../storage/session-store.ts";

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
 */
export const checkSession =
  ({ sessions, now }: { sessions: SessionStore; now: () => Date }) =>
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
    return { userId: session.userId, roles: session.roles, permissions: permissionsOf(session.roles) };
  };

const isNews = ({ network, lastSeenAt }: Session, seenFrom: string, now: Date): boolean =>
  network !== seenFrom || now.getTime() - lastSeenAt.getTime() > SEEN_EVERY_MS;
