import { randomUUID } from "node:crypto";
import { type Sandbox, startSandbox } from "@tradepost/sandbox/start-sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { MailProvider } from "../src/mail-provider.ts";
import { createSendgrid } from "../src/sendgrid.ts";

const mail = { subject: "Your account", text: "Hello", html: "<p>Hello</p>" };
const options = { apiKey: "SG.test", from: { email: "shop@example.com", name: "Tradepost" }, timeoutMs: 20_000 };

let sandbox: Sandbox;
let provider: MailProvider;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  provider = createSendgrid({ ...options, baseUrl: sandbox.url });
});
afterEach(() => {
  sandbox.faults.clear();
  provider = createSendgrid({ ...options, baseUrl: sandbox.url });
});
afterAll(() => sandbox.close());

const addFault = (fault: object) =>
  fetch(`${sandbox.url}/sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ target: "sendgrid", times: 1, ...fault }),
  });
const failureOf = (work: Promise<unknown>) => work.then(String, (error: Error) => error);

describe("SendGrid", () => {
  it("takes a mail, and can be asked whether it did", async () => {
    const [to, reference] = [`${randomUUID()}@example.com`, randomUUID()];
    expect(await provider.wasAccepted(reference)).toBe(false);
    await provider.send(to, mail, reference);
    expect(await provider.wasAccepted(reference)).toBe(true);
    const { items } = (await (await fetch(`${sandbox.url}/inbox/messages?to=${to}`)).json()) as { items: unknown[] };
    expect(items).toMatchObject([{ channel: "email", to, ...mail }]);
  });

  it("refuses an address for good", async () => {
    expect(await failureOf(provider.send("not an address", mail, randomUUID()))).toMatchObject({
      name: "RecipientRefused",
    });
  });

  it("surely took nothing when it refuses the key, wants fewer calls, or cannot be reached", async () => {
    await addFault({ kind: "status", status: 429 });
    expect(await failureOf(provider.send("ada@example.com", mail, randomUUID()))).toMatchObject({ code: "429" });
    const misled = createSendgrid({ ...options, apiKey: "wrong", baseUrl: sandbox.url });
    expect(await failureOf(misled.send("ada@example.com", mail, randomUUID()))).toMatchObject({ name: "NotAccepted" });
    const away = createSendgrid({ ...options, baseUrl: "http://127.0.0.1:1" });
    expect(await failureOf(away.send("ada@example.com", mail, randomUUID()))).toMatchObject({ name: "NotAccepted" });
  });

  it.each([
    ["has a fault", { kind: "status", status: 503 }],
    ["cuts the connection", { kind: "reset" }],
  ])("may have taken a mail when it %s", async (_, fault) => {
    await addFault(fault);
    const failure = await failureOf(provider.send("ada@example.com", mail, randomUUID()));
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toMatchObject({ name: expect.stringMatching(/NotAccepted|RecipientRefused/) });
  });

  it("can be asked after it took a mail and its answer was lost", async () => {
    const reference = randomUUID();
    await addFault({ kind: "timeoutAfterEffect" });
    const impatient = createSendgrid({ ...options, timeoutMs: 2_000, baseUrl: sandbox.url });
    expect(await failureOf(impatient.send("ada@example.com", mail, reference))).toBeInstanceOf(Error);
    provider = createSendgrid({ ...options, baseUrl: sandbox.url });
    expect(await provider.wasAccepted(reference)).toBe(true);
  });
});
