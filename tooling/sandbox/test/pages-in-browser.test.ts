// @module-tag browser
import { existsSync } from "node:fs";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSandbox, stripeFor } from "./sandbox-for-tests.ts";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const available = existsSync(executablePath);
if (!available)
  console.log(`no browser at ${executablePath} (CHROMIUM_PATH): the sandbox's pages were not looked at in one`);

const account = `AC${"0".repeat(32)}`;

async function sendText(url: string, Body: string): Promise<void> {
  const response = await fetch(`${url}/2010-04-01/Accounts/${account}/Messages.json`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${account}:token`)}` },
    body: new URLSearchParams({ To: "+4915112345678", From: "Tradepost", Body }),
  });
  expect(response.status).toBe(201);
}

describe.skipIf(!available)("in a browser", { timeout: 180_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(() => browser?.close());

  // A page's text may be there before its stylesheet, and then has another width.
  const overflow = async (page: Page) => {
    await page.waitForLoadState();
    return page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  };

  const barriers = async (page: Page) => {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      "axe.run()",
    );
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  };

  test.each([
    [360, "light"],
    [768, "dark"],
    [1280, "light"],
  ] as const)("pages fit %i px (%s), accessible and without errors", async (width, colorScheme) => {
    const { url, ...sandbox } = await openSandbox();
    await sendText(url, "a long word: ".padEnd(300, "x"));
    const intent = await stripeFor(sandbox).paymentIntents.create({
      amount: 2599,
      currency: "eur",
      payment_method: "pm_card_authenticationRequired",
      confirm: true,
      return_url: "https://shop.example/return",
    });
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    for (const address of [url, `${url}/inbox`, intent.next_action?.redirect_to_url?.url as string]) {
      await page.goto(address);
      expect(await overflow(page), address).toBeLessThanOrEqual(0);
      expect(await barriers(page), address).toEqual([]);
    }
    await page.goto(`${url}/inbox`);
    await page.getByRole("link", { name: /Text message/ }).click();
    await page.getByRole("heading", { level: 1, name: "Text message" }).waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("the inbox shows new messages by itself and announces them", async () => {
    const { url } = await openSandbox();
    const page = await browser.newPage();
    await page.goto(`${url}/inbox`);
    await page.getByText("No messages yet").waitFor();
    await sendText(url, "on its way");
    await page.getByRole("link", { name: /on its way/ }).waitFor();
    expect(await page.getByRole("status").textContent()).toBe("One new message");
    expect(await page.getByText("No messages yet").count()).toBe(0);
    await page.close();
  });

  test("a shopper approves the payment and comes back to the shop", async () => {
    const { url, ...sandbox } = await openSandbox();
    const stripe = stripeFor(sandbox);
    const intent = await stripe.paymentIntents.create({
      amount: 2599,
      currency: "eur",
      payment_method: "pm_card_threeDSecure2Required",
      confirm: true,
      return_url: `${url}/inbox`,
    });
    const page = await browser.newPage();
    await page.goto(intent.next_action?.redirect_to_url?.url as string);
    await page.getByRole("button", { name: "Approve" }).click();
    await page.waitForURL(/redirect_status=succeeded/);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
    await page.close();
  });
});
