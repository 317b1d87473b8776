import { parseArgs } from "node:util";
import { ConfigError, runMain } from "@tradepost/service-runtime/config";
import { KeyRingText } from "./key-ring-text.ts";
import { lazyKms } from "./kms.ts";
import { reasonOf } from "./unwrap-keys.ts";

const helpOf = (
  service: string,
  setting: string,
) => `Makes a new key for ${setting} that only AWS KMS can unwrap, and prints its entry.

  node src/wrap-key.ts --kms-key-id KEY --id ID

  --kms-key-id KEY   the KMS key to wrap it under: an id, an ARN or an alias (alias/…)
  --id ID            the new key's id in ${setting}: up to 40 letters, digits, _ . -
  --help             this text

Environment: credentials and region as the AWS SDK finds them (AWS_PROFILE, AWS_REGION, …), AWS_ENDPOINT_URL_KMS.
Needs kms:GenerateDataKeyWithoutPlaintext; the ${service} service needs kms:Decrypt, both with the encryption context
service=${service}, keyId=ID. The key itself is shown to nobody: KMS unwraps it for the running service alone.`;

/** Runs a service's `wrap-key` command: prints the entry that is put into the setting. */
export async function runWrapKey(service: string, setting: string): Promise<void> {
  const { values } = parseArgs({
    options: { "kms-key-id": { type: "string" }, id: { type: "string" }, help: { type: "boolean", default: false } },
  });
  await runMain(async () => {
    if (values.help) return console.log(helpOf(service, setting));
    const { id, "kms-key-id": kmsKeyId } = values;
    if (!id || !kmsKeyId) throw new ConfigError("--kms-key-id and --id are needed; --help tells the rest");
    console.log(await wrapKey(kmsKeyId, { service, keyId: id }));
  });
}

async function wrapKey(kmsKeyId: string, context: { service: string; keyId: string }): Promise<string> {
  const entryOf = (wrapped: Buffer) => `${context.keyId}:kms:${wrapped.toString("base64")}`;
  if (!KeyRingText.safeParse(entryOf(Buffer.of(0))).success)
    throw new ConfigError("--id must have up to 40 letters, digits, _ . -");
  try {
    const kms = await lazyKms()();
    return entryOf(await kms.makeWrappedKey(kmsKeyId, context));
  } catch (cause) {
    throw new ConfigError(`KMS made no key: ${reasonOf(cause)}`, { cause });
  }
}
