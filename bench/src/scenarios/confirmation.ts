import { setTimeout as sleep } from "node:timers/promises";
import type { PlacedOrder } from "@tradepost/contracts/order";
import { ask, inParallel } from "../ask.ts";
import { openCheckout, sendPrepared } from "../checkout.ts";
import type { Finding } from "../finding.ts";
import type { Scenario } from "../scenario.ts";
import type { Shop } from "../shop.ts";
import { quantile, spreadOf } from "../spread.ts";

const ORDERS_PER_SECOND = 50;
const ORDERS = 500;
const PATIENCE_MS = 60_000;

/**
 * Payments are confirmed at a steady rate, whatever comes back. The time runs from asking the sandbox to confirm until
 * the sandbox has the mail: capture, signed webhook, event, order, second event and mail are all in it.
 */
export const confirmation: Scenario = {
  name: "confirmation",
  summary: "payment captured → webhook → order confirmed → mail handed over, at 50 orders/s",
  run: async (stage, { rounds, count }, say) => {
    const shop = await stage.shop();
    const checkout = await openCheckout(shop);
    const p50: number[] = [];
    const p99: number[] = [];
    const orders = count(ORDERS);
    for (let round = 0; round <= rounds; round++) {
      const run = `${Date.now().toString(36)}-${round}`;
      const requests = await checkout.prepareOrders(orders, (n) => `buyer-${run}-${n}@example.com`);
      const placed = await inParallel(requests, 8, async (request) => {
        return JSON.parse(await sendPrepared(shop.addresses.serviceUrls.order, request)) as PlacedOrder;
      });
      const latenciesMs = await confirmSteadily(shop, placed);
      const sorted = latenciesMs.sort((a, b) => a - b);
      say(`${round === 0 ? "warm-up" : `round ${round} of ${rounds}`}: p99 ${Math.round(quantile(sorted, 0.99))} ms`);
      if (round === 0) continue;
      p50.push(quantile(sorted, 0.5));
      p99.push(quantile(sorted, 0.99));
    }
    return [findingOf(p50, p99, orders)];
  },
};

const findingOf = (p50: number[], p99: number[], orders: number): Finding => ({
  ...{ scenario: "confirmation", what: `captured → confirmed → mailed, p99 at ${ORDERS_PER_SECOND} orders/s` },
  ...{ comparedWith: null, unit: "ms", score: spreadOf(p99), target: { atMost: 250 } },
  notes: `${orders} orders a round; p50 ${Math.round(spreadOf(p50).median)} ms`,
});

async function confirmSteadily(shop: Shop, placed: readonly PlacedOrder[]): Promise<number[]> {
  const startedAtMs = performance.now();
  const askedAtMs = await Promise.all(
    placed.map(async (order, n) => {
      await sleep(Math.max(0, startedAtMs + (n * 1000) / ORDERS_PER_SECOND - performance.now()));
      const nowMs = Date.now();
      await confirmPayment(shop.addresses.sandboxUrl, order);
      return nowMs;
    }),
  );
  const mailedAt = await mailsOf(shop, placed);
  return placed.map(({ order }, n) => (mailedAt.get(order.email) ?? Number.NaN) - (askedAtMs[n] ?? Number.NaN));
}

async function confirmPayment(sandboxUrl: string, { payment }: PlacedOrder): Promise<void> {
  await ask(`${sandboxUrl}/v1/payment_intents/${payment.id}/confirm`, {
    method: "POST",
    headers: { authorization: `Bearer ${payment.publishableKey}` },
    body: new URLSearchParams({
      client_secret: payment.clientSecret,
      payment_method: "pm_card_visa",
      return_url: "http://localhost/checkout/return",
    }),
  });
}

/** When each order's mail was accepted. The inbox is asked for the last one alone until that is there. */
async function mailsOf(shop: Shop, placed: readonly PlacedOrder[]): Promise<Map<string, number>> {
  const emails = placed.map(({ order }) => order.email);
  const mails = await inParallel(emails.toReversed(), 1, async (email) => {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(250)) {
      const answer = await ask(`${shop.addresses.sandboxUrl}/inbox/messages?to=${email}`);
      const [mail] = (JSON.parse(answer) as { items: { at: string }[] }).items;
      if (mail) return [email, Date.parse(mail.at)] as const;
    }
    throw new Error(`the mail to ${email} did not come`);
  });
  return new Map(mails);
}
