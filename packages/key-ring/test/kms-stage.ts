import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateKeyCommand, EncryptCommand, KMSClient } from "@aws-sdk/client-kms";
import { startSandbox } from "@tradepost/sandbox/start-sandbox";
import { onTestFinished, vi } from "vitest";

/** The sandbox as KMS with one key, and the environment by which the SDK finds it. */
export async function startKms() {
  const sandbox = await startSandbox({ port: 0 });
  const env = {
    ...{ AWS_ENDPOINT_URL_KMS: sandbox.url, AWS_REGION: "eu-central-1" },
    ...{ AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "any" },
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  // What whoever runs the tests has configured is not meant.
  vi.stubEnv("AWS_PROFILE", undefined);
  for (const name of ["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"]) vi.stubEnv(name, "/nowhere");
  const client = new KMSClient({});
  const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
  const kmsKeyId = KeyMetadata?.KeyId ?? "";
  return {
    ...{ env, kmsKeyId, faults: sandbox.faults },
    /** An entry as an operator would make it of a key that is known here. */
    wrap: async (id: string, key: Buffer, context: Record<string, string> = { service: "payment", keyId: id }) => {
      const encrypt = new EncryptCommand({ KeyId: kmsKeyId, Plaintext: key, EncryptionContext: context });
      const { CiphertextBlob } = await client.send(encrypt);
      return `${id}:kms:${Buffer.from(CiphertextBlob ?? []).toString("base64")}`;
    },
    stop: async () => {
      vi.unstubAllEnvs();
      client.destroy();
      await sandbox.close();
    },
  };
}

/** A file of entries that is replaced at once, as mounted secrets are. */
export function mountedRing(...entries: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "key-ring-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "keys");
  const mount = (...next: string[]) => {
    writeFileSync(`${file}.next`, next.join("\n"));
    renameSync(`${file}.next`, file);
  };
  mount(...entries);
  return { mount, env: { TOKEN_KEYS_FILE: file } };
}
