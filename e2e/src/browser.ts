import { randomInt } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "@tradepost/servers/programs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

/** For one step in the page, of which a busy machine may make seconds. */
const STEP_TIMEOUT_MS = 60_000;
export const WIDTHS = [360, 768, 1280] as const;
const artifacts = join(import.meta.dirname, "../artifacts");

export function launchBrowser(): Promise<Browser> {
  const executablePath = findProgram("chromium");
  if (executablePath === undefined) throw new Error("Chromium is not installed");
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run", ...quiet] });
}

export interface BrowserVisit {
  context: BrowserContext;
  page: Page;
  /** Errors of the page's own making: exceptions, refused scripts, failed requests that a visitor would notice. */
  problems: string[];
}

/**
 * A fresh visitor with a window of the given width, who leaves when the test ends; a failing test keeps a picture of the
 * page. Requests that are meant to fail (401 of a guest) are no problem.
 */
export async function visit(browser: Browser, shopUrl: string, width: number): Promise<BrowserVisit> {
  const context = await browser.newContext({
    ...{ baseURL: shopUrl, viewport: { width, height: 900 }, locale: "en-GB" },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  // An address of its own; only on the way to the shop, since other servers would have to allow the header.
  const address = `198.18.${randomInt(256)}.${randomInt(1, 255)}`;
  await context.route(`${shopUrl}/**`, (route) =>
    route.continue({ headers: { ...route.request().headers(), "x-forwarded-for": address } }),
  );
  const page = await context.newPage();
  onTestFinished(async ({ task }) => {
    const name = `failed-${task.name.replace(/\W+/g, "-").slice(0, 60)}`;
    // A page that is gone has no picture.
    if (task.result?.state === "fail") await keepScreenshot(page, name).catch(() => {});
    await context.unrouteAll({ behavior: "ignoreErrors" });
    await context.close();
  });
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) problems.push(message.text());
  });
  page.on("response", (response) => {
    const path = new URL(response.url()).pathname;
    const isAsset = path.startsWith("/assets/") || path.startsWith("/media/");
    if (response.status() >= 500 || (isAsset && response.status() >= 400))
      problems.push(`${response.status()} ${path}`);
  });
  return { context, page, problems };
}

/** Keeps a picture of the whole page as a test artefact, `<name>-<width>.png`. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  const width = page.viewportSize()?.width ?? 0;
  await page.evaluate(loadAllPictures);
  await page.screenshot({ path: join(artifacts, `${name}-${width}.png`), fullPage: true, animations: "disabled" });
}

/** Asks for pictures further down too, waits for them a few seconds, and scrolls to where a header belongs. */
async function loadAllPictures(): Promise<void> {
  scrollTo(0, 0);
  for (const image of document.images) image.loading = "eager";
  const settled = [...document.images]
    .filter(({ complete }) => !complete)
    .map((image) => new Promise((resolve) => image.addEventListener("load", resolve, { once: true })));
  await Promise.race([Promise.all(settled), new Promise((resolve) => setTimeout(resolve, 3_000))]);
}
