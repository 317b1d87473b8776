import type { Page } from "playwright-core";

export const TEST_CARDS = {
  approves: "4242 4242 4242 4242",
  declines: "4000 0000 0000 0002",
  asksBank: "4000 0027 6000 3184",
} as const;

/** Opens a product, puts it into the cart, which opens beside the page, and goes to the checkout with it. */
export async function takeToCheckout(page: Page, slug: string): Promise<void> {
  await page.goto(`/product/${slug}`);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("dialog", { name: "Your cart" }).getByRole("link", { name: "Go to checkout" }).click();
}

/**
 * Fills in whom and where to; the e-mail address only where it is asked for. The country is chosen first: the address is
 * then complete once, and the total does not change under a click.
 */
export async function fillDetails(page: Page, email?: string): Promise<void> {
  await page.getByLabel("Country").selectOption({ label: "Germany" });
  if (email !== undefined) await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Full name").fill("Ada Lovelace");
  await page.getByLabel("Street and number").fill("Torstraße 1");
  await page.getByLabel("Postal code").fill("10119");
  await page.getByLabel("City").fill("Berlin");
}

export async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expiry date").fill("12/34");
  await page.getByLabel("Security code").fill("123");
}

export const orderAndPay = (page: Page) => page.getByRole("button", { name: /^Order and pay/ }).click();

const ORDER_NUMBER = /[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}/;

/** The number of the order whose confirmation is shown. */
export async function awaitConfirmation(page: Page): Promise<string> {
  await page.getByRole("heading", { name: "Thank you, your order is confirmed" }).waitFor();
  const text = await page.getByText(ORDER_NUMBER).first().textContent();
  const number = ORDER_NUMBER.exec(text ?? "")?.[0];
  if (number === undefined) throw new Error("the confirmation shows no order number");
  return number;
}
