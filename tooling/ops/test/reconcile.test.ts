import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reconcileOrders } from "@tradepost/contracts/order";
import { reconcilePayments } from "@tradepost/contracts/payment";
import { reconcileStock } from "@tradepost/contracts/product";
import type { Finding, Reconcile } from "@tradepost/contracts/reconciliation";
import type { RouteContract } from "@tradepost/contracts/route";
import { noteAddresses } from "@tradepost/local-stack/run-file";
import { keptSecrets } from "@tradepost/local-stack/secrets";
import { freePort } from "@tradepost/servers/ports";
import { AppError } from "@tradepost/service-runtime/app-error";
import { createLogger } from "@tradepost/service-runtime/logger";
import { mountRoute } from "@tradepost/service-runtime/mount-route";
import { createServiceApp } from "@tradepost/service-runtime/service-app";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from "vitest";
import { ops } from "./ops-process.ts";

const key = "k".repeat(32);
const SERVICES = [
  ["payment", reconcilePayments],
  ["order", reconcileOrders],
  ["product", reconcileStock],
] as const;
type Service = (typeof SERVICES)[number][0];

/** What each service finds, and what each was asked, in the order of asking. */
const findings: Record<Service, Finding[]> = { payment: [], order: [], product: [] };
const asked: ({ service: Service } & Reconcile)[] = [];
let answersAfterMs = 0;
const urls: Partial<Record<Service, string>> = {};
const apps = SERVICES.map(([service, route]) => ({ service, app: startApp(service, route) }));

function startApp(name: Service, route: (typeof SERVICES)[number][1]) {
  const logger = createLogger({ service: name, level: "silent" });
  const serviceTokens = createServiceTokens({ name, key });
  const app = createServiceApp({ name, logger, serviceTokens, identify: async () => ({ kind: "guest" }) });
  mountRoute(app, route as RouteContract & typeof reconcileOrders, async ({ body }) => {
    asked.push({ service: name, ...body });
    await new Promise((resolve) => setTimeout(resolve, name === "payment" ? answersAfterMs : 0));
    if (findings[name].some(({ kind }) => kind === "broken"))
      throw new AppError(503, "stripe.unavailable", "Stripe is away");
    return { compared: 12, findings: findings[name] };
  });
  return app;
}

const environment = () => ({
  PAYMENT_SERVICE_URL: urls.payment ?? "",
  ORDER_SERVICE_URL: urls.order ?? "",
  PRODUCT_SERVICE_URL: urls.product ?? "",
  INTERNAL_TOKEN_KEY: key,
});
const reconcile = (...args: string[]) => ops(["reconcile", ...args], environment());
const finding = (kind: string, outcome: Finding["outcome"], subject = "019aa"): Finding => ({
  ...{ kind, subject, outcome },
  detail: `about ${subject}`,
});

beforeAll(async () => {
  for (const { service, app } of apps) urls[service] = await app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  for (const { app } of apps) await app.close();
});
beforeEach(() => {
  for (const [service] of SERVICES) findings[service] = [];
  asked.length = 0;
  answersAfterMs = 0;
});

it("asks payments, orders and stock in this order, for the last day up to five minutes ago", async () => {
  const { code, stdout } = await reconcile();
  expect(asked.map(({ service, dryRun }) => [service, dryRun])).toEqual(SERVICES.map(([service]) => [service, false]));
  const [first] = asked;
  expect(Date.parse(first!.until) - Date.parse(first!.since)).toBe(86_400_000 - 300_000);
  expect(stdout).toContain("order    the payments with the orders: 12 compared, all agree");
  expect(stdout).toMatch(/\nNo differences\.\n$/);
  expect(code).toBe(0);
});

it("groups what was found, and says by its code whether a person is needed", async () => {
  findings.payment = [finding("capture.unrecorded", "repaired", "a1"), finding("capture.unrecorded", "repaired", "a2")];
  const mended = await reconcile();
  expect(mended.code).toBe(0);
  expect(mended.stdout).toContain("  repaired   capture.unrecorded, 2\n      a1  about a1\n      a2  about a2\n");

  findings.product = Array.from({ length: 12 }, (_, index) => finding("stock.unexplained", "alert", `s${index}`));
  const open = await reconcile();
  expect(open.code).toBe(1);
  expect(open.stdout).toMatch(/alert {6}stock\.unexplained, 12\n(.*\n){10} {6}and 2 more, all in --json\n/);
  expect(open.stdout).toMatch(/\n14 differences: 12 for a person to decide, 2 repaired\.\n$/);
});

it("changes nothing in a dry run, which fails while there is something to repair", async () => {
  findings.order = [finding("order.unconfirmed", "repairable")];
  const { code, stdout } = await reconcile("--dry-run", "--since", "2026-01-31T09:00:00+01:00");
  expect(asked.map(({ dryRun, since }) => [dryRun, since])).toEqual(
    SERVICES.map(() => [true, "2026-01-31T08:00:00.000Z"]),
  );
  expect(stdout).toContain("only looked at (dry run)");
  expect(stdout).toContain("1 difference: 1 that a run without --dry-run repairs.");
  expect(code).toBe(1);
});

it("gives everything as JSON", async () => {
  findings.order = Array.from({ length: 30 }, (_, index) => finding("order.unconfirmed", "repaired", `o${index}`));
  const { stdout } = await reconcile("--json");
  const { results, dryRun } = JSON.parse(stdout);
  expect([dryRun, results.map(({ service }: { service: string }) => service)]).toEqual([
    false,
    ["payment", "order", "product"],
  ]);
  expect(results[1].report.findings).toEqual(findings.order);
});

it("tells which service could not do it, and still asks the others", async () => {
  findings.payment = [finding("broken", "alert")];
  const { code, stdout } = await reconcile();
  expect(stdout).toContain("payment  failed: 503 stripe.unavailable: Stripe is away");
  expect(stdout).toMatch(/No differences\. No answer from: payment\.\n$/);
  expect(new Set(asked.map(({ service }) => service))).toEqual(new Set(["payment", "order", "product"]));
  expect(code).toBe(2);
});

it("says what is wrong with a key or an address", async () => {
  const wrongKey = await ops(["reconcile"], { ...environment(), INTERNAL_TOKEN_KEY: "x".repeat(32) });
  expect([wrongKey.code, wrongKey.stdout]).toEqual([2, expect.stringContaining("failed: 401 service_token.invalid")]);
  const nowhere = await ops(["reconcile"], {
    ...environment(),
    ORDER_SERVICE_URL: `http://127.0.0.1:${await freePort()}`,
  });
  expect([nowhere.code, nowhere.stdout]).toEqual([2, expect.stringMatching(/order {4}failed: .*ECONNREFUSED/)]);
});

it("says that it still works, on standard error", async () => {
  answersAfterMs = 3_000;
  const { stdout, stderr } = await reconcile("--json");
  expect(stderr).toMatch(/^payment: comparing Stripe with the payments… \d+ s$/m);
  expect(JSON.parse(stdout).results).toHaveLength(3);
});

it("takes its settings from files too, and refuses to mix them with those of another shop", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tradepost-ops-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, "key"), `${key}\n`);
  const { INTERNAL_TOKEN_KEY: _key, ...others } = environment();
  expect((await ops(["reconcile"], { ...others, INTERNAL_TOKEN_KEY_FILE: join(dir, "key") })).code).toBe(0);

  noteAddresses(dir, { rabbitUrl: "amqp://127.0.0.1:1", serviceUrls: { ...allUrls() } });
  const mixed = await ops(["--data", dir, "reconcile"], others);
  expect([mixed.code, mixed.stderr]).toEqual([2, expect.stringContaining("Set INTERNAL_TOKEN_KEY, or start")]);
});

it("finds the shop that runs on this machine", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tradepost-ops-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const nothing = await ops(["--data", dir, "reconcile"]);
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining("or start a shop here: npm start")]);

  writeFileSync(join(dir, "secrets.json"), JSON.stringify({ ...keptSecrets(dir), internalTokenKey: key }));
  noteAddresses(dir, { rabbitUrl: "amqp://127.0.0.1:1", serviceUrls: { ...allUrls() } });
  const { code, stdout } = await ops(["--data", dir, "reconcile", "--json"]);
  expect(JSON.parse(stdout).results).toHaveLength(3);
  expect(code).toBe(0);
});

it.each([
  [["--since", "yesterday"], /--since yesterday: say how long ago/],
  [["--since", "1m"], /--since must be before --until/],
  [["--sinse", "1h"], /unknown option '--sinse'/],
  [["now"], /too many arguments/],
])("refuses %s with a reason", async (args, reason) => {
  const { code, stdout, stderr } = await reconcile(...args);
  expect([code, stdout, asked]).toEqual([2, "", []]);
  expect(stderr).toMatch(reason);
});

it.each([[[]], [["reconcile"]], [["dead-letters"]], [["dead-letters", "show"]]])("explains %s", async (args) => {
  const { code, stdout } = await ops([...args, "--help"]);
  expect(stdout).toMatch(/^Usage: ops/);
  expect(code).toBe(0);
});

function allUrls() {
  const { payment = "", order = "", product = "" } = urls;
  return { payment, order, product, user: "http://127.0.0.1:1", cart: "http://127.0.0.1:1" };
}
