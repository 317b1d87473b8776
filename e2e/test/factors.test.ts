import { randomInt } from "node:crypto";
// @module-tag browser
import { Secret, TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { greeting, look, newEmail, PASSWORD, register, signIn } from "../src/account-pages.ts";
import { launchBrowser, visit, WIDTHS } from "../src/browser.ts";

/** Second factors, passkeys and other accounts to sign in with, as people use them. */
const { url } = inject("shop");

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function openSecurity(page: Page): Promise<void> {
  await page.goto("/account/security");
  await page.getByRole("heading", { name: "Authenticator app" }).waitFor();
}
async function signOut(page: Page): Promise<void> {
  await page.goto("/account");
  const button = page.getByRole("button", { name: "Sign out", exact: true });
  await button.click();
  await button.waitFor({ state: "detached" });
}
async function signInByPassword(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await signIn(page, email);
}

/** Sets an app up by the key that stands below the QR code; answers it and the recovery codes. */
async function setAppUp(page: Page, name?: string): Promise<{ app: TOTP; used: string; codes: string[] }> {
  await openSecurity(page);
  await page.getByRole("button", { name: "Set up an app" }).click();
  await page.getByRole("img", { name: "QR code" }).waitFor();
  if (name) await look(page, `${name}-set-up`);
  const secret = (await page.locator("dialog[open] code").textContent()) ?? "";
  const app = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  const used = app.generate();
  await page.getByLabel("Code from the app").fill(used);
  await page.getByRole("button", { name: "Turn it on" }).click();
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  if (name) await look(page, `${name}-recovery-codes`);
  const codes = await page.locator("dialog[open] li").allInnerTexts();
  await page.getByRole("button", { name: "I have kept them" }).click();
  return { app, used, codes };
}

/** Has the browser come from another network from now on, where the session has not shown yet whose it is. */
const changeNetwork = (page: Page): Promise<unknown> =>
  page.route(`${url}/**`, (route) =>
    route.continue({ headers: { ...route.request().headers(), "x-forwarded-for": `203.0.113.${randomInt(1, 255)}` } }),
  );

/** Answers the dialog that asks for the password and the second factor before it goes on. */
async function showWhoItIs(page: Page, name: string, recoveryCode: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name });
  await dialog.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Use a recovery code instead" }).click();
  await dialog.getByLabel("Recovery code").fill(recoveryCode);
  await dialog.getByRole("button", { name }).click();
}

it.each(WIDTHS)("S15: an authenticator app and its recovery codes, at %i px", async (width) => {
  const { page, problems } = await visit(browser, url, width);
  const email = newEmail();
  await register(page, email);
  const { app, used, codes } = await setAppUp(page, "factors");
  expect(codes).toHaveLength(10);
  await page.getByText("10 recovery codes are left.").waitFor();
  await look(page, "factors-security");
  await signOut(page);

  await signInByPassword(page, email);
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  await look(page, "factors-second-step");
  // The code that set the app up is used; the next one is good early.
  await page.getByLabel("Code from the app").fill(used);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("This is not right, or was used already").waitFor();
  await page.getByLabel("Code from the app").fill(app.generate({ timestamp: Date.now() + 30_000 }));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await greeting(page);
  await signOut(page);

  await signInByPassword(page, email);
  await page.getByRole("button", { name: "Use a recovery code instead" }).click();
  await page.getByLabel("Recovery code").fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await greeting(page);
  await openSecurity(page);
  await page.getByText("9 recovery codes are left.").waitFor();
  const asksAgain = width === 360;
  if (asksAgain) await changeNetwork(page);
  await page.getByRole("button", { name: "Stop using the app" }).click();
  if (asksAgain) await showWhoItIs(page, "Stop using the app", codes[1] ?? "");
  await page.getByRole("button", { name: "Set up an app" }).waitFor();
  expect(problems).toEqual([]);
});

it("S15: a passkey signs in alone, and stands in as the second factor", async () => {
  const { page, context, problems } = await visit(browser, url, 1280);
  const devices = await context.newCDPSession(page);
  await devices.send("WebAuthn.enable");
  const { authenticatorId } = await devices.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  const email = newEmail();
  await register(page, email);
  await openSecurity(page);
  await page.getByLabel("Name of the new passkey").fill("My laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByText("My laptop", { exact: true }).waitFor();
  await look(page, "passkeys-security");
  const { credentials } = await devices.send("WebAuthn.getCredentials", { authenticatorId });
  expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: "localhost" }]);
  await signOut(page);

  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Acme" }).waitFor();
  await look(page, "passkeys-sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await greeting(page);
  await signOut(page);

  await signInByPassword(page, email);
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  await look(page, "passkeys-second-step");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await greeting(page);

  // A device that cannot tell who uses it is none to sign in with alone.
  await signOut(page);
  await devices.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("Your device did not use a passkey").waitFor();
  await devices.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await greeting(page);
  await openSecurity(page);
  await page.getByRole("button", { name: "Rename the passkey My laptop" }).click();
  await page.getByLabel("New name").fill("My old laptop");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByText("My old laptop", { exact: true }).waitFor();
  await changeNetwork(page);
  await page.getByRole("button", { name: "Remove the passkey My old laptop" }).click();
  await page.getByRole("button", { name: "Use a passkey" }).waitFor();
  await look(page, "passkeys-step-up");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByText("My old laptop", { exact: true }).waitFor({ state: "detached" });
  expect(problems).toEqual([]);
});

it("signs in at an OpenID provider and comes back to where one was going", async () => {
  const { page, problems } = await visit(browser, url, 768);
  const email = newEmail();
  await page.goto("/sign-in?next=/account/privacy");
  await page.getByRole("button", { name: "Continue with Acme" }).click();
  await page.getByPlaceholder("Enter any login").fill(email);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${url}/account/privacy`);
  await page.getByRole("heading", { name: "Hello, Grace Hopper" }).waitFor();
  // A proved address, and no word of code or state in the history.
  expect(await page.getByText("Please confirm your e-mail address").count()).toBe(0);
  await page.goBack();
  expect(page.url()).not.toContain("code=");
  await openSecurity(page);
  await page.getByRole("heading", { name: "Sign in with another account" }).waitFor();
  await page.getByRole("link", { name: "Set a password" }).waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  await look(page, "providers-security-dark");
  await page.getByRole("button", { name: "Remove Acme" }).click();
  await page.getByText("This is your only way in").waitFor();
  expect(problems).toEqual([]);
});

it("S5: does not finish a sign-in that another browser began, nor one that was refused there", async () => {
  const [hers, his] = [await visit(browser, url, 360), await visit(browser, url, 360)];
  await his.page.goto("/sign-in");
  await his.page.getByRole("button", { name: "Continue with Acme" }).click();
  await his.page.getByPlaceholder("Enter any login").fill(newEmail());
  await his.page.getByPlaceholder("and password").fill("any");
  await his.page.getByRole("button", { name: "Sign-in" }).click();
  // He keeps the address that the provider leads back to, and gives it to her.
  const back = his.page.waitForRequest((request) => request.url().startsWith(`${url}/sign-in/acme?`));
  await his.page.route(`${url}/sign-in/acme?*`, (route) => route.abort());
  await his.page.getByRole("button", { name: "Continue" }).click();
  await hers.page.goto((await back).url());
  await hers.page.getByText("The sign-in was not finished").waitFor();
  await look(hers.page, "providers-refused");
  await hers.page.goto("/account");
  await hers.page.waitForURL(/\/sign-in/);
  await hers.page.goto("/sign-in/acme?error=access_denied&state=x");
  await hers.page.getByText("The sign-in was not finished").waitFor();
});
