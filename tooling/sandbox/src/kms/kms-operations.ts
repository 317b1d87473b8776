import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Store } from "../storage/store.ts";
import { KmsError } from "./kms-error.ts";
import { decryptUnder, encryptUnder, type KmsKey, keyIdOf, newKmsKey } from "./kms-key.ts";

export type KmsCall = { store: Store; region: string; nowMs: number };
type Operation = (call: KmsCall, input: unknown) => object;

const bytes = (maxBytes: number) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, "base64"))
    .refine(({ length }) => length >= 1 && length <= maxBytes, `must have 1 to ${maxBytes} bytes`);
const EncryptionContext = z.record(z.string(), z.string()).default({});
const KeyId = z.string().min(1);
const algorithm = "SYMMETRIC_DEFAULT";

const EncryptInput = z.object({ KeyId, Plaintext: bytes(4096), EncryptionContext });
const DecryptInput = z.object({ KeyId: KeyId.optional(), CiphertextBlob: bytes(6144), EncryptionContext });
const DataKeyInput = z
  .object({
    KeyId,
    KeySpec: z.enum(["AES_256", "AES_128"]).optional(),
    NumberOfBytes: z.int().min(1).max(1024).optional(),
    EncryptionContext,
  })
  .refine(({ KeySpec, NumberOfBytes }) => (KeySpec === undefined) !== (NumberOfBytes === undefined), {
    error: "Please specify either number of bytes or key spec.",
  });

/** The operations by the names that follow `TrentService.` in `X-Amz-Target`. */
export const operations: Record<string, Operation> = {
  CreateKey: ({ store, region, nowMs }) => {
    const key = newKmsKey(region, nowMs);
    store.put("kms_keys", key);
    store.commit();
    return { KeyMetadata: describe(key) };
  },
  DescribeKey: (call, input) => ({ KeyMetadata: describe(find(call, read(z.object({ KeyId }), input).KeyId)) }),
  Encrypt: (call, input) => {
    const { KeyId: wanted, Plaintext, EncryptionContext: context } = read(EncryptInput, input);
    const key = find(call, wanted);
    const blob = encryptUnder(key, Plaintext, context);
    return { CiphertextBlob: blob.toString("base64"), KeyId: key.arn, EncryptionAlgorithm: algorithm };
  },
  Decrypt: (call, input) => {
    const { KeyId: wanted, CiphertextBlob, EncryptionContext: context } = read(DecryptInput, input);
    const key = call.store.get("kms_keys", keyIdOf(CiphertextBlob));
    if (!key) throw new KmsError("InvalidCiphertextException");
    if (wanted !== undefined && find(call, wanted).id !== key.id)
      throw new KmsError(
        "IncorrectKeyException",
        "The key ID in the request does not identify a CMK that can perform this operation.",
      );
    const plaintext = decryptUnder(key, CiphertextBlob, context);
    return { Plaintext: plaintext.toString("base64"), KeyId: key.arn, EncryptionAlgorithm: algorithm };
  },
  GenerateDataKey: (call, input) => {
    const { plaintext, ...answer } = generate(call, input);
    return { ...answer, Plaintext: plaintext.toString("base64") };
  },
  GenerateDataKeyWithoutPlaintext: (call, input) => {
    const { plaintext: _kept, ...answer } = generate(call, input);
    return answer;
  },
};

function generate(call: KmsCall, input: unknown) {
  const { KeyId: wanted, KeySpec, NumberOfBytes, EncryptionContext: context } = read(DataKeyInput, input);
  const key = find(call, wanted);
  const plaintext = randomBytes(NumberOfBytes ?? (KeySpec === "AES_128" ? 16 : 32));
  return { plaintext, CiphertextBlob: encryptUnder(key, plaintext, context).toString("base64"), KeyId: key.arn };
}

/** A key is named by its id or its ARN. */
function find({ store, region }: KmsCall, keyId: string): KmsKey {
  const key = store.get("kms_keys", keyId.slice(keyId.lastIndexOf("/") + 1));
  if (key && (keyId === key.id || keyId === key.arn)) return key;
  const arn = keyId.startsWith("arn:") ? keyId : `arn:aws:kms:${region}:000000000000:key/${keyId}`;
  throw new KmsError("NotFoundException", `Key '${arn}' does not exist`);
}

function describe({ id, arn, createdAt }: KmsKey) {
  return {
    ...{ AWSAccountId: "000000000000", KeyId: id, Arn: arn, CreationDate: Date.parse(createdAt) / 1000 },
    ...{ Enabled: true, KeyState: "Enabled", KeyUsage: "ENCRYPT_DECRYPT", KeySpec: algorithm, KeyManager: "CUSTOMER" },
    ...{ EncryptionAlgorithms: [algorithm], Origin: "AWS_KMS", MultiRegion: false, Description: "" },
  };
}

function read<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new KmsError("ValidationException", z.prettifyError(result.error));
}
