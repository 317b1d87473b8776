import { CallFailed } from "@tradepost/api-client/call-error";
import { createClient } from "@tradepost/api-client/client";
import { withServiceToken } from "@tradepost/api-client/service-token";
import { reconcileOrders } from "@tradepost/contracts/order";
import { reconcilePayments } from "@tradepost/contracts/payment";
import { reconcileStock } from "@tradepost/contracts/product";
import type { Reconcile, ReconciliationReport } from "@tradepost/contracts/reconciliation";
import { createServiceTokens } from "@tradepost/service-runtime/service-token";
import { withProgress } from "./progress.ts";

/** Each trusts what the one before it has put right: the payments follow Stripe, the orders them, the stock the orders. */
const STEPS = [
  { service: "payment", route: reconcilePayments, url: "PAYMENT_SERVICE_URL", compares: "Stripe with the payments" },
  { service: "order", route: reconcileOrders, url: "ORDER_SERVICE_URL", compares: "the payments with the orders" },
  { service: "product", route: reconcileStock, url: "PRODUCT_SERVICE_URL", compares: "the orders with the stock" },
] as const;

export const RECONCILE_VARIABLES = [...STEPS.map(({ url }) => url), "INTERNAL_TOKEN_KEY"] as const;

export interface ServiceResult {
  service: string;
  compares: string;
  /** Undefined when the service could not do it; `error` says why. */
  report?: ReconciliationReport;
  error?: string;
}

/** The platform's fetch gives up a silent answer after five minutes. */
const TIMEOUT_MS = 290_000;

/** Has the services reconcile one after another, as `operations`. All are asked, also after one has failed. */
export async function reconcile(
  shop: Record<(typeof RECONCILE_VARIABLES)[number], string>,
  what: Reconcile,
): Promise<ServiceResult[]> {
  const tokens = createServiceTokens({ name: "operations", key: shop.INTERNAL_TOKEN_KEY });
  const results: ServiceResult[] = [];
  for (const { service, route, url, compares } of STEPS) {
    const call = createClient(withServiceToken({ baseUrl: shop[url], timeoutMs: TIMEOUT_MS }, tokens));
    const outcome = await withProgress(`${service}: comparing ${compares}`, call(route, { body: what })).then(
      (report) => ({ report }),
      (error: unknown) => ({ error: reasonOf(error) }),
    );
    results.push({ service, compares, ...outcome });
  }
  return results;
}

function reasonOf(error: unknown): string {
  if (error instanceof CallFailed) return `${error.status} ${error.problem.code}: ${error.message}`;
  const words: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) words.push(each.message);
  return words.length === 0 ? String(error) : words.join(": ");
}
