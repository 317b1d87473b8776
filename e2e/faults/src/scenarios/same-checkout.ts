import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { CallFailed } from "@tradepost/api-client/call-error";
import { setCartLine } from "@tradepost/contracts/cart";
import { createQuote, type PlacedOrder, placeOrder } from "@tradepost/contracts/order";
import { ADDRESS } from "@tradepost/e2e/purchase";
import { newVisitor } from "@tradepost/e2e/visitor";
import type { CheckoutRecord, Violation } from "../history/expected.ts";
import { inParallel } from "../shoppers/crowd.ts";
import { payByCard } from "../shoppers/pay-by-card.ts";
import { recorded } from "../shoppers/shopper.ts";
import { broken, type Scenario } from "./scenario.ts";

const PATIENCE_MS = 60_000;

/** One cart, one key, fifty clicks at once: one order, one charge, equal answers. */
export const sameCheckout: Scenario = {
  name: "same-checkout",
  summary: "the same checkout is sent 50 times at once",
  purchases: 50,
  play: async ({ rig, purchases, progress }) => {
    const { url, sandboxUrl } = rig.stack;
    const [article] = await rig.stock.articles(1, 21);
    if (!article) throw new Error("the catalogue is empty");
    await rig.stock.leave(article, purchases);
    const visitor = newVisitor(url);
    await visitor.call(setCartLine, { params: { sku: article.sku }, query: {}, body: { quantity: 1 } });
    const quote = await visitor.call(createQuote, { query: {}, body: { shippingAddress: ADDRESS } });
    const email = `same-${randomUUID().slice(0, 8)}@example.com`;
    const record: CheckoutRecord = { shopper: email, key: randomUUID(), answers: [], shownCents: quote.total.amount };
    const body = {
      ...{ email, shippingAddress: ADDRESS, shippingOptionId: quote.shippingOptionId, expectedTotal: quote.total },
    };
    const answers = await inParallel(purchases, purchases, async () => {
      const { call } = newVisitor(url, visitor.cookies);
      const place = () => call(placeOrder, { idempotencyKey: record.key, body });
      const answer = await recorded(record, place).catch((error: unknown) => error);
      progress({ purchases: 1 });
      return answer;
    });
    const placed = answers.filter((answer): answer is PlacedOrder => !(answer instanceof Error));
    const [first] = placed;
    if (first) {
      const pay = () => payByCard(sandboxUrl, first.payment, "pm_card_visa", Date.now() + PATIENCE_MS);
      record.paid = (await Promise.all([pay(), pay(), pay()])).includes("succeeded");
    }
    const outcomes = { equal: placed.length, "in progress": purchases - placed.length };
    return { checkouts: [record], outcomes, refusals: {}, injected: [], broken: judge(answers, first) };
  },
};

function judge(answers: readonly unknown[], first: PlacedOrder | undefined): Violation[] {
  if (!first) return [broken("same-checkout", "nobody was given an order")];
  return answers.flatMap((answer) => {
    if (answer instanceof CallFailed) {
      const isPolite = answer.problem.code === "idempotency.in_progress" && answer.retryAfterSeconds !== undefined;
      return isPolite ? [] : [broken("same-checkout", `an answer was ${answer.status} ${answer.problem.code}`)];
    }
    return isDeepStrictEqual(answer, first) ? [] : [broken("same-checkout", `an answer differs: ${String(answer)}`)];
  });
}
