import { randomUUID } from "node:crypto";
import { CallFailed } from "@tradepost/api-client/call-error";
import { setCartLine } from "@tradepost/contracts/cart";
import { createQuote, type PlacedOrder, placeOrder, type Quote } from "@tradepost/contracts/order";
import { StockShortage } from "@tradepost/contracts/product";
import { ADDRESS } from "@tradepost/e2e/purchase";
import { newVisitor, type Visitor } from "@tradepost/e2e/visitor";
import { z } from "zod";
import type { CheckoutRecord, Violation } from "../history/expected.ts";
import type { Article } from "../rig/stock.ts";
import { inParallel } from "../shoppers/crowd.ts";
import { payByCard } from "../shoppers/pay-by-card.ts";
import { describe, politely } from "../shoppers/politely.ts";
import { recorded } from "../shoppers/shopper.ts";
import { broken, type Scenario, type Stage } from "./scenario.ts";
import { count } from "./shop-under.ts";

const UNITS_SHARE = 0.25;
const PATIENCE_MS = 120_000;
const IN_PREPARATION = 10;

/** Four shoppers for each unit, who all have one in their cart and all click at once. */
export const lastUnits: Scenario = {
  name: "last-units",
  summary: "200 shoppers click at once for the last 50 units of one article",
  purchases: 200,
  play: async (stage) => {
    const { rig, purchases } = stage;
    const units = Math.round(purchases * UNITS_SHARE);
    const [article] = await rig.stock.articles(1, 20);
    if (!article) throw new Error("the catalogue is empty");
    await rig.stock.leave(article, units);
    const run = randomUUID().slice(0, 8);
    const ready = await inParallel(purchases, IN_PREPARATION, (index) =>
      prepare(stage, article, `last-${run}-${index}@example.com`),
    );
    const clicks = await inParallel(purchases, purchases, async (index) => {
      const shopper = ready[index];
      const outcome = shopper ? await click(stage, shopper) : "broken";
      stage.progress({ purchases: 1 });
      return outcome;
    });
    const outcomes = count(clicks);
    return {
      checkouts: ready.map(({ record }) => record),
      outcomes,
      refusals: {},
      injected: [],
      broken: judge(outcomes, units, purchases),
    };
  },
};

function judge(outcomes: Record<string, number>, units: number, purchases: number): Violation[] {
  const { paid = 0, "sold-out": soldOut = 0 } = outcomes;
  if (paid === units && soldOut === purchases - units) return [];
  const expected = `${units} paid and ${purchases - units} politely refused`;
  return [broken("last-units", `expected ${expected}, but it was ${JSON.stringify(outcomes)}`)];
}

interface Ready {
  visitor: Visitor;
  quote: Quote;
  email: string;
  record: CheckoutRecord;
}

async function prepare({ rig }: Stage, { sku }: Article, email: string): Promise<Ready> {
  const visitor = newVisitor(rig.stack.url);
  const untilMs = Date.now() + PATIENCE_MS;
  await politely(untilMs, () => visitor.call(setCartLine, { params: { sku }, query: {}, body: { quantity: 1 } }));
  const quote = await politely(untilMs, () =>
    visitor.call(createQuote, { query: {}, body: { shippingAddress: ADDRESS } }),
  );
  return {
    ...{ visitor, quote, email },
    record: { shopper: email, key: randomUUID(), answers: [], shownCents: quote.total.amount },
  };
}

async function click({ rig }: Stage, { visitor, quote, email, record }: Ready): Promise<string> {
  const body = {
    ...{ email, shippingAddress: ADDRESS, shippingOptionId: quote.shippingOptionId, expectedTotal: quote.total },
  };
  const untilMs = Date.now() + PATIENCE_MS;
  const place = () => visitor.call(placeOrder, { idempotencyKey: record.key, body });
  const placed = await politely(untilMs, () => recorded(record, place)).catch(refusal);
  if (typeof placed === "string") return placed;
  record.paid = (await payByCard(rig.stack.sandboxUrl, placed.payment, "pm_card_visa", untilMs)) === "succeeded";
  return record.paid ? "paid" : "unpaid";
}

const Shortages = z.array(StockShortage).min(1);

/** `sold-out` for the refusal that names what is left; anything else as it came. */
function refusal(error: unknown): Exclude<string, PlacedOrder> {
  const isPolite =
    error instanceof CallFailed &&
    error.problem.code === "stock.insufficient" &&
    Shortages.safeParse(error.problem.lines).success;
  return isPolite ? "sold-out" : describe(error);
}
