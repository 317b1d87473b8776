import { randomUUID } from "node:crypto";
import { type Sandbox, startSandbox } from "@tradepost/sandbox/start-sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createSendgrid } from "../../src/clients/sendgrid.ts";
import type { MailProvider } from "../../src/use-cases/notify-shopper.ts";

const mail = { subject: "Your order", text: "Thank you", html: "<p>Thank you</p>" };

let sandbox: Sandbox;
let provider: MailProvider;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  const from = { email: "shop@example.com", name: "Tradepost" };
  provider = createSendgrid({ baseUrl: sandbox.url, apiKey: "SG.test", from, timeoutMs: 1_000 });
});
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

const addFault = async (fault: object) => {
  const body = JSON.stringify({ target: "sendgrid", ...fault });
  await fetch(`${sandbox.url}/sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
};
const inboxOf = async (to: string) => {
  const response = await fetch(`${sandbox.url}/inbox/messages?to=${to}`);
  return ((await response.json()) as { items: unknown[] }).items;
};

describe("SendGrid", () => {
  it("takes a mail, and can be asked whether it did", async () => {
    const [to, reference] = [`${randomUUID()}@example.com`, `${randomUUID()}:order-confirmed`];
    expect(await provider.wasAccepted(reference)).toBe(false);
    await provider.send(to, mail, reference);
    expect(await provider.wasAccepted(reference)).toBe(true);
    expect(await inboxOf(to)).toMatchObject([{ channel: "email", to, ...mail }]);
  });

  it("refuses a mail for good, which is not worth waiting for", async () => {
    const error = await provider.send("not an address", mail, randomUUID()).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: "MailRefused" });
    expect(error).not.toHaveProperty("unavailable");
  });

  it.each([
    ["has a fault", { kind: "status", status: 503 }],
    ["wants fewer calls", { kind: "status", status: 429 }],
    ["cuts the connection", { kind: "reset" }],
    ["is silent", { kind: "delay", ms: 5_000 }],
  ])("that %s is worth waiting for", async (_, fault) => {
    await addFault({ ...fault, times: 1 });
    await expect(provider.send("ada@example.com", mail, randomUUID())).rejects.toMatchObject({ unavailable: true });
  });

  it("that cannot be reached surely took nothing", async () => {
    const from = { email: "shop@example.com", name: "Tradepost" };
    const away = createSendgrid({ baseUrl: "http://127.0.0.1:1", apiKey: "SG.test", from, timeoutMs: 1_000 });
    await expect(away.send("ada@example.com", mail, randomUUID())).rejects.toMatchObject({
      ...{ name: "MailRefused", unavailable: true },
    });
    createSendgrid({ baseUrl: sandbox.url, apiKey: "SG.test", from, timeoutMs: 1_000 });
  });

  it("can be asked after it took a mail and its answer was lost", async () => {
    const reference = randomUUID();
    await addFault({ kind: "timeoutAfterEffect", times: 1 });
    await expect(provider.send("ada@example.com", mail, reference)).rejects.toMatchObject({ unavailable: true });
    expect(await provider.wasAccepted(reference)).toBe(true);
  });
});
