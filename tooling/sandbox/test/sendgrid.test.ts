import client from "@sendgrid/client";
import mail from "@sendgrid/mail";
import { describe, expect, test } from "vitest";
import { openSandbox } from "./sandbox-for-tests.ts";

/** The official client, pointed at the sandbox; the base URL is set after the key, which resets it. */
function sendGridFor(url: string) {
  client.setApiKey("SG.sandbox");
  client.setDefaultRequest("baseUrl", `${url}/`);
  mail.setClient(client);
  return { client, mail };
}

const letter = {
  to: "ada@example.com",
  from: { email: "orders@tradepost.example", name: "Tradepost" },
  subject: "Your order",
  text: "Thank you",
  html: "<p>Thank <b>you</b></p>",
  customArgs: { event: "evt-1", template: "order-confirmed" },
};

async function inboxOf(url: string, to = "") {
  const response = await fetch(`${url}/inbox/messages${to && `?to=${encodeURIComponent(to)}`}`);
  return ((await response.json()) as { items: object[] }).items;
}

describe("a mail", () => {
  test("is accepted and shows up in the inbox, newest first, by recipient", async () => {
    const { url } = await openSandbox();
    const { mail } = sendGridFor(url);
    const [response] = await mail.send(letter);
    expect(response.statusCode).toBe(202);
    expect(response.headers).toHaveProperty("x-message-id");
    await mail.send({ ...letter, to: ["grace@example.com", "ada@example.com"], subject: "Second" });

    expect(await inboxOf(url, "Ada@example.com")).toEqual([
      {
        channel: "email",
        to: "ada@example.com",
        subject: "Second",
        text: "Thank you",
        html: letter.html,
        at: expect.any(String),
      },
      {
        channel: "email",
        to: "ada@example.com",
        subject: "Your order",
        text: "Thank you",
        html: letter.html,
        at: expect.any(String),
      },
    ]);
    expect(await inboxOf(url)).toHaveLength(3);
    expect(await inboxOf(url, "eve@example.com")).toEqual([]);
  });

  test("can be asked for by its custom arguments", async () => {
    const { url } = await openSandbox();
    const { client, mail } = sendGridFor(url);
    const [sent] = await mail.send(letter);
    const ask = async (query: string) => {
      const [, body] = await client.request({ method: "GET", url: "/v3/messages", qs: { query, limit: 10 } });
      return (body as { messages: object[] }).messages;
    };
    expect(await ask(`(unique_args['event']="evt-1") AND to_email="ada@example.com"`)).toMatchObject([
      {
        to_email: "ada@example.com",
        msg_id: sent.headers["x-message-id"],
        status: "delivered",
        unique_args: letter.customArgs,
      },
    ]);
    expect(await ask(`unique_args['event']="evt-2"`)).toEqual([]);
    await expect(ask("opens > 3")).rejects.toMatchObject({ code: 400 });
  });

  test.each([
    ["without a subject", { ...letter, subject: "" }, "subject"],
    ["to a malformed address", { ...letter, to: "nobody" }, "personalizations.0.to.0.email"],
    ["from a malformed address", { ...letter, from: "shop" }, "from.email"],
  ])("%s is refused", async (_what, message, field) => {
    const { url } = await openSandbox();
    await expect(sendGridFor(url).mail.send(message)).rejects.toMatchObject({
      code: 400,
      response: { body: { errors: [{ field }] } },
    });
    expect(await inboxOf(url)).toEqual([]);
  });

  test("with a wrong key is refused", async () => {
    const { url } = await openSandbox();
    const response = await fetch(`${url}/v3/mail/send`, {
      method: "POST",
      headers: { authorization: "Bearer nothing", "content-type": "application/json" },
      body: JSON.stringify(letter),
    });
    expect([response.status, await response.json()]).toMatchObject([401, { errors: [{ field: null }] }]);
  });
});
