import { createPrivateKey, randomUUIDv7 } from "node:crypto";
import type { SignedIn } from "@tradepost/contracts/user";
import jwt from "jsonwebtoken";
import { deviceName } from "../domain/device-name.ts";
import { type SigningKey, signingKeyOf } from "../domain/signing-keys.ts";
import { toUserView, type User } from "../domain/user.ts";
import { hashDeviceKey, type SessionStore } from "../storage/session-store.ts";

/** Where a request comes from. */
export interface Origin {
  userAgent: string | undefined;
  deviceKey: string | undefined;
  network: string | undefined;
  /** The address that attempts are counted by. */
  clientAddress: string;
}

export interface StartSessionDeps {
  sessions: SessionStore;
  signingKeys: () => readonly SigningKey[];
  issuer: string;
  audience: string;
  sessionTtlMs: number;
  now: () => Date;
}

/**
 * Begins a session of the user and answers the ES256 token (RFC 7519) that names it; both end after the same time.
 * Only a session with a second factor has what roles permit.
 */
export const startSession =
  ({ sessions, signingKeys, issuer, audience, sessionTtlMs, now }: StartSessionDeps) =>
  async (
    user: User,
    origin: Origin,
    secondFactorAt: Date | null = null,
  ): Promise<{ signedIn: SignedIn; sessionId: string }> => {
    const startedAt = now();
    const expiresAt = new Date(startedAt.getTime() + sessionTtlMs);
    const id = randomUUIDv7();
    const network = origin.network ?? "";
    await sessions.start({
      ...{ id, userId: user.id, roles: user.roles, startedAt, lastSeenAt: startedAt, expiresAt },
      device: deviceName(origin.userAgent),
      deviceKeyHash: hashDeviceKey(origin.deviceKey),
      secondFactorAt,
      ...{ network, startNetwork: network, pinned: user.pinNetwork, provedAt: startedAt, provedNetwork: network },
    });
    const claims = { sid: id, iat: seconds(startedAt), exp: seconds(expiresAt) };
    const { kid, kty, crv, x, y, d } = signingKeyOf(signingKeys());
    const token = jwt.sign(claims, createPrivateKey({ key: { kty, crv, x, y, d }, format: "jwk" }), {
      ...{ algorithm: "ES256", keyid: kid, issuer, audience },
      ...{ subject: user.id, jwtid: randomUUIDv7() },
    });
    return { signedIn: { user: toUserView(user), token, expiresAt: expiresAt.toISOString() }, sessionId: id };
  };

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
