import { ConfigError } from "@tradepost/service-runtime/config";

/** Bound to each wrapped key: KMS unwraps it for no other service and under no other id. */
export type KeyContext = { service: string; keyId: string };

export interface Kms {
  /** Makes a data key that never leaves KMS in plain sight: 32 bytes, wrapped under the KMS key. */
  makeWrappedKey: (kmsKeyId: string, context: KeyContext) => Promise<Buffer>;
  unwrap: (wrapped: Buffer, context: KeyContext) => Promise<Buffer>;
}

const CONNECT_MS = 2_000;
const ANSWER_MS = 3_000;
const MAX_ATTEMPTS = 3;

/**
 * AWS KMS by the SDK's default chains: credentials (Pod Identity in the cluster), region, and `AWS_ENDPOINT_URL_KMS`. The
 * SDK is loaded at the first use. An attempt takes 3 s at most, a call three; they throw the SDK's exceptions.
 */
export function lazyKms(): () => Promise<Kms> {
  let kms: Promise<Kms> | undefined;
  return () => (kms ??= connect());
}

async function connect(): Promise<Kms> {
  const { DecryptCommand, GenerateDataKeyWithoutPlaintextCommand, KMSClient } = await import("@aws-sdk/client-kms");
  const client = new KMSClient({
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
  });
  await client.config.region().catch((cause: unknown) => {
    throw new ConfigError("AWS_REGION is missing", { cause });
  });
  return {
    makeWrappedKey: async (kmsKeyId, context) => {
      const { CiphertextBlob } = await client.send(
        new GenerateDataKeyWithoutPlaintextCommand({
          ...{ KeyId: kmsKeyId, KeySpec: "AES_256", EncryptionContext: context },
        }),
      );
      return bytesOf(CiphertextBlob);
    },
    unwrap: async (wrapped, context) => {
      const { Plaintext } = await client.send(
        new DecryptCommand({ CiphertextBlob: wrapped, EncryptionContext: context }),
      );
      return bytesOf(Plaintext);
    },
  };
}

function bytesOf(answer: Uint8Array | undefined): Buffer {
  if (!answer) throw new Error("KMS answered without the key");
  return Buffer.from(answer);
}
