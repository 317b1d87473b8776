import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { CallFailed, CallUnreachable } from "@tradepost/api-client/call-error";
import { setCartLine } from "@tradepost/contracts/cart";
import {
  cancelOrder,
  createQuote,
  getOrderPayment,
  type PlacedOrder,
  placeOrder,
  Quote,
} from "@tradepost/contracts/order";
import type { CallInput } from "@tradepost/contracts/route";
import { registerUser } from "@tradepost/contracts/user";
import { ADDRESS } from "@tradepost/e2e/purchase";
import { newVisitor, type Visitor } from "@tradepost/e2e/visitor";
import type { Answer, CheckoutRecord } from "../history/expected.ts";
import { type PaymentResult, payByCard } from "./pay-by-card.ts";
import type { Plan } from "./plan.ts";
import { describe, GaveUp, politely, twice } from "./politely.ts";

export type Outcome = "paid" | "cancelled" | "sold-out" | "abandoned" | "gave-up" | "not-payable";

/** One shopper's visit, and everything that the shop told them. */
export interface Purchase {
  plan: Plan;
  outcome: Outcome;
  /** One for each key under which an order was asked for. */
  checkouts: CheckoutRecord[];
  /** What the shop said last to who left without what they came for. */
  stoppedBy?: string;
  trail: string[];
}

export interface ShopDoor {
  shopUrl: string;
  sandboxUrl: string;
  /** How long a shopper bears with a shop that does not answer, for each step. */
  patienceMs: number;
}

const ATTEMPT_MS = 12_000;
const MOST_QUOTES = 4;

/** Goes shopping as planned, with a double click on every button. Never throws: what happened is in the answer. */
export async function goShopping(door: ShopDoor, plan: Plan): Promise<Purchase> {
  const purchase: Purchase = { plan, outcome: "gave-up", checkouts: [], trail: [] };
  const visit = openVisit(door, purchase);
  try {
    await fillCart(visit);
    const placed = await place(visit);
    purchase.outcome = await finish(visit, placed);
  } catch (error) {
    purchase.stoppedBy = describe(error);
    note(visit, `stopped: ${purchase.stoppedBy}`);
    purchase.outcome = outcomeOf(error);
  }
  return purchase;
}

interface Visit {
  door: ShopDoor;
  purchase: Purchase;
  visitor: Visitor;
  /** A call with retries, for as long as patience lasts. */
  call: Visitor["call"];
  /** Asks for an order once. */
  place: (input: CallInput<typeof placeOrder>) => Promise<PlacedOrder>;
  untilMs: () => number;
}

function openVisit(door: ShopDoor, purchase: Purchase): Visit {
  const visitor = newVisitor(door.shopUrl);
  const untilMs = () => Date.now() + door.patienceMs;
  return {
    ...{ door, purchase, visitor, untilMs },
    call: (route, input, options) =>
      politely(untilMs(), () => visitor.call(route, input, { timeoutMs: ATTEMPT_MS, ...options })),
    place: (input) => visitor.call(placeOrder, input, { timeoutMs: ATTEMPT_MS }),
  };
}

const note = ({ purchase }: Visit, what: string) =>
  void purchase.trail.push(`${new Date().toISOString().slice(11, 23)} ${what}`);

async function fillCart(visit: Visit): Promise<void> {
  const { plan } = visit.purchase;
  if (plan.signedIn) {
    const account = { email: plan.email, password: randomUUID(), name: ADDRESS.name };
    await twice(() => visit.call(registerUser, { body: account }));
  }
  for (const { article, quantity } of plan.lines)
    await twice(() => visit.call(setCartLine, { params: { sku: article.sku }, query: {}, body: { quantity } }));
}

/** Two clicks with one key; another total is accepted under another key. */
async function place(visit: Visit): Promise<PlacedOrder> {
  let quote = await visit.call(createQuote, { query: {}, body: { shippingAddress: ADDRESS } });
  for (let asked = 1; ; asked++) {
    try {
      return await placeTwice(visit, quote);
    } catch (error) {
      const isNewPrice = error instanceof CallFailed && error.problem.code === "quote.changed";
      if (!isNewPrice || asked === MOST_QUOTES) throw error;
      quote = Quote.parse(error.problem.quote);
    }
  }
}

async function placeTwice(visit: Visit, quote: Quote): Promise<PlacedOrder> {
  const { plan, checkouts } = visit.purchase;
  const record: CheckoutRecord = {
    shopper: plan.email,
    key: randomUUID(),
    answers: [],
    shownCents: quote.total.amount,
  };
  checkouts.push(record);
  const body = {
    ...(plan.signedIn ? {} : { email: plan.email }),
    shippingAddress: plan.phone === undefined ? ADDRESS : { ...ADDRESS, phone: plan.phone },
    ...{ smsUpdates: plan.phone !== undefined, shippingOptionId: quote.shippingOptionId, expectedTotal: quote.total },
  };
  const untilMs = visit.untilMs();
  const click = () =>
    politely(untilMs, () => recorded(record, () => visit.place({ idempotencyKey: record.key, body })));
  const [placed] = await twice(click);
  note(visit, `placed ${placed.order.id}, ${quote.total.amount} cents`);
  return placed;
}

/** Writes down what a client was told, whatever it was. */
export async function recorded(record: CheckoutRecord, place: () => Promise<PlacedOrder>): Promise<PlacedOrder> {
  try {
    const placed = await place();
    const { id, total, status } = placed.order;
    record.answers.push({ status: 201, orderId: id, totalCents: total.amount });
    record.seen = [...(record.seen ?? []), status];
    return placed;
  } catch (error) {
    record.answers.push(toAnswer(error));
    throw error;
  }
}

function toAnswer(error: unknown): Answer {
  if (error instanceof CallFailed) return { status: error.status, code: error.problem.code };
  if (error instanceof CallUnreachable) return { status: error.status ?? 0 };
  throw error;
}

async function finish(visit: Visit, placed: PlacedOrder): Promise<Outcome> {
  switch (visit.purchase.plan.story) {
    case "abandon":
      return "abandoned";
    case "cancel-unpaid":
      return cancel(visit, placed);
    case "cancel-paid": {
      const outcome = await pay(visit, placed, "pm_card_visa");
      return outcome === "paid" ? cancel(visit, placed) : outcome;
    }
    case "decline-then-pay": {
      await pay(visit, placed, "pm_card_chargeDeclined");
      const payment = await visit.call(getOrderPayment, { params: { orderId: placed.order.id } }, asOwner(placed));
      return pay(visit, { ...placed, payment }, "pm_card_mastercard");
    }
    case "pay-at-the-deadline":
      await sleep(Math.max(0, Date.parse(placed.order.payBy ?? "") - Date.now() + Math.random() * 1_500 - 500));
      return pay(visit, placed, "pm_card_visa");
    case "pay-with-3ds": {
      // The second click begins the bank's check anew, which can make the first one fail.
      const outcome = await pay(visit, placed, "pm_card_threeDSecure2Required");
      return outcome === "paid" ? outcome : pay(visit, placed, "pm_card_visa");
    }
    case "pay-slowly":
      return pay(visit, placed, "pm_card_sandboxProcessing");
    case "pay":
      return pay(visit, placed, "pm_card_visa");
  }
}

async function pay(visit: Visit, { payment }: PlacedOrder, card: string): Promise<Outcome> {
  const { sandboxUrl } = visit.door;
  const results = await twice(() => payByCard(sandboxUrl, payment, card, visit.untilMs()));
  note(visit, `paid with ${card}: ${results.join(" and ")}`);
  const has = (result: PaymentResult) => results.includes(result);
  if (has("succeeded")) lastCheckout(visit).paid = true;
  if (has("succeeded") || has("processing")) return "paid";
  return has("not-payable") ? "not-payable" : "gave-up";
}

async function cancel(visit: Visit, placed: PlacedOrder): Promise<Outcome> {
  const input = { idempotencyKey: randomUUID(), params: { orderId: placed.order.id } };
  const answers = await twice(() => visit.call(cancelOrder, input, asOwner(placed)));
  note(visit, `cancelled: ${answers.map(({ status }) => status).join(" and ")}`);
  const checkout = lastCheckout(visit);
  checkout.seen = [...(checkout.seen ?? []), ...answers.map(({ status }) => status)];
  checkout.cancelled = answers.some(({ status }) => status === "cancelled");
  return "cancelled";
}

function lastCheckout({ purchase }: Visit): CheckoutRecord {
  const last = purchase.checkouts.at(-1);
  if (!last) throw new Error("nothing was placed yet");
  return last;
}

const asOwner = ({ orderToken }: PlacedOrder) =>
  orderToken === undefined ? {} : { headers: { "x-order-token": orderToken } };

function outcomeOf(error: unknown): Outcome {
  if (error instanceof GaveUp) return "gave-up";
  if (!(error instanceof CallFailed)) throw error;
  if (error.problem.code === "stock.insufficient") return "sold-out";
  return error.problem.code === "order.not_payable" ? "not-payable" : "gave-up";
}
