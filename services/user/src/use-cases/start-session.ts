import { createPrivateKey, randomUUIDv7 } from "node:crypto";
import type { SignedIn } from "@tradepost/contracts/user";
import jwt from "jsonwebtoken";
import type { SigningKey } from "../config.ts";
import { deviceName } from "../domain/device-name.ts";
import { toUserView, type User } from "../domain/user.ts";
import { hashDeviceKey, type SessionStore } from "../storage/session-store.ts";

/** Where a request comes from. */
export interface Origin {
  userAgent: string | undefined;
  deviceKey: string | undefined;
  network: string | undefined;
}

export interface StartSessionDeps {
  sessions: SessionStore;
  signingKeys: readonly [SigningKey, ...SigningKey[]];
  issuer: string;
  audience: string;
  sessionTtlMs: number;
  now: () => Date;
}

/** Begins a session of the user and answers the ES256 token (RFC 7519) that names it; both end after the same time. */
export const startSession =
  ({ sessions, signingKeys: [key], issuer, audience, sessionTtlMs, now }: StartSessionDeps) =>
  async (user: User, origin: Origin): Promise<SignedIn> => {
    const startedAt = now();
    const expiresAt = new Date(startedAt.getTime() + sessionTtlMs);
    const id = randomUUIDv7();
    await sessions.start({
      ...{ id, userId: user.id, roles: user.roles, startedAt, lastSeenAt: startedAt, expiresAt },
      device: deviceName(origin.userAgent),
      deviceKeyHash: hashDeviceKey(origin.deviceKey),
      network: origin.network ?? "",
    });
    const claims = { sid: id, iat: seconds(startedAt), exp: seconds(expiresAt) };
    const token = jwt.sign(claims, createPrivateKey({ key: { ...key }, format: "jwk" }), {
      ...{ algorithm: "ES256", keyid: key.kid, issuer, audience },
      ...{ subject: user.id, jwtid: randomUUIDv7() },
    });
    return { user: toUserView(user), token, expiresAt: expiresAt.toISOString() };
  };

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
