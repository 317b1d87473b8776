import twilio from "twilio";
import { describe, expect, test } from "vitest";
import { openSandbox } from "./sandbox-for-tests.ts";

const account = `AC${"0123456789abcdef".repeat(2)}`;

/** The official client, pointed at the sandbox: the address of its `api` domain is a plain property. */
function twilioFor(url: string) {
  const client = twilio(account, "token");
  client.api.baseUrl = url;
  return client;
}

const sms = { to: "+4915112345678", from: "+15005550006", body: "Your order is on its way" };

describe("a text message", () => {
  test("is accepted, shows up in the inbox and can be looked up", async () => {
    const { url } = await openSandbox();
    const client = twilioFor(url);
    const sent = await client.messages.create(sms);
    expect(sent).toMatchObject({
      status: "queued",
      to: sms.to,
      from: sms.from,
      body: sms.body,
      numSegments: "1",
      errorCode: null,
    });
    expect(sent.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(sent.dateCreated).toBeInstanceOf(Date);

    expect(await client.messages(sent.sid).fetch()).toMatchObject({ sid: sent.sid, status: "delivered" });
    const inbox = await fetch(`${url}/inbox/messages?to=${encodeURIComponent(sms.to)}`);
    expect(await inbox.json()).toEqual({
      items: [{ channel: "sms", to: sms.to, subject: "", text: sms.body, at: expect.any(String) }],
    });
  });

  test("is listed newest first, over pages, by recipient", async () => {
    const { url } = await openSandbox();
    const client = twilioFor(url);
    for (const body of ["one", "two", "three"]) await client.messages.create({ ...sms, body });
    await client.messages.create({ ...sms, to: "+4915187654321" });
    const listed = await client.messages.list({ to: sms.to, pageSize: 2 });
    expect(listed.map(({ body }) => body)).toEqual(["three", "two", "one"]);
  });

  test.each([
    ["to no number", { ...sms, to: "12" }, 21211],
    ["to Twilio's invalid number", { ...sms, to: "+15005550001" }, 21211],
    ["to somebody who unsubscribed", { ...sms, to: "+15005550004" }, 21610],
    ["without a sender", { to: sms.to, body: "x" }, 21603],
    ["without a text", { to: sms.to, from: sms.from, body: "" }, 21602],
    ["of too many characters", { ...sms, body: "x".repeat(1601) }, 21617],
  ])("%s is refused", async (_what, message, code) => {
    const { url } = await openSandbox();
    await expect(twilioFor(url).messages.create(message)).rejects.toMatchObject({ status: 400, code });
  });

  test("that does not exist is not found, and other accounts see none", async () => {
    const { url } = await openSandbox();
    const client = twilioFor(url);
    await client.messages.create(sms);
    await expect(client.messages(`SM${"0".repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    const other = twilio(`AC${"f".repeat(32)}`, "token");
    other.api.baseUrl = url;
    expect(await other.messages.list()).toEqual([]);
    const stranger = await fetch(`${url}/2010-04-01/Accounts/${account}/Messages.json`);
    expect([stranger.status, await stranger.json()]).toMatchObject([401, { code: 20003 }]);
  });

  test("outside the GSM alphabet takes more segments", async () => {
    const { url } = await openSandbox();
    const sent = await twilioFor(url).messages.create({ ...sms, body: "привет ".repeat(12) });
    expect(sent.numSegments).toBe("2");
  });
});
