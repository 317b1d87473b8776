import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

export interface Session {
  id: string;
  userId: string;
  /** The device's name, for people. */
  device: string;
  /** Hash of the key the device has shown, empty where it has shown none. */
  deviceKeyHash: string;
  /** Where it was last seen. */
  network: string;
  startNetwork: string;
  /** Ends when it is used from another network. */
  pinned: boolean;
  /** When the owner last showed the password, and from where. */
  provedAt: Date;
  provedNetwork: string;
  /** When a second factor was shown; null where none was. */
  secondFactorAt: Date | null;
  roles: string[];
  startedAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}

export type SessionStore = ReturnType<typeof createSessionStore>;

export const hashDeviceKey = (key: string | undefined): string =>
  key === undefined ? "" : createHash("sha256").update(key).digest("base64url");

const sessionKey = (id: string) => `session:${id}`;
const userKey = (userId: string) => `sessions:${userId}`;

/** Live sessions in Redis: each expires by itself, and a sorted set per user finds them all. */
export function createSessionStore(redis: Redis, now: () => Date = () => new Date()) {
  const find = async (id: string): Promise<Session | null> => toSession(id, await redis.hgetall(sessionKey(id)));

  const endMany = async (userId: string, ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    await redis
      .multi()
      .del(...ids.map(sessionKey))
      .zrem(userKey(userId), ...ids)
      .exec();
  };

  return {
    find,

    start: async (session: Session): Promise<void> => {
      const { id, userId, expiresAt } = session;
      await redis
        .multi()
        .hset(sessionKey(id), toFields(session))
        .pexpireat(sessionKey(id), expiresAt.getTime())
        .zremrangebyscore(userKey(userId), 0, now().getTime())
        .zadd(userKey(userId), expiresAt.getTime(), id)
        .pexpireat(userKey(userId), expiresAt.getTime())
        .exec();
    },

    /** Notes where a session was last seen, unless it ends at the same moment. */
    touch: async ({ id }: Session, network: string): Promise<void> => {
      await redis.eval(SET, 1, sessionKey(id), "lastSeenAt", now().toISOString(), "network", network);
    },

    /** Notes that the owner has shown the password. */
    prove: async (id: string, network: string): Promise<void> => {
      await redis.eval(SET, 1, sessionKey(id), "provedAt", now().toISOString(), "provedNetwork", network);
    },

    noteSecondFactor: async (id: string): Promise<void> => {
      await redis.eval(SET, 1, sessionKey(id), "secondFactorAt", now().toISOString());
    },

    /** A factor that is no more was never shown: none of a user's sessions has one any longer. */
    forgetSecondFactors: async (userId: string): Promise<void> => {
      const ids = await redis.zrange(userKey(userId), "0", "-1");
      for (const id of ids) await redis.eval(SET, 1, sessionKey(id), "secondFactorAt", "");
    },

    /** Roles that all of a user's sessions may have from now on. */
    setRoles: async (userId: string, roles: readonly string[]): Promise<void> => {
      const ids = await redis.zrange(userKey(userId), "0", "-1");
      for (const id of ids) await redis.eval(SET, 1, sessionKey(id), "roles", roles.join(","));
    },

    /** Pins all of a user's sessions to the networks they are on, or frees them. */
    pinAll: async (userId: string, pinned: boolean): Promise<void> => {
      const ids = await redis.zrange(userKey(userId), "0", "-1");
      for (const id of ids) await redis.eval(SET, 1, sessionKey(id), "pinned", pinned ? "1" : "");
    },

    /** The user's live sessions, the one last seen first. */
    list: async (userId: string): Promise<Session[]> => {
      const ids = await redis.zrangebyscore(userKey(userId), String(now().getTime()), "+inf");
      const sessions = await Promise.all(ids.map(find));
      return sessions
        .filter((session) => session !== null)
        .sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime());
    },

    end: (userId: string, id: string): Promise<void> => endMany(userId, [id]),

    /** Ends all of a user's sessions but, where given, one. */
    endAll: async (userId: string, exceptId?: string): Promise<void> => {
      const ids = await redis.zrange(userKey(userId), "0", "-1");
      await endMany(
        userId,
        ids.filter((id) => id !== exceptId),
      );
    },
  };
}

/** A session that has ended in the same moment must not come back as a torso. */
const SET = `
if redis.call("EXISTS", KEYS[1]) == 1 then
  redis.call("HSET", KEYS[1], unpack(ARGV))
end`;

const toFields = (session: Session): Record<string, string> => ({
  ...{ userId: session.userId, device: session.device, deviceKeyHash: session.deviceKeyHash, network: session.network },
  ...{ startNetwork: session.startNetwork, pinned: session.pinned ? "1" : "", provedNetwork: session.provedNetwork },
  provedAt: session.provedAt.toISOString(),
  secondFactorAt: session.secondFactorAt?.toISOString() ?? "",
  roles: session.roles.join(","),
  startedAt: session.startedAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
});

function toSession(id: string, fields: Record<string, string>): Session | null {
  const { userId, device = "", deviceKeyHash = "", network = "", startNetwork = network, roles = "" } = fields;
  if (userId === undefined) return null;
  const at = (name: string) => new Date(fields[name] ?? 0);
  return {
    ...{ id, userId, device, deviceKeyHash, network, startNetwork },
    pinned: fields.pinned === "1",
    provedAt: at("provedAt"),
    provedNetwork: fields.provedNetwork ?? "",
    secondFactorAt: fields.secondFactorAt ? at("secondFactorAt") : null,
    roles: roles === "" ? [] : roles.split(","),
    startedAt: at("startedAt"),
    lastSeenAt: at("lastSeenAt"),
    expiresAt: at("expiresAt"),
  };
}
