import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  KMSClient,
  KMSServiceException,
} from "@aws-sdk/client-kms";
import { describe, expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../src/start-sandbox.ts";
import { openSandbox } from "./sandbox-for-tests.ts";

const EncryptionContext = { service: "payment", keyId: "k1" };

/** The official client, pointed at a sandbox, that asks once. */
function clientOf({ url }: { url: string }): KMSClient {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "any" };
  const kms = new KMSClient({ endpoint: url, region: "eu-central-1", maxAttempts: 1, credentials });
  onTestFinished(() => kms.destroy());
  return kms;
}

/** A new sandbox with a key. */
async function openKms() {
  const sandbox = await openSandbox();
  const kms = clientOf(sandbox);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  return { sandbox, kms, KeyId: KeyMetadata?.KeyId ?? "", arn: KeyMetadata?.Arn ?? "" };
}

/** The name of the exception that a call ends with. */
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => "accepted",
    (error) => (error instanceof KMSServiceException ? error.name : String(error)),
  );

describe("KMS", () => {
  test("encrypts and decrypts under a key, named by its id, its ARN, or by the ciphertext alone", async () => {
    const { kms, KeyId, arn } = await openKms();
    expect(arn).toBe(`arn:aws:kms:eu-central-1:000000000000:key/${KeyId}`);
    const Plaintext = Buffer.from("a data key");
    const made = await kms.send(new EncryptCommand({ KeyId: arn, Plaintext, EncryptionContext }));
    expect([made.KeyId, made.EncryptionAlgorithm]).toEqual([arn, "SYMMETRIC_DEFAULT"]);
    expect(Buffer.from(made.CiphertextBlob ?? []).includes("a data key")).toBe(false);
    for (const named of [{}, { KeyId }, { KeyId: arn }]) {
      const { CiphertextBlob } = made;
      const opened = await kms.send(new DecryptCommand({ ...named, CiphertextBlob, EncryptionContext }));
      expect([Buffer.from(opened.Plaintext ?? []).toString(), opened.KeyId]).toEqual(["a data key", arn]);
    }
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({ KeyId, Arn: arn, KeyState: "Enabled", CreationDate: expect.any(Date) });
  });

  test("makes data keys, with their plaintext or without", async () => {
    const { kms, KeyId } = await openKms();
    const spec = { KeyId, KeySpec: "AES_256" as const, EncryptionContext };
    const open = async (CiphertextBlob?: Uint8Array) =>
      Buffer.from((await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))).Plaintext ?? []);
    const shown = await kms.send(new GenerateDataKeyCommand(spec));
    expect(await open(shown.CiphertextBlob)).toEqual(Buffer.from(shown.Plaintext ?? []));
    const hidden = await kms.send(new GenerateDataKeyWithoutPlaintextCommand(spec));
    expect(hidden).not.toHaveProperty("Plaintext");
    expect((await open(hidden.CiphertextBlob)).length).toBe(32);
    const short = await kms.send(new GenerateDataKeyCommand({ KeyId, NumberOfBytes: 20, EncryptionContext }));
    expect(short.Plaintext?.length).toBe(20);
    expect(await refusalOf(kms.send(new GenerateDataKeyCommand({ KeyId })))).toBe("ValidationException");
  });

  test("decrypts nothing under another context, key or changed byte", async () => {
    const { kms, KeyId } = await openKms();
    const { KeyMetadata: other } = await kms.send(new CreateKeyCommand({}));
    const made = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from("x"), EncryptionContext }));
    const blob = Buffer.from(made.CiphertextBlob ?? []);
    const decrypt = (CiphertextBlob: Buffer, more: object = {}) =>
      refusalOf(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, ...more })));
    const reversed = { keyId: "k1", service: "payment" };
    expect(await decrypt(blob, { EncryptionContext: reversed })).toBe("accepted");
    for (const context of [undefined, {}, { service: "payment" }, { service: "user", keyId: "k1" }])
      expect(await decrypt(blob, { EncryptionContext: context })).toBe("InvalidCiphertextException");
    for (const at of [0, 1, 20, 30, blob.length - 1]) {
      const changed = Buffer.from(blob);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(await decrypt(changed)).toBe("InvalidCiphertextException");
    }
    expect(await decrypt(blob.subarray(0, 20))).toBe("InvalidCiphertextException");
    expect(await decrypt(blob, { KeyId: other?.KeyId })).toBe("IncorrectKeyException");
    expect(await decrypt(blob, { KeyId: "3f1c0000-0000-4000-8000-000000000000" })).toBe("NotFoundException");
  });

  test("keeps its keys over a restart, and forgets them at a reset", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "sandbox-kms-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true }));
    const first = await startSandbox({ port: 0, dataDir });
    const before = clientOf(first);
    const { KeyMetadata } = await before.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId ?? "";
    const made = await before.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256", EncryptionContext }));
    await first.close();

    const sandbox = await openSandbox({ dataDir });
    const kms = clientOf(sandbox);
    const { CiphertextBlob } = made;
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    expect(Plaintext).toEqual(made.Plaintext);
    await fetch(`${sandbox.url}/sandbox/reset`, { method: "POST" });
    expect(await refusalOf(kms.send(new DescribeKeyCommand({ KeyId })))).toBe("NotFoundException");
  });

  test("wants a signature for kms, a known operation and JSON", async () => {
    const { sandbox } = await openKms();
    const scope = "AWS4-HMAC-SHA256 Credential=AKID/20261124/eu-central-1";
    const signed = `${scope}/kms/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`;
    const post = async (headers: Record<string, string>, body = "{}") => {
      const type = { "content-type": "application/x-amz-json-1.1" };
      const answer = await fetch(sandbox.url, { method: "POST", headers: { ...type, ...headers }, body });
      return [answer.status, ((await answer.json()) as { __type: string }).__type];
    };
    const target = { "x-amz-target": "TrentService.CreateKey" };
    expect(await post(target)).toEqual([400, "MissingAuthenticationTokenException"]);
    const forS3 = signed.replace("/kms/", "/s3/");
    expect(await post({ ...target, authorization: forS3 })).toEqual([400, "IncompleteSignatureException"]);
    const unknown = { "x-amz-target": "TrentService.Sign", authorization: signed };
    expect(await post(unknown)).toEqual([400, "UnknownOperationException"]);
    expect(await post({ ...target, authorization: signed }, "{")).toEqual([400, "SerializationException"]);
  });

  test.each([
    [{ kind: "status", status: 400 }, "AccessDeniedException"],
    [{ kind: "status", status: 429 }, "ThrottlingException"],
    [{ kind: "status", status: 500 }, "KMSInternalException"],
  ] as const)("told to fail with %j, fails as KMS does, by operation", async (fault, name) => {
    const { sandbox, kms, KeyId } = await openKms();
    sandbox.faults.add({ target: "kms", match: { path: "^/Encrypt$" }, ...fault });
    const encrypt = new EncryptCommand({ KeyId, Plaintext: Buffer.from("x") });
    expect(await refusalOf(kms.send(encrypt))).toBe(name);
    expect(await refusalOf(kms.send(new DescribeKeyCommand({ KeyId })))).toBe("accepted");
  });

  test("told to send garbage, is not understood by the client", async () => {
    const { sandbox, kms, KeyId } = await openKms();
    sandbox.faults.add({ target: "kms", kind: "garbage", match: { path: "/Describe" } });
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toThrow(SyntaxError);
  });
});
