import { describe, expect, test } from "vitest";
import { openSandbox, stripeFor } from "./sandbox-for-tests.ts";

async function sendMail(
  url: string,
  mail: { to: string; subject: string; text: string; html?: string },
): Promise<void> {
  const { to, subject, text, html } = mail;
  const content = [
    { type: "text/plain", value: text },
    ...(html === undefined ? [] : [{ type: "text/html", value: html }]),
  ];
  const response = await fetch(`${url}/v3/mail/send`, {
    method: "POST",
    headers: { authorization: "Bearer SG.key", "content-type": "application/json" },
    body: JSON.stringify({
      personalizations: [{ to: [{ email: to }] }],
      from: { email: "shop@example.com" },
      subject,
      content,
    }),
  });
  expect(response.status).toBe(202);
}

const pageAt = async (address: string) => (await fetch(address)).text();

describe("the 3-D Secure page", () => {
  test.each([
    ["approve", "succeeded", "succeeded"],
    ["decline", "failed", "requires_payment_method"],
  ])("on %s sends the shopper back with %s", async (outcome, redirectStatus, status) => {
    const sandbox = await openSandbox();
    const stripe = stripeFor(sandbox);
    const intent = await stripe.paymentIntents.create({
      amount: 2599,
      currency: "eur",
      payment_method: "pm_card_authenticationRequired",
      confirm: true,
      return_url: "https://shop.example/return?order=7",
    });
    const address = intent.next_action?.redirect_to_url?.url as string;
    const page = await pageAt(address);
    expect(page).toContain("Approve this payment?");
    expect(page).toContain("€25.99");
    expect(page).toContain("visa ending in 3184");

    const body = new URLSearchParams({ client_secret: intent.client_secret!, outcome });
    const answer = await fetch(address.split("?")[0]!, { method: "POST", body, redirect: "manual" });
    expect(answer.status).toBe(303);
    const back = new URL(answer.headers.get("location")!);
    expect(`${back.origin}${back.pathname}`).toBe("https://shop.example/return");
    expect(Object.fromEntries(back.searchParams)).toEqual({
      order: "7",
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: redirectStatus,
    });
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe(status);
  });

  test("shows nothing without the client secret, and an answered payment only says so", async () => {
    const sandbox = await openSandbox();
    const intent = await stripeFor(sandbox).setupIntents.create({
      payment_method: "pm_card_authenticationRequired",
      confirm: true,
      return_url: "https://shop.example/return",
    });
    expect((await fetch(`${sandbox.url}/3ds/${intent.id}`)).status).toBe(404);
    const address = `${sandbox.url}/3ds/${intent.id}?client_secret=${intent.client_secret}`;
    expect(await pageAt(address)).toContain("Save this card?");
    await stripeFor(sandbox).setupIntents.cancel(intent.id);
    expect(await pageAt(address)).toContain("canceled");
  });
});

describe("the inbox page", () => {
  test("lists messages and shows the chosen one, its HTML locked into a frame", async () => {
    const { url } = await openSandbox();
    await sendMail(url, {
      to: "ada@example.com",
      subject: "Order <1>",
      text: "plain",
      html: "<p>rich</p><script>alert(1)</script>",
    });
    const list = await pageAt(`${url}/inbox`);
    expect(list).toContain("Order &lt;1&gt;");
    const href = /href="(\/inbox\?message=[^"]+)"/.exec(list)?.[1] as string;
    const reading = await pageAt(`${url}${href}`);
    expect(reading).toMatch(/<iframe[^>]+sandbox="allow-popups allow-popups-to-escape-sandbox"/);
    const frame = await fetch(`${url}${/<iframe[^>]+src="([^"]+)"/.exec(reading)?.[1]}`);
    expect(await frame.text()).toContain("<p>rich</p>");
    expect(frame.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox allow-popups/);
    expect(await pageAt(`${url}${href}&view=text`)).toContain("<pre");
  });

  test("says when there is nothing, or nothing for this address", async () => {
    const { url } = await openSandbox();
    expect(await pageAt(`${url}/inbox`)).toContain("No messages yet");
    await sendMail(url, { to: "ada@example.com", subject: "Hello", text: "x" });
    expect(await pageAt(`${url}/inbox?to=eve%40example.com`)).toContain("No messages to eve@example.com");
  });
});

test("the overview lists every test card by its number and name", async () => {
  const { url } = await openSandbox();
  const page = await pageAt(url);
  for (const text of [
    "4242 4242 4242 4242",
    "pm_card_createDispute",
    "4000 0000 0000 3220",
    "timeoutAfterEffect",
    url,
  ]) {
    expect(page).toContain(text);
  }
});
