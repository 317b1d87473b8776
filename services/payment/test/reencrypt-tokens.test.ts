import { randomUUIDv7 } from "node:crypto";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LiveKeyRing, openKeyRing } from "@tradepost/key-ring/open-key-ring";
import { createVault } from "@tradepost/key-ring/vault";
import { runProgram } from "@tradepost/testing/run-program";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { countByKey } from "../src/storage/sealed-secrets.ts";
import { reencryptTokens } from "../src/use-cases/reencrypt-tokens.ts";
import { ringOf, type Stage, startStage } from "./payment-stage.ts";

const COMMAND = new URL("../src/reencrypt-tokens.ts", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "token-keys-"));
const file = join(folder, "keys");
const keyOf = (id: string) => `${id}:${Buffer.alloc(32, id).toString("base64")}`;
const ringKeyOf = (id: string) => ({ id, key: Buffer.alloc(32, id) });

/** As a mounted secret changes: by a rename, at once. */
function mountKeys(...ids: string[]): void {
  writeFileSync(`${file}.next`, ids.map(keyOf).join("\n"));
  renameSync(`${file}.next`, file);
}

let stage: Stage;
let keys: LiveKeyRing;
beforeAll(async () => {
  mountKeys("k1");
  keys = await openKeyRing("TOKEN_KEYS", { service: "payment", env: { TOKEN_KEYS_FILE: file }, pollMs: 20 });
  stage = await startStage(keys);
});
afterEach(async () => {
  await stage.postgres.query("DELETE FROM payments");
  mountKeys("k1");
  await keys.refresh();
});
afterAll(async () => {
  keys.stop();
  await stage.stop();
  rmSync(folder, { recursive: true });
});

const runCommand = (...args: string[]) =>
  runProgram(COMMAND, args, { DATABASE_URL: stage.databaseUrl, TOKEN_KEYS_FILE: file });

const usedKeys = async () => (await countByKey(stage.postgres)).map(({ keyId }) => keyId);
/** Puts one payment's sealed client secret into another's row. */
const moveSecret = (fromOrderId: string, toOrderId: string) =>
  stage.postgres.query(
    `UPDATE payments AS other SET client_secret = own.client_secret, secret_key_id = own.secret_key_id
     FROM payments AS own WHERE own.order_id = $1 AND other.order_id = $2`,
    [fromOrderId, toOrderId],
  );
const secretOf = async (orderId: string) => (await stage.create(orderId)).json().clientSecret;

/** Makes payments and reads them again until told to stop; gives each order's client secret and every failed answer. */
function keepPaying() {
  const secrets = new Map<string, string>();
  const failures: string[] = [];
  let running = true;
  const pay = async () => {
    while (running) {
      const orderId = randomUUIDv7();
      const made = await stage.create(orderId);
      const read = await stage.create(orderId);
      if (made.statusCode !== 200 || read.statusCode !== 200) failures.push(made.body, read.body);
      else if (made.json().clientSecret !== read.json().clientSecret) failures.push(`${orderId} differs`);
      else secrets.set(orderId, made.json().clientSecret);
    }
  };
  const workers = Promise.all([pay(), pay(), pay()]);
  const stop = async () => {
    running = false;
    await workers;
  };
  return { secrets, failures, stop };
}

it("changes the key of every payment while the service takes and reads payments, without a failed request", async () => {
  const load = keepPaying();
  await waitFor(() => load.secrets.size >= 20, { timeoutMs: 30_000, what: "payments under the old key" });

  mountKeys("k1", "k2");
  await waitFor(() => keys.current().length === 2, { timeoutMs: 30_000, what: "the service to know both keys" });
  mountKeys("k2", "k1");
  await waitFor(() => keys.current()[0]?.id === "k2", { timeoutMs: 30_000, what: "the service to use the new key" });
  await waitFor(
    async () => {
      expect((await runCommand("--batch", "7")).code).toBe(0);
      return (await usedKeys()).join() === "k2";
    },
    { timeoutMs: 60_000, what: "no payment to be under the old key" },
  );
  mountKeys("k2");
  await waitFor(() => keys.current().length === 1, { timeoutMs: 30_000, what: "the service to forget the old key" });

  await load.stop();
  expect(load.failures).toEqual([]);
  for (const [orderId, secret] of load.secrets) expect(await secretOf(orderId)).toBe(secret);
}, 120_000);

it("goes on where it was stopped, and tells how far it is", async () => {
  const orderIds = Array.from({ length: 10 }, () => randomUUIDv7());
  for (const orderId of orderIds) await stage.create(orderId);
  mountKeys("k2", "k1");
  const stopped = new Error("stopped");
  const work = reencryptTokens({
    sql: stage.postgres,
    transact: stage.postgres.transact,
    vault: createVault(ringOf(ringKeyOf("k2"), ringKeyOf("k1"))),
  });
  const onProgress = ({ done }: { done: number }) => {
    if (done === 6) throw stopped;
  };
  await expect(work({ batchSize: 3, onProgress })).rejects.toBe(stopped);
  expect(await countByKey(stage.postgres)).toEqual([
    { keyId: "k1", count: 4 },
    { keyId: "k2", count: 6 },
  ]);

  const { code, stdout } = await runCommand("--batch", "3");
  expect(code).toBe(0);
  expect(stdout.split("\n")).toEqual(["3 of 4", "4 of 4", "4 secrets are now under k2", "10 under k2", ""]);
});

it("re-encrypts all it can read, names the others, and exits with 1", async () => {
  const [lost, damaged, moved, fine] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
  for (const orderId of [lost, damaged, moved, fine]) await stage.create(orderId);
  const fineSecret = await secretOf(fine);
  await stage.postgres.query("UPDATE payments SET secret_key_id = 'k0' WHERE order_id = $1", [lost]);
  await stage.postgres.query("UPDATE payments SET client_secret = client_secret || '\\x00' WHERE order_id = $1", [
    damaged,
  ]);
  await moveSecret(fine, moved);
  mountKeys("k2", "k1");
  const { code, stdout, stderr } = await runCommand();
  expect(code).toBe(1);
  expect(stdout).toContain("1 secrets are now under k2");
  expect(stderr).toContain(lost);
  expect(stderr).toContain(damaged);
  expect(stderr).toContain(moved);
  expect(stderr).not.toContain(fine);
  await keys.refresh();
  expect(await secretOf(fine)).toBe(fineSecret);
});

it("S10: a sealed client secret opens for its order alone", async () => {
  const [own, other] = [randomUUIDv7(), randomUUIDv7()];
  for (const orderId of [own, other]) await stage.create(orderId);
  await moveSecret(own, other);
  expect((await stage.create(own)).statusCode).toBe(200);
  expect((await stage.create(other)).statusCode).toBe(500);
});

it("says what it does, counts without changing anything, and refuses what it cannot use", async () => {
  await stage.create();
  mountKeys("k2", "k1");
  expect((await runCommand("--help")).stdout).toContain("--batch N");
  expect(await runCommand("--count")).toMatchObject({ code: 0, stdout: "1 under k1\n" });
  expect(await usedKeys()).toEqual(["k1"]);
  expect(await runCommand("--batch", "0")).toMatchObject({ code: 1, stderr: "--batch must be 1 to 5000\n" });
  writeFileSync(file, "k2:short");
  const { code, stderr } = await runCommand();
  expect([code, stderr]).toEqual([
    1,
    "TOKEN_KEYS: must be id:key pairs with keys of 32 bytes in base64, or id:kms:key with what KMS wrapped\n",
  ]);
});
