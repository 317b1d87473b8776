import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { runMain } from "@tradepost/service-runtime/config";
import { z } from "zod";
import { SigningKeys } from "./config.ts";
import {
  activateKey,
  prepareKey,
  publicPem,
  RotationRefused,
  retireKey,
  type SigningKey,
} from "./domain/signing-keys.ts";

const HELP = `Changes the keys that sign tokens, in three steps, without signing anybody out.

  node src/rotate-keys.ts STEP --file FILE

  status     says which keys there are
  prepare    makes a new key, which is published but does not sign yet. Give the gateway both public keys (JWT_KEY_ID_2 and
             JWT_PUBLIC_KEY_2, as printed) and the user service the new file, then go on
  activate   lets the new key sign; tokens of the old one stay valid
  retire     removes the old key, 24 hours later, when its last token has expired

  --file FILE   the secret that SIGNING_KEYS_FILE names, a JSON array of private keys; or the secrets.json of a local shop
  --force       retire at once: a key that was stolen. Whoever holds its tokens must sign in again
  --help        this text

The file is replaced as a whole. In a cluster: fetch the secret's value into a file, run the step, store the file as the
secret's next version; the user service reads the mounted secret again within seconds. Locally: npm stop, the step with
--file .local/secrets.json, npm start.`;

const STEPS = ["status", "prepare", "activate", "retire"] as const;
type Step = (typeof STEPS)[number];
const TOKEN_LIFE_MS = 86_400_000;
const LocalSecrets = z.looseObject({ signingKeys: SigningKeys });

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    file: { type: "string" },
    force: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

await runMain(async () => {
  const step = STEPS.find((each) => each === positionals[0]);
  if (values.help || !step || values.file === undefined) {
    console.log(HELP);
    if (!values.help) process.exitCode = 2;
    return;
  }
  try {
    rotate(step, values.file);
  } catch (error) {
    if (!(error instanceof RotationRefused)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
});

function rotate(step: Step, file: string): void {
  const stored: unknown = JSON.parse(readFileSync(file, "utf8"));
  const local = Array.isArray(stored) ? null : LocalSecrets.parse(stored);
  const before = local?.signingKeys ?? SigningKeys.parse(JSON.stringify(stored));
  const after = takeStep(step, before);
  if (after !== before) replaceFile(file, local ? localSecrets(local, after) : after);
  report(after);
}

function takeStep(step: Step, keys: readonly SigningKey[]): readonly SigningKey[] {
  const now = new Date();
  if (step === "prepare") return prepareKey(keys, now);
  if (step === "activate") return activateKey(keys, now);
  if (step === "retire") return retireKey(keys, now, { tokenLifeMs: TOKEN_LIFE_MS, force: values.force });
  return keys;
}

/** The local gateway's public keys lie in the same file. */
function localSecrets(secrets: object, keys: readonly SigningKey[]): object {
  const jwtPublicKeys = Object.fromEntries(keys.map((key) => [key.kid, publicPem(key)]));
  return { ...secrets, signingKeys: JSON.stringify(keys), jwtPublicKeys };
}

/** Never half a file: it is what everybody's sessions hang on. */
function replaceFile(file: string, content: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function report(keys: readonly SigningKey[]): void {
  for (const [index, key] of keys.entries()) {
    const state = key.state ?? (index === 0 ? "active" : "retiring");
    console.log(`${key.kid}: ${state}${key.since ? ` since ${key.since}` : ""}`);
  }
  console.log("\nFor the gateway, public:");
  for (const [index, key] of keys.entries())
    console.log(`JWT_KEY_ID_${index + 1}=${key.kid}\nJWT_PUBLIC_KEY_${index + 1}='${publicPem(key).trim()}'`);
}
