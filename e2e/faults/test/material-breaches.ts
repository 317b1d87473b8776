import { type Breach, intentOf, mug, must, orderOf, paymentOf, reservationOf } from "./breach.ts";
import { at, BOUGHT, event, intent, RETURNED, UNKNOWN, WAITING } from "./forged-facts.ts";

/** Histories in which goods or money went wrong, by the rule that must tell. */
export const materialBreaches = {
  "stock-sums": [
    ["a hold was lost", undefined, (facts) => mug(facts).holds.pop()],
    ["stock went below zero", undefined, (facts) => Object.assign(mug(facts), { onHand: -1, available: -2 })],
  ],
  "stock-sold": [["a sale took nothing", undefined, (facts) => Object.assign(mug(facts), { onHand: 2, available: 1 })]],
  "not-oversold": [
    ["the stock was never there", BOUGHT, (facts) => Object.assign(facts.expected.initialStock, { MUG: 0 })],
  ],
  "holds-of-open-orders": [
    [
      "an order ended and kept its hold",
      RETURNED,
      (facts) => mug(facts).holds.push({ orderId: RETURNED, quantity: 1 }),
    ],
    ["a hold of no order", UNKNOWN, (facts) => mug(facts).holds.push({ orderId: UNKNOWN, quantity: 1 })],
  ],
  "reservation-settled": [
    [
      "a paid order's hold was not sold",
      BOUGHT,
      (facts) => Object.assign(reservationOf(facts, BOUGHT), { state: "held" }),
    ],
    [
      "a paid order got nothing",
      BOUGHT,
      (facts) => Object.assign(reservationOf(facts, BOUGHT), { shortages: [{ sku: "MUG" }] }),
    ],
    [
      "a cancelled order kept its units",
      RETURNED,
      (facts) => Object.assign(reservationOf(facts, RETURNED), { state: "sold" }),
    ],
    [
      "a reservation of no order",
      UNKNOWN,
      (facts) => Object.assign(reservationOf(facts, WAITING), { orderId: UNKNOWN }),
    ],
  ],
  "one-capture": [
    [
      "charged twice on one intent",
      BOUGHT,
      (facts) => intentOf(facts, BOUGHT).captures.push({ chargeId: "ch_2", amountCents: 4_290, at: at(9) }),
    ],
  ],
  "capture-wanted": [
    ["paid and forgotten", WAITING, (facts) => Object.assign(intentOf(facts, WAITING), intent("pi_4", WAITING, true))],
    ["paid for an order that is over, and kept", RETURNED, (facts) => facts.stripeRefunds.pop()],
    [
      "the refund came back from the bank",
      RETURNED,
      (facts) =>
        Object.assign(
          must(facts.stripeRefunds, () => true),
          { status: "failed" },
        ),
    ],
    ["paid for no order", UNKNOWN, (facts) => facts.intents.push(intent("pi_9", UNKNOWN, true))],
  ],
  "captures-minus-refunds": [
    [
      "charged another sum",
      BOUGHT,
      (facts) =>
        Object.assign(
          must(intentOf(facts, BOUGHT).captures, () => true),
          { amountCents: 4_289 },
        ),
    ],
    ["confirmed without money", WAITING, (facts) => Object.assign(orderOf(facts, WAITING), { status: "confirmed" })],
    [
      "money of nobody's order",
      undefined,
      (facts) => facts.intents.push({ ...intent("pi_9", UNKNOWN, true), orderId: null }),
    ],
  ],
  "payment-row": [
    [
      "a capture that the payment service missed",
      BOUGHT,
      (facts) => Object.assign(paymentOf(facts, BOUGHT), { status: "awaiting" }),
    ],
    [
      "a refund counted twice",
      RETURNED,
      (facts) => Object.assign(paymentOf(facts, RETURNED), { refundedCents: 8_580 }),
    ],
    [
      "an intent that it does not know",
      WAITING,
      (facts) => Object.assign(intentOf(facts, WAITING), { id: "pi_other" }),
    ],
  ],
  "refund-settled": [
    [
      "a refund never went back",
      RETURNED,
      (facts) =>
        Object.assign(
          must(facts.orderRefunds, () => true),
          { refundedAt: null },
        ),
    ],
    [
      "a refund that the order does not know",
      BOUGHT,
      (facts) =>
        facts.stripeRefunds.push({ id: "re_1", intentId: "pi_1", amountCents: 100, status: "succeeded", at: at(30) }),
    ],
  ],
  "refund-once": [
    [
      "asked back again after the bank refused",
      RETURNED,
      (facts) => {
        const payload = { refundId: UNKNOWN, amount: { amount: 4_290, currency: "EUR" } };
        facts.outbox.push(event("order", UNKNOWN, "order.refund_requested.v1", RETURNED, payload));
      },
    ],
  ],
  "over-unpayable": [
    [
      "an order ended and can still be paid",
      WAITING,
      (facts) => Object.assign(orderOf(facts, WAITING), { status: "cancelled" }),
    ],
  ],
} satisfies Record<string, Breach[]>;
