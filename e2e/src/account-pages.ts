import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { findBarriers } from "./accessibility.ts";
import { keepScreenshot } from "./browser.ts";

/** The password of accounts that are opened here. */
export const PASSWORD = "violet harbour lantern";

export const newEmail = (): string => `grace.${randomUUID()}@example.com`;

/** Looks at the page as a person and as a machine would. */
export async function look(page: Page, name: string): Promise<void> {
  await keepScreenshot(page, name);
  expect(await findBarriers(page), name).toEqual([]);
}

export const greeting = (page: Page): Promise<void> => page.getByRole("heading", { name: "Hello, Grace" }).waitFor();

/** Opens an account, by which one is signed in, and waits for its first page. */
export async function register(page: Page, email: string): Promise<void> {
  await page.goto("/register");
  await page.getByLabel("Your name").fill("Grace");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await greeting(page);
}

/** Fills in the page to sign in, which has to be open. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
