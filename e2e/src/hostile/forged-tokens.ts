import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import type { Secrets } from "@tradepost/local-stack/secrets";

type Claims = Record<string, unknown>;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (part = ""): Claims => JSON.parse(Buffer.from(part, "base64url").toString());

/**
 * Tokens that must not be believed, made from one that is: as somebody without the key can make them, and as the shop
 * itself never would although it has the key.
 */
export function forgedTokens(genuine: string, { signingKeys }: Secrets): Record<string, string> {
  const [head = "", body = "", signature = ""] = genuine.split(".");
  const [header, claims] = [decode(head), decode(body)];
  const [jwk] = JSON.parse(signingKeys);
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  const pem = createPublicKey(key).export({ format: "pem", type: "spki" }).toString();
  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const make = (changes: Claims, headerChanges: Claims = {}, by = key) => {
    const input = `${encode({ ...header, ...headerChanges })}.${encode({ ...claims, ...changes })}`;
    return `${input}.${sign("sha256", Buffer.from(input), { key: by, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  };
  const hmacInput = `${encode({ alg: "HS256", typ: "JWT", kid: header.kid })}.${body}`;
  const nowS = Math.floor(Date.now() / 1000);
  return {
    "without a signature": `${head}.${body}.`,
    "of algorithm none": `${encode({ ...header, alg: "none" })}.${body}.`,
    "of algorithm nOnE": `${encode({ ...header, alg: "nOnE" })}.${body}.`,
    "signed with the public key as a secret": `${hmacInput}.${createHmac("sha256", pem).update(hmacInput).digest("base64url")}`,
    "of another key under the same id": make({}, {}, stranger),
    "of a key it brings along": make({}, { jwk: createPublicKey(stranger).export({ format: "jwk" }) }, stranger),
    "of a key at an address it names": make({}, { jku: "http://127.0.0.1:9/jwks", kid: "x" }, stranger),
    "of a key whose id is a path": make({}, { kid: "../../../../dev/null" }, stranger),
    "for another user": `${head}.${encode({ ...claims, sub: randomUUID() })}.${signature}`,
    "with a signature of zeros": `${head}.${body}.${Buffer.alloc(64).toString("base64url")}`,
    "that has expired": make({ exp: nowS - 60, iat: nowS - 3600 }),
    "without an expiry": make({ exp: undefined }),
    "for another audience": make({ aud: "another-shop" }),
    "of another issuer": make({ iss: "https://evil.example" }),
    "without a session": make({ sid: undefined }),
    "of a session that never was": make({ sid: randomUUID() }),
    "of another user's session": make({ sub: randomUUID() }),
    "that is no token": "x.y.z",
    "that is empty": "..",
    "that is endless": "a".repeat(6_000),
  };
}
