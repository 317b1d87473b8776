import { createPublicKey, generateKeyPairSync } from "node:crypto";

/** A private P-256 key as JWK (RFC 7518 §6.2) with its id. All are published; the active one signs. */
export interface SigningKey {
  kty: "EC";
  crv: "P-256";
  x: string;
  y: string;
  d: string;
  kid: string;
  /** `next` is published so that everyone knows it before it signs, `retiring` until its last token has expired. */
  state?: "next" | "active" | "retiring" | undefined;
  /** Since when it is in that state, ISO 8601. */
  since?: string | undefined;
}

/** A step that the keys are not ready for; the message says which one is due. */
export class RotationRefused extends Error {
  override readonly name = "RotationRefused";
}

/** The key that signs: the one marked active; where none is marked, the first. */
export function signingKeyOf(keys: readonly SigningKey[]): SigningKey {
  const key = keys.find(({ state }) => state === "active") ?? keys[0];
  if (!key) throw new Error("there is no signing key");
  return key;
}

/** Step 1: a new key that does not sign yet. */
export function prepareKey(keys: readonly SigningKey[], now: Date): SigningKey[] {
  if (keys.length > 1) throw new RotationRefused("Two keys are live already: activate or retire first");
  const jwk = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  const kid = `${now.toISOString().slice(0, 10)}-${String(jwk.x).slice(0, 8)}`;
  const next = { ...(jwk as Pick<SigningKey, "kty" | "crv" | "x" | "y" | "d">), kid };
  return [...keys.map((key) => inState(key, "active", now)), inState(next, "next", now)];
}

/** Step 2: the new key signs, the old one only verifies. */
export function activateKey(keys: readonly SigningKey[], now: Date): SigningKey[] {
  const next = keys.find(({ state }) => state === "next");
  if (!next) throw new RotationRefused("No key is prepared: prepare first");
  const old = keys.filter((key) => key !== next);
  return [inState(next, "active", now), ...old.map((key) => inState(key, "retiring", now))];
}

/** Step 3: the old key goes. Not before its last token has expired, unless it must, which signs its holders out. */
export function retireKey(
  keys: readonly SigningKey[],
  now: Date,
  { tokenLifeMs, force }: { tokenLifeMs: number; force: boolean },
): SigningKey[] {
  const retiring = keys.find(({ state }) => state === "retiring");
  if (!retiring) throw new RotationRefused("No key is retiring: prepare and activate first");
  const until = new Date(Date.parse(retiring.since ?? "") + tokenLifeMs);
  if (!force && now < until) throw new RotationRefused(`Its tokens live until ${until.toISOString()}: retire then`);
  return keys.filter((key) => key !== retiring);
}

export const publicPem = ({ kty, crv, x, y }: SigningKey): string =>
  createPublicKey({ key: { kty, crv, x, y }, format: "jwk" }).export({ format: "pem", type: "spki" }).toString();

const inState = (key: SigningKey, state: NonNullable<SigningKey["state"]>, now: Date): SigningKey =>
  key.state === state ? key : { ...key, state, since: now.toISOString() };
