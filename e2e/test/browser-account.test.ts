// @module-tag browser
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { look, newEmail, PASSWORD, register, signIn } from "../src/account-pages.ts";
import { keepScreenshot, launchBrowser, visit, WIDTHS } from "../src/browser.ts";
import { awaitMessage } from "../src/sandbox.ts";

const { url, sandboxUrl } = inject("shop");

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** The path of the link in the newest mail whose subject fits. */
async function mailedPath(email: string, subject: RegExp): Promise<string> {
  const { text } = await awaitMessage(sandboxUrl, email, subject);
  const link = /https?:\/\/\S+#token=[\w-]+/.exec(text)?.[0];
  if (!link) throw new Error("the mail holds no link");
  return link.slice(url.length);
}

describe.each(WIDTHS)("an account, clicked at %i px", (width) => {
  it("S16: has pages for everything the shop keeps, without barriers", async () => {
    const { page, problems } = await visit(browser, url, width);
    await register(page, newEmail());
    await page.getByText("Please confirm your e-mail address").waitFor();
    await look(page, "account");
    await page.getByRole("link", { name: "Security" }).click();
    await page.getByRole("heading", { name: "Where you are signed in" }).waitFor();
    await page.getByText("This device").waitFor();
    await look(page, "account-security");
    await page.getByRole("link", { name: "Privacy" }).click();
    await page.getByLabel("E-mails about new things and offers").waitFor();
    await look(page, "account-privacy");
    await page.goto("/forgot-password");
    await page.getByRole("heading", { name: "Set a new password" }).waitFor();
    await look(page, "forgot-password");
    await page.goto("/account/verify");
    await page.getByText("This link is no longer valid").waitFor();
    await look(page, "verify-spent");
    expect(problems).toEqual([]);
  });
});

it("confirms an e-mail address by the mailed link", async () => {
  const { page, context } = await visit(browser, url, 768);
  const email = newEmail();
  await register(page, email);
  const path = await mailedPath(email, /confirm|verify/i);
  // Where nobody is signed in, as on a phone, the link alone gives no account to whoever reads the mail.
  const cookies = await context.cookies();
  await context.clearCookies();
  await page.goto(path);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await keepScreenshot(page, "verify");
  await page.getByRole("button", { name: "Yes, it is mine" }).click();
  await page.getByText("This is not the password of the account.").waitFor();
  await context.addCookies(cookies);
  await page.goto("/");
  await page.goto(path);
  await page.getByText("One click, and we know").waitFor();
  await page.getByRole("button", { name: "Yes, it is mine" }).click();
  await page.getByText("Thank you, your e-mail address is confirmed.").waitFor();
  await page.getByRole("link", { name: "Your account" }).last().click();
  await page.getByRole("heading", { name: "Hello, Grace" }).waitFor();
  expect(await page.getByText("Please confirm your e-mail address").count()).toBe(0);
});

it("sets a forgotten password by the mailed link, which ends the other sessions", async () => {
  const { page } = await visit(browser, url, 360);
  const email = newEmail();
  await register(page, email);
  const other = await visit(browser, url, 1280);
  await other.page.goto("/sign-in");
  await other.page.getByRole("link", { name: "Forgot your password?" }).click();
  await other.page.getByLabel("E-mail").fill(email);
  await other.page.getByRole("button", { name: "Send me a link" }).click();
  await other.page.getByText("Please look into your mailbox").waitFor();
  await other.page.goto(await mailedPath(email, /password/i));
  await other.page.getByLabel("New password", { exact: true }).fill("12345678");
  await other.page.getByRole("button", { name: "Save the new password" }).click();
  await other.page.getByText("This password appears in known data leaks").waitFor();
  await other.page.getByLabel("New password", { exact: true }).fill("another violet harbour");
  await look(other.page, "reset-password");
  await other.page.getByRole("button", { name: "Save the new password" }).click();
  await other.page.getByText("Your new password is saved.").waitFor();
  await other.page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await signIn(other.page, email, "another violet harbour");
  await other.page.getByRole("heading", { name: "Hello, Grace" }).waitFor();

  await page.goto("/account/orders");
  await page.getByRole("heading", { name: "Orders from this device" }).waitFor();
});

it("begins with the currency in which the shop was seen", async () => {
  const { page } = await visit(browser, url, 1280);
  await page.goto("/");
  const currency = page.getByRole("contentinfo").getByRole("combobox", { name: "Currency" });
  await currency.selectOption("USD");
  // It is kept when it is shown, which is a moment after the click.
  await expect.poll(() => currency.inputValue(), { timeout: 30_000 }).toBe("USD");
  await register(page, newEmail());
  expect(await page.getByRole("main").getByRole("combobox", { name: "Currency" }).inputValue()).toBe("USD");
});

it("changes the password, pins the network and keeps what was chosen", async () => {
  const { page } = await visit(browser, url, 1280);
  await register(page, newEmail());
  await page.goto("/account/security");
  const form = page.getByRole("region", { name: "Change password" });
  await form.getByLabel("Current password", { exact: true }).fill("not the password");
  await form.getByLabel("New password", { exact: true }).fill("a third violet harbour");
  await form.getByRole("button", { name: "Change password" }).click();
  await page.getByText("The current password is not right.").waitFor();
  await form.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await form.getByRole("button", { name: "Change password" }).click();
  await page.getByText("Your password is changed.").waitFor();

  await page.getByRole("button", { name: "Turn strict sessions on" }).click();
  await page.getByRole("button", { name: "Turn strict sessions off" }).waitFor();

  await page.goto("/account/privacy");
  await page.getByLabel("E-mails about new things and offers").check();
  await page.getByText("Saved.").waitFor();
  await page.reload();
  await page.waitForFunction(
    () => document.querySelector<HTMLInputElement>("main input[type=checkbox]")?.checked === true,
  );
});

it("leads whoever signs out to the start page, and whoever comes signed out back to where they were going", async () => {
  const { page } = await visit(browser, url, 1280);
  const email = newEmail();
  await register(page, email);
  // The start page's code comes late: what the account does meanwhile must not lead elsewhere.
  const late = Promise.withResolvers<void>();
  await page.route("**/assets/home-page-*.js", (route) => late.promise.then(() => route.fallback()));
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).waitFor();
  late.resolve();
  await page.getByRole("heading", { name: "Made slowly, used daily." }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/");
  await page.goto("/account/privacy");
  await signIn(page, email, PASSWORD);
  await page.waitForURL("**/account/privacy");
  await page.getByRole("heading", { name: "Hello, Grace" }).waitFor();
});

it("S16: hands the shopper's data over as a file", async () => {
  const { page } = await visit(browser, url, 768);
  const email = newEmail();
  await register(page, email);
  await page.goto("/account/privacy");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download my data" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^tradepost-\d{4}-\d\d-\d\d\.json$/);
  expect(JSON.stringify(JSON.parse(readFileSync(await download.path(), "utf8")))).toContain(email);
});

it("S16: deletes the account for good", async () => {
  const { page } = await visit(browser, url, 768);
  const email = newEmail();
  await register(page, email);
  await page.goto("/account/privacy");
  await page.getByRole("button", { name: "Delete my account" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete your account for good?" });
  await look(page, "delete-account");
  await dialog.getByRole("button", { name: "Yes, delete it" }).click();
  await page.getByText("Your account is deleted.").waitFor();
  await page.goto("/sign-in");
  await signIn(page, email, PASSWORD);
  await page.getByText("E-mail and password don't match.").waitFor();
});
