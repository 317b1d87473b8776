import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the services share or keep to themselves on this machine; made once, kept in the data folder. */
export interface Secrets {
  internalTokenKey: string;
  orderTokenKey: string;
  tokenKeys: string;
  factorKeys: string;
  signingKeys: string;
  /** The public halves as PEM by key id, for the gateway. */
  jwtPublicKeys: Record<string, string>;
  stripeWebhookSecret: string;
}

/** The folder's secrets; those that a newer version needs are added to them. */
export function keptSecrets(dir: string): Secrets {
  const file = join(dir, "secrets.json");
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Partial<Secrets>) : {};
  const made = makeSecrets();
  if (Object.keys(made).every((name) => name in kept)) return kept as Secrets;
  const secrets = { ...made, ...kept };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

/** New random secrets; nothing of them is written anywhere. */
export function makeSecrets(): Secrets {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const kid = "local-1";
  return {
    internalTokenKey: randomBytes(32).toString("base64url"),
    orderTokenKey: randomBytes(32).toString("base64url"),
    tokenKeys: `local-1:${randomBytes(32).toString("base64")}`,
    factorKeys: `local-1:${randomBytes(32).toString("base64")}`,
    signingKeys: JSON.stringify([{ ...privateKey.export({ format: "jwk" }), kid }]),
    jwtPublicKeys: { [kid]: publicKey.export({ format: "pem", type: "spki" }).toString() },
    stripeWebhookSecret: `whsec_${randomBytes(24).toString("base64url")}`,
  };
}
