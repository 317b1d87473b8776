import { spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../src/start-sandbox.ts";
import { cardOnly, openHook, openSandbox, stripeFor } from "./sandbox-for-tests.ts";

const order = { amount: 2599, currency: "eur", ...cardOnly };

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("a restart keeps payments, saved answers and messages", async () => {
  const dataDir = await dataFolder();
  const first = await startSandbox({ port: 0, dataDir });
  const intent = await stripeFor(first).paymentIntents.create(order, { idempotencyKey: "order-1" });
  await stripeFor(first)
    .customers.create({ name: "gone" })
    .then(({ id }) => stripeFor(first).customers.del(id));
  const before = await (await fetch(`${first.url}/sandbox/state`)).json();
  await first.close();

  const second = await openSandbox({ dataDir });
  expect(await (await fetch(`${second.url}/sandbox/state`)).json()).toEqual(before);
  const stripe = stripeFor(second);
  expect((await stripe.paymentIntents.create(order, { idempotencyKey: "order-1" })).id).toBe(intent.id);
  expect(await stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" })).toMatchObject({
    status: "succeeded",
  });
});

test("an event that could not be delivered is delivered after the restart", async () => {
  const dataDir = await dataFolder();
  const hook = await openHook();
  hook.answer(503);
  const options = {
    port: 0,
    dataDir,
    webhookUrl: hook.url,
    webhookSecret: "whsec_shop",
    webhookRetryDelaysMs: [50, 50, 50, 50],
  };
  const first = await startSandbox({ ...options, webhookRetryDelaysMs: [60_000] });
  await stripeFor(first).customers.create({ name: "Ada" });
  await expect.poll(() => hook.received.length).toBe(1);
  await first.close();

  hook.answer(200);
  const later = Date.now() + 61_000;
  const second = await openSandbox({ ...options, nowMs: () => later });
  await expect.poll(() => hook.received.length).toBe(2);
  await expect.poll(async () => (await stripeFor(second).events.list()).data[0]?.pending_webhooks).toBe(0);
});

test("a payment left processing is settled after the restart", async () => {
  const dataDir = await dataFolder();
  const first = await startSandbox({ port: 0, dataDir, settleAfterMs: 60_000 });
  const { id } = await stripeFor(first).paymentIntents.create({
    ...order,
    payment_method: "pm_card_sandboxProcessing",
    confirm: true,
  });
  await first.close();
  const later = Date.now() + 61_000;
  const second = await openSandbox({ dataDir, nowMs: () => later });
  await expect.poll(async () => (await stripeFor(second).paymentIntents.retrieve(id)).status).toBe("succeeded");
});

test("a line torn by a crash is dropped, a damaged one is reported", async () => {
  const dataDir = await dataFolder();
  const first = await startSandbox({ port: 0, dataDir });
  const kept = await stripeFor(first).customers.create({ name: "kept" });
  await first.close();
  const journal = join(dataDir, "journal.jsonl");
  await appendFile(journal, '[["customers","cus_torn",{"id":"cus_');
  const second = await startSandbox({ port: 0, dataDir });
  expect((await stripeFor(second).customers.list()).data.map(({ id }) => id)).toEqual([kept.id]);
  await second.close();
  await appendFile(journal, "not json\n[]\n");
  await expect(startSandbox({ port: 0, dataDir })).rejects.toThrow(/damaged at line/);
});

test("a reset forgets everything but the configured webhook, on disk too", async () => {
  const dataDir = await dataFolder();
  const hook = await openHook();
  const { url, ...sandbox } = await openSandbox({ dataDir, webhookUrl: hook.url });
  const stripe = stripeFor(sandbox);
  await stripe.paymentIntents.create(order);
  expect((await fetch(`${url}/sandbox/reset`, { method: "POST" })).status).toBe(204);
  expect(await (await fetch(`${url}/sandbox/state`)).json()).toMatchObject({
    payment_intents: [],
    events: [],
    webhook_endpoints: [{ url: hook.url }],
  });
  expect(await readFile(join(dataDir, "journal.jsonl"), "utf8")).not.toContain("payment_intents");
});

test("the command says when it is ready, and stops cleanly when told", async () => {
  const main = new URL("../src/main.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [main, "--port", "0", "--data", await dataFolder()], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output).toMatch(/^ready$/m);
  const url = /http:\S+/.exec(output)?.[0] as string;
  expect((await fetch(`${url}/inbox/messages`)).status).toBe(200);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  expect(await exited).toBe(0);
});
