import { randomUUID } from "node:crypto";
import type { MailProvider } from "@tradepost/mail/mail-provider";
import { type Sandbox, startSandbox } from "@tradepost/sandbox/start-sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createMailProvider } from "../../src/clients/sendgrid.ts";
import { addFault, inboxOf } from "../sandbox-client.ts";

const mail = { subject: "Your order", text: "Thank you", html: "<p>Thank you</p>" };
const options = {
  apiKey: "SG.test",
  from: { email: "shop@example.com", name: "Tradepost" },
  timeoutMs: 20_000,
};

let sandbox: Sandbox;
let provider: MailProvider;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  provider = createMailProvider({ ...options, baseUrl: sandbox.url });
});
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

describe("SendGrid", () => {
  it("takes a mail, and can be asked whether it did", async () => {
    const [to, reference] = [`${randomUUID()}@example.com`, `${randomUUID()}:order-confirmed`];
    expect(await provider.wasAccepted(reference)).toBe(false);
    await provider.send(to, mail, reference);
    expect(await provider.wasAccepted(reference)).toBe(true);
    expect(await inboxOf(sandbox, to)).toMatchObject([{ channel: "email", to, ...mail }]);
  });

  it("refuses an address for good, which no later attempt can change", async () => {
    const error = await provider.send("not an address", mail, randomUUID()).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: "RecipientRefused", message: "SendGrid refuses the address" });
  });

  it.each([
    ["the shop's own address", { email: "shop", name: "Tradepost" }, "SG.test"],
    ["the shop's key", { email: "shop@example.com", name: "Tradepost" }, "SG."],
  ])("refuses %s, which is no fault of the recipient and not worth waiting for", async (_, from, apiKey) => {
    const misled = createMailProvider({ ...options, baseUrl: sandbox.url, apiKey, from });
    const error = await misled.send("ada@example.com", mail, randomUUID()).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: "NotAccepted" });
    expect(error).not.toHaveProperty("unavailable");
    createMailProvider({ ...options, baseUrl: sandbox.url });
  });

  it.each([
    ["has a fault", { kind: "status", status: 503 }],
    ["wants fewer calls", { kind: "status", status: 429 }],
    ["cuts the connection", { kind: "reset" }],
  ])("that %s is worth waiting for", async (_, fault) => {
    await addFault(sandbox, { target: "sendgrid", ...fault, times: 1 });
    await expect(provider.send("ada@example.com", mail, randomUUID())).rejects.toMatchObject({ unavailable: true });
  });

  it("that is silent is worth waiting for", async () => {
    await addFault(sandbox, { target: "sendgrid", kind: "delay", ms: 60_000, times: 1 });
    const impatient = createMailProvider({ ...options, timeoutMs: 500, baseUrl: sandbox.url });
    await expect(impatient.send("ada@example.com", mail, randomUUID())).rejects.toMatchObject({ unavailable: true });
    createMailProvider({ ...options, baseUrl: sandbox.url });
  });

  it("that cannot be reached surely took nothing", async () => {
    const away = createMailProvider({ ...options, baseUrl: "http://127.0.0.1:1" });
    await expect(away.send("ada@example.com", mail, randomUUID())).rejects.toMatchObject({
      ...{ name: "NotAccepted", unavailable: true },
    });
    createMailProvider({ ...options, baseUrl: sandbox.url });
  });

  it("can be asked after it took a mail and its answer was lost", async () => {
    const reference = randomUUID();
    await addFault(sandbox, { target: "sendgrid", kind: "reset", when: "after", times: 1 });
    await expect(provider.send("ada@example.com", mail, reference)).rejects.toMatchObject({ unavailable: true });
    expect(await provider.wasAccepted(reference)).toBe(true);
  });
});
