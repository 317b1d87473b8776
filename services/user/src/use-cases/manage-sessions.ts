import type { Session as SessionView } from "@tradepost/contracts/user";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { SessionStore } from "../storage/session-store.ts";
import type { Caller as ProvenCaller } from "./prove-owner.ts";

type Caller = Pick<ProvenCaller, "userId" | "sessionId">;

/** Where the shopper is signed in, the session last seen first. */
export const listSessions =
  ({ sessions }: { sessions: SessionStore }) =>
  async ({ userId, sessionId }: Caller): Promise<{ items: SessionView[] }> => ({
    items: (await sessions.list(userId)).map(
      ({ id, device, network, startNetwork, startedAt, lastSeenAt, expiresAt }) => ({
        ...{ id, device, network, networkChanged: network !== startNetwork, current: id === sessionId },
        startedAt: startedAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
      }),
    ),
  });

/** Ends one of the shopper's sessions; 404 for one that is not theirs. */
export const endSession =
  ({ sessions }: { sessions: SessionStore }) =>
  async ({ userId }: Pick<Caller, "userId">, id: string): Promise<void> => {
    const session = await sessions.find(id);
    if (session?.userId !== userId) throw new AppError(404, "session.not_found", "There is no such session");
    await sessions.end(userId, id);
  };

export const endAllSessions =
  ({ sessions }: { sessions: SessionStore }) =>
  ({ userId }: Pick<Caller, "userId">): Promise<void> =>
    sessions.endAll(userId);
