import { randomUUIDv7 } from "node:crypto";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { type LiveKeyRing, openKeyRing } from "@tradepost/key-ring/open-key-ring";
import { type Sandbox, startSandbox } from "@tradepost/sandbox/start-sandbox";
import { runProgram } from "@tradepost/testing/run-program";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { countByKey } from "../src/storage/sealed-secrets.ts";
import { type Stage, startStage } from "./payment-stage.ts";

const folder = mkdtempSync(join(tmpdir(), "kms-keys-"));
const file = join(folder, "keys");
const k1 = `k1:${Buffer.alloc(32, 1).toString("base64")}`;

let sandbox: Sandbox;
let awsEnv: Record<string, string>;
let kmsKeyId: string;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  awsEnv = {
    ...{ AWS_ENDPOINT_URL_KMS: sandbox.url, AWS_REGION: "eu-central-1" },
    ...{ AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "any" },
  };
  for (const [name, value] of Object.entries(awsEnv)) vi.stubEnv(name, value);
  const client = new KMSClient({});
  kmsKeyId = (await client.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? "";
  client.destroy();
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => {
  vi.unstubAllEnvs();
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** Runs a program of the service, which is told where KMS is. */
const run = (name: string, args: string[], env: Record<string, string> = {}) =>
  runProgram(new URL(`../src/${name}.ts`, import.meta.url), args, { ...awsEnv, ...env });
const wrapKey = (...args: string[]) => run("wrap-key", args);
const newEntry = async (id: string) => (await wrapKey("--kms-key-id", kmsKeyId, "--id", id)).stdout.trim();

const refuse = (operation: string) =>
  sandbox.faults.add({ target: "kms", kind: "status", status: 400, match: { path: `^/${operation}$` } });

describe("wrap-key", () => {
  it("prints an entry of the ring, other each time, that KMS unwraps for this service alone", async () => {
    const { code, stdout, stderr } = await wrapKey("--kms-key-id", kmsKeyId, "--id", "2026-11");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^2026-11:kms:[A-Za-z0-9+/]+=*\n$/);
    const open = (service: string) => openKeyRing("TOKEN_KEYS", { service, env: { TOKEN_KEYS: stdout } });
    const [key] = (await open("payment")).current();
    expect([key?.id, key?.key.length]).toEqual(["2026-11", 32]);
    await expect(open("user")).rejects.toThrow("InvalidCiphertextException");
    expect(await newEntry("2026-11")).not.toBe(stdout.trim());
  });

  it("never has the key in plain sight: it asks KMS for none", async () => {
    for (const operation of ["GenerateDataKey", "Decrypt", "Encrypt"]) refuse(operation);
    expect((await wrapKey("--kms-key-id", kmsKeyId, "--id", "k2")).code).toBe(0);
  });

  it("says what it does, and what it lacks", async () => {
    expect(await wrapKey("--help")).toMatchObject({ code: 0, stdout: expect.stringContaining("--kms-key-id KEY") });
    const missing = "--kms-key-id and --id are needed; --help tells the rest\n";
    expect(await wrapKey("--id", "k2")).toEqual({ code: 1, stdout: "", stderr: missing });
    const letters = "--id must have up to 40 letters, digits, _ . -\n";
    for (const id of ["a:b", "a,b", "x".repeat(41)])
      expect(await wrapKey("--kms-key-id", kmsKeyId, "--id", id)).toEqual({ code: 1, stdout: "", stderr: letters });
    const unknown = await wrapKey("--kms-key-id", randomUUIDv7(), "--id", "k2");
    expect(unknown).toEqual({ code: 1, stdout: "", stderr: "KMS made no key: NotFoundException\n" });
  });
});

describe("the payment service with wrapped keys", () => {
  let keys: LiveKeyRing;
  let stage: Stage;
  beforeAll(async () => {
    mountKeys(k1);
    const env = { TOKEN_KEYS_FILE: file };
    keys = await openKeyRing("TOKEN_KEYS", { service: "payment", env, pollMs: 3_600_000 });
    stage = await startStage(keys);
  });
  afterAll(async () => {
    keys.stop();
    await stage.stop();
  });

  function mountKeys(...entries: string[]): void {
    writeFileSync(`${file}.next`, entries.join("\n"));
    renameSync(`${file}.next`, file);
  }
  const reencrypt = () => run("reencrypt-tokens", [], { DATABASE_URL: stage.databaseUrl, TOKEN_KEYS_FILE: file });

  it("moves its secrets from a plain key to a wrapped one in the four steps", async () => {
    const orderId = randomUUIDv7();
    const { clientSecret } = (await stage.create(orderId)).json();
    const secretNow = async () => (await stage.create(orderId)).json().clientSecret;
    const k2 = await newEntry("k2");
    mountKeys(k1, k2);
    expect(await keys.refresh()).toBe(true);
    mountKeys(k2, k1);
    expect(await keys.refresh()).toBe(true);
    expect(await reencrypt()).toMatchObject({ code: 0, stdout: expect.stringContaining("1 secrets are now under k2") });
    mountKeys(k2);
    expect(await keys.refresh()).toBe(true);
    expect([await countByKey(stage.postgres), await secretNow()]).toEqual([[{ keyId: "k2", count: 1 }], clientSecret]);

    // Another replica is ahead: a secret under a key that this one learns of by the secret alone.
    const k3 = await newEntry("k3");
    mountKeys(k3, k2);
    expect((await reencrypt()).code).toBe(0);
    expect(keys.current().map(({ id }) => id)).toEqual(["k2"]);
    expect(await secretNow()).toBe(clientSecret);
    expect(keys.current().map(({ id }) => id)).toEqual(["k3", "k2"]);
  });

  it("does not start while KMS refuses, and says so; nor does the command", async () => {
    mountKeys(k1, await newEntry("k2"));
    refuse("Decrypt");
    const refused = "TOKEN_KEYS: KMS did not unwrap the key k2: AccessDeniedException\n";
    expect(await reencrypt()).toEqual({ code: 1, stdout: "", stderr: refused });
    const nowhere = "http://127.0.0.1:9";
    const settings = {
      ...{ PORT: "0", OPERATIONS_PORT: "0", INTERNAL_TOKEN_KEY: "k".repeat(32), TOKEN_KEYS_FILE: file },
      ...{ USER_SERVICE_URL: nowhere, TOKEN_ISSUER: nowhere, ALLOWED_ORIGINS: nowhere },
      ...{ DATABASE_URL: stage.databaseUrl, RABBITMQ_URL: "amqp://127.0.0.1:9", STRIPE_SECRET_KEY: "sk_test_shop" },
      ...{ STRIPE_PUBLISHABLE_KEY: "pk_test_shop", STRIPE_WEBHOOK_SECRET: "whsec_test" },
    };
    expect(await run("main", [], settings)).toMatchObject({ code: 1, stderr: refused });
  });
});
