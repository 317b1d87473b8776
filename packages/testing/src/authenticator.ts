import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type {
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyCreation,
  PasskeyRequest,
} from "@tradepost/contracts/user-factors";

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: string | Buffer): Buffer => createHash("sha256").update(bytes).digest();

/** CBOR (RFC 8949) of what WebAuthn needs: small integers, byte strings, text, maps. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, n: number) => {
    if (n < 24) return Buffer.from([(major << 5) | n]);
    return n < 256 ? Buffer.from([(major << 5) | 24, n]) : Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
  };
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].map(([key, item]) => Buffer.concat([cbor(key), cbor(item as Buffer)]));
  return Buffer.concat([head(5, value.size), ...entries]);
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

interface Circumstances {
  origin?: string;
  rpId?: string;
  /** What the device counts; it stays at 0 unless told. */
  counter?: number;
  userVerified?: boolean;
  challenge?: string;
  userHandle?: string;
}

/**
 * A device that makes and uses one passkey on the pages of `shop`, an origin, written from WebAuthn Level 3. Tests may
 * have it misbehave.
 */
export function newAuthenticator(shop: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(32);
  let userHandle: string | undefined;

  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authenticatorData = (rpId: string, flags: number, counter: number, credential = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, credential]);
  };
  const flagsOf = (userVerified: boolean) => USER_PRESENT | (userVerified ? USER_VERIFIED : 0);
  const identity = () => ({ id: base64url(id), rawId: base64url(id), type: "public-key" as const });

  return {
    create: (options: PasskeyCreation, as: Circumstances = {}): PasskeyAttestation => {
      const { origin = shop, rpId = options.rp.id, counter = 0, userVerified = true } = as;
      userHandle = options.user.id;
      const length = Buffer.from([0, id.length]);
      const credential = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey)]);
      const authData = authenticatorData(rpId, flagsOf(userVerified) | HAS_CREDENTIAL, counter, credential);
      const attestation = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authData],
      ]);
      return {
        ...identity(),
        clientExtensionResults: {},
        authenticatorAttachment: "platform",
        response: {
          clientDataJSON: base64url(clientData("webauthn.create", as.challenge ?? options.challenge, origin)),
          attestationObject: base64url(cbor(attestation)),
          transports: ["internal"],
        },
      };
    },

    get: (options: PasskeyRequest, as: Circumstances = {}): PasskeyAssertion => {
      const { origin = shop, rpId = options.rpId, counter = 0, userVerified = true } = as;
      const data = clientData("webauthn.get", as.challenge ?? options.challenge, origin);
      const authData = authenticatorData(rpId, flagsOf(userVerified), counter);
      const signature = sign("sha256", Buffer.concat([authData, sha256(data)]), privateKey);
      return {
        ...identity(),
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(data),
          authenticatorData: base64url(authData),
          signature: base64url(signature),
          userHandle: as.userHandle ?? userHandle,
        },
      };
    },
  };
}

/** An ES256 key as COSE writes it (RFC 9053): kty 2, alg -7, crv 1, x, y. */
function coseKey(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const members: [number, unknown][] = [
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, "base64url")],
    [-3, Buffer.from(y, "base64url")],
  ];
  return cbor(new Map(members));
}
