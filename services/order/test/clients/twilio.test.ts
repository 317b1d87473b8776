import { randomInt } from "node:crypto";
import { type Sandbox, startSandbox } from "@tradepost/sandbox/start-sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTwilio } from "../../src/clients/twilio.ts";
import type { SmsProvider } from "../../src/use-cases/text-shopper.ts";
import { addFault, inboxOf } from "../sandbox-client.ts";

const options = { accountSid: `AC${"0".repeat(32)}`, authToken: "token", from: "Tradepost", timeoutMs: 20_000 };

let sandbox: Sandbox;
let provider: SmsProvider;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  provider = createTwilio({ ...options, baseUrl: sandbox.url });
});
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

const newNumber = () => `+4915${randomInt(1e9, 1e10 - 1)}`;
const aMinuteAgo = () => new Date(Date.now() - 60_000);
const failureOf = (sending: Promise<void>) => sending.then(() => null).catch((error: unknown) => error);

describe("Twilio", () => {
  it("takes a text, and can be asked whether it did", async () => {
    const to = newNumber();
    expect(await provider.wasAccepted(to, "K7Q2", aMinuteAgo())).toBe(false);
    await provider.send(to, "Your order is confirmed. Ref. K7Q2");
    expect(await provider.wasAccepted(to, "K7Q2", aMinuteAgo())).toBe(true);
    expect(await provider.wasAccepted(newNumber(), "K7Q2", aMinuteAgo())).toBe(false);
    expect(await inboxOf(sandbox, to)).toMatchObject([{ channel: "sms", to, text: expect.stringContaining("K7Q2") }]);
  });

  it("is asked through all pages back to the event, and no further", async () => {
    const to = newNumber();
    await provider.send(to, "Ref. FIRST");
    for (let i = 0; i < 100; i++) await provider.send(to, `Ref. ${i}`);
    expect(await provider.wasAccepted(to, "FIRST", aMinuteAgo())).toBe(true);
    expect(await provider.wasAccepted(to, "FIRST", new Date(Date.now() + 60_000))).toBe(false);
  });

  it("sends from a number, a name or a messaging service", async () => {
    for (const from of ["+15005550006", "Tradepost", `MG${"a".repeat(32)}`]) {
      const to = newNumber();
      await createTwilio({ ...options, from, baseUrl: sandbox.url }).send(to, "Hello");
      expect(await inboxOf(sandbox, to)).toHaveLength(1);
    }
  });

  it.each([
    ["an invalid number", "+15005550001", 21211],
    ["a number that cannot be reached", "+15005550002", 21612],
    ["a region without permission", "+15005550003", 21408],
    ["somebody who unsubscribed", "+15005550004", 21610],
    ["a landline", "+15005550009", 21614],
  ])("refuses %s for good, without naming it", async (_, to, code) => {
    const error = await failureOf(provider.send(to, "Hello"));
    expect(error).toMatchObject({ name: "RecipientRefused", message: `Twilio refuses the number: ${code}` });
  });

  it.each([
    ["the shop's own sender", { from: "+1" }],
    ["the shop's key", { accountSid: `AC${"z".repeat(31)}` }],
  ])("refuses %s, which is no fault of the number and not worth waiting for", async (_, wrong) => {
    const misled = createTwilio({ ...options, ...wrong, baseUrl: sandbox.url });
    const error = await failureOf(misled.send(newNumber(), "Hello"));
    expect(error).toMatchObject({ name: "NotAccepted" });
    expect(error).not.toHaveProperty("unavailable");
  });

  it.each([
    ["has a fault", { kind: "status", status: 503 }],
    ["wants fewer calls", { kind: "status", status: 429 }],
    ["cuts the connection", { kind: "reset" }],
  ])("that %s is worth waiting for", async (_, fault) => {
    await addFault(sandbox, { target: "twilio", ...fault, times: 1 });
    expect(await failureOf(provider.send(newNumber(), "Hello"))).toMatchObject({ unavailable: true });
    await addFault(sandbox, { target: "twilio", ...fault, times: 1 });
    await expect(provider.wasAccepted(newNumber(), "K7Q2", aMinuteAgo())).rejects.toMatchObject({ unavailable: true });
  });

  it("that is silent is worth waiting for", async () => {
    await addFault(sandbox, { target: "twilio", kind: "delay", ms: 60_000, times: 1 });
    const impatient = createTwilio({ ...options, timeoutMs: 500, baseUrl: sandbox.url });
    expect(await failureOf(impatient.send(newNumber(), "Hello"))).toMatchObject({ unavailable: true });
  });

  it("that cannot be reached surely took nothing", async () => {
    const away = createTwilio({ ...options, baseUrl: "http://127.0.0.1:1" });
    expect(await failureOf(away.send(newNumber(), "Hello"))).toMatchObject({ name: "NotAccepted", unavailable: true });
  });

  it("can be asked after it took a text and its answer was lost", async () => {
    const to = newNumber();
    await addFault(sandbox, { target: "twilio", kind: "reset", when: "after", times: 1 });
    const error = await failureOf(provider.send(to, "Ref. K7Q2"));
    expect(error).toMatchObject({ unavailable: true });
    expect(error).not.toMatchObject({ name: "NotAccepted" });
    expect(await provider.wasAccepted(to, "K7Q2", aMinuteAgo())).toBe(true);
  });
});
