// @module-tag browser
import { randomUUID } from "node:crypto";
import { listProducts } from "@tradepost/contracts/product";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { keepScreenshot, launchBrowser, visit, WIDTHS } from "../src/browser.ts";
import { checkOut, pickScarce, pickVariant, putIntoCart } from "../src/purchase.ts";
import { awaitMessage } from "../src/sandbox.ts";
import { awaitConfirmation, fillCard, fillDetails, orderAndPay, TEST_CARDS, takeToCheckout } from "../src/shopping.ts";
import { newVisitor } from "../src/visitor.ts";

const { url, sandboxUrl } = inject("shop");
const newEmail = () => `ada.${randomUUID()}@example.com`;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.each(WIDTHS)("a guest's purchase, clicked at %i px", (width) => {
  it("goes from the start page to the confirmation", async () => {
    const { page, problems } = await visit(browser, url, width);
    const email = newEmail();
    await page.goto("/");
    await page.getByRole("heading", { name: "Made slowly, used daily." }).waitFor();
    await page.getByRole("heading", { name: "New on the shelf" }).waitFor();
    await keepScreenshot(page, "home");

    await page.goto("/category/lighting");
    await page.getByRole("heading", { level: 1, name: "Lighting" }).waitFor();
    await page
      .getByText(/^\d+ products$/)
      .first()
      .waitFor();
    await keepScreenshot(page, "category");

    await page.getByRole("combobox", { name: "Search the shop" }).fill("mug");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Results for “mug”" }).waitFor();
    await page.locator("main a[href^='/product/']").first().click();
    await page.getByRole("button", { name: "Add to cart" }).waitFor();
    await keepScreenshot(page, "product");

    await page.getByRole("button", { name: "Add to cart" }).click();
    const drawer = page.getByRole("dialog", { name: "Your cart" });
    await drawer.getByRole("link", { name: "Go to checkout" }).click();
    await page.getByRole("heading", { level: 1, name: "Checkout" }).waitFor();
    await fillDetails(page, email);
    await page.getByRole("radio", { name: /Standard delivery/ }).waitFor();
    await fillCard(page, TEST_CARDS.approves);
    await keepScreenshot(page, "checkout");
    await orderAndPay(page);

    const number = await awaitConfirmation(page);
    await page.getByRole("button", { name: "Cart, 0 items" }).waitFor();
    await keepScreenshot(page, "confirmation");
    const mail = await awaitMessage(sandboxUrl, email, /confirmed/);
    expect(mail.subject).toContain(number);
    expect(problems).toEqual([]);

    // The link in the mail shows the order in another browser.
    const link = /https?:\/\/\S+\/orders\/\S+/.exec(mail.text)?.[0] ?? "";
    const other = await visit(browser, url, width);
    await other.page.goto(link);
    await other.page.getByRole("heading", { name: `Order ${number}` }).waitFor();
    await keepScreenshot(other.page, "order");
  });
});

describe("a shopper's purchase, clicked", () => {
  it("goes from registering to the list of orders", async () => {
    const { page, problems } = await visit(browser, url, 1280);
    const email = newEmail();
    await page.goto("/register");
    await page.getByLabel("Your name").fill("Ada");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
    await keepScreenshot(page, "register");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL((address) => address.pathname !== "/register");

    const pick = await pickVariant(newVisitor(url), 3, 8);
    await takeToCheckout(page, pick.slug);
    await page.getByText(`Signed in as ${email}`).waitFor();
    await fillDetails(page);
    await fillCard(page, TEST_CARDS.approves);
    await orderAndPay(page);
    const number = await awaitConfirmation(page);

    await page.goto("/account");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await keepScreenshot(page, "account");
    await page.goto("/account/orders");
    await page.getByText(number).waitFor();
    await keepScreenshot(page, "orders");
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByRole("heading", { name: "Made slowly, used daily." }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
    expect(problems).toEqual([]);
  });
});

describe("what can go wrong, clicked", () => {
  it("lets a declined card be followed by another one on the same order", async () => {
    const { page } = await visit(browser, url, 768);
    await takeToCheckout(page, (await pickVariant(newVisitor(url), 3, 9)).slug);
    await fillDetails(page, newEmail());
    await fillCard(page, TEST_CARDS.declines);
    await orderAndPay(page);
    await page.getByText("Your card was declined. Nothing was charged; please try another card.").waitFor();
    await keepScreenshot(page, "declined");
    await fillCard(page, TEST_CARDS.approves);
    await page.getByRole("button", { name: /^Pay/ }).click();
    await awaitConfirmation(page);
  });

  it("takes the shopper to the bank and back", async () => {
    const { page } = await visit(browser, url, 1280);
    await takeToCheckout(page, (await pickVariant(newVisitor(url), 3, 10)).slug);
    await fillDetails(page, newEmail());
    await fillCard(page, TEST_CARDS.asksBank);
    await orderAndPay(page);
    await page.waitForURL(`${sandboxUrl}/3ds/**`);
    await page.getByRole("button", { name: /approve/i }).click();
    await awaitConfirmation(page);
  });

  it("helps with an empty cart, and says what is missing in a form beside the field", async () => {
    const { page } = await visit(browser, url, 360);
    await page.goto("/cart");
    await page.getByText("Your cart is empty").waitFor();
    await keepScreenshot(page, "cart-empty");
    await takeToCheckout(page, (await pickVariant(newVisitor(url), 3, 11)).slug);
    await page
      .getByRole("button", { name: /^Order and pay/ })
      .and(page.locator(":enabled"))
      .click();
    const email = page.getByLabel("E-mail");
    await email.and(page.locator("[aria-invalid=true]")).waitFor();
    expect(await email.getAttribute("aria-describedby")).toBeTruthy();
    await keepScreenshot(page, "checkout-errors");
    // Whoever puts the fields right in another order is left where they type.
    const city = page.getByLabel("City");
    await city.pressSequentially("Berlin");
    expect(await city.inputValue()).toBe("Berlin");
  });

  it("counts a click while the total is worked out, but asks again where it turns out to be another one", async () => {
    const { page } = await visit(browser, url, 1280);
    await takeToCheckout(page, (await pickVariant(newVisitor(url), 3, 12)).slug);
    await fillDetails(page, newEmail());
    await fillCard(page, TEST_CARDS.approves);
    const orders: string[] = [];
    page.on("request", (request) => new URL(request.url()).pathname === "/v1/orders" && orders.push(request.method()));
    const late = Promise.withResolvers<void>();
    await page.route("**/v1/quotes*", (route) => late.promise.then(() => route.fallback()));
    const asked = page.waitForRequest("**/v1/quotes*");
    await page.getByLabel("Country").selectOption({ label: "New Zealand" });
    await asked;
    await orderAndPay(page);
    late.resolve();
    await page.getByText(/^The total has changed from/).waitFor();
    expect(orders).toEqual([]);
    await orderAndPay(page);
    await awaitConfirmation(page);
    expect(orders).toEqual(["POST"]);
  });

  it("says so when the last one went while it lay in the cart", async () => {
    const { page } = await visit(browser, url, 768);
    const rival = newVisitor(url);
    const pick = await pickScarce(rival);
    await page.goto("/");
    await page.evaluate(async (sku) => {
      const headers = { "content-type": "application/json" };
      await fetch(`/v1/cart/lines/${sku}`, { method: "PUT", headers, body: JSON.stringify({ quantity: 1 }) });
    }, pick.variant.sku);
    await page.goto("/checkout");
    await fillDetails(page, newEmail());
    await page.getByRole("radio", { name: /Standard delivery/ }).waitFor();
    await fillCard(page, TEST_CARDS.approves);

    await putIntoCart(rival, pick.variant.sku, pick.variant.available);
    await checkOut(rival, { email: newEmail() });

    await orderAndPay(page);
    await page.getByText("Some items are no longer available as ordered").waitFor();
    await keepScreenshot(page, "sold-out");
  });

  it("asks again for a picture that did not arrive, and shows no broken mark meanwhile", async () => {
    const { page } = await visit(browser, url, 1280);
    let isAway = true;
    await page.route("**/media/hero/**", (route) => (isAway ? route.abort() : route.fallback()));
    await page.goto("/");
    const missing = page.locator("img[data-missing]");
    await missing.waitFor({ state: "attached" });
    isAway = false;
    await missing.waitFor({ state: "detached" });
  });

  it("shows what is sold out as such", async () => {
    const { page } = await visit(browser, url, 360);
    const { items } = await newVisitor(url).call(listProducts, { query: { limit: 100 } });
    const gone = items.find(({ available }) => available === 0);
    await page.goto(`/product/${gone?.slug}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.getByRole("button", { name: "Add to cart" }).count()).toBe(0);
    await page
      .getByText(/Sold out/)
      .first()
      .waitFor();
    await keepScreenshot(page, "product-sold-out");
  });
});
