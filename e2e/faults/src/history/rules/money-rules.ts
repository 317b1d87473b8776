import type { Facts, IntentFact, OrderFact, PaymentFact } from "../facts.ts";
import { euros, type Rule, sum } from "../rule.ts";
import { isBought, isOver } from "../states.ts";

/** An order is charged once at most, whatever intents it has. */
export const oneCapture: Rule = ({ intents }) =>
  [...Map.groupBy(intents, ({ orderId }) => orderId)].flatMap(([orderId, own]) => {
    const charges = own.flatMap(({ captures }) => captures);
    if (orderId === null || charges.length <= 1) return [];
    return [
      { orderId, message: `charged ${charges.length} times: ${charges.map(({ chargeId }) => chargeId).join(", ")}` },
    ];
  });

/** Each captured payment has an order that wants it, or went back whole. */
export const captureWanted: Rule = (facts) => {
  const byId = ordersById(facts);
  return facts.intents.flatMap((intent) => {
    const captured = capturedOf(intent);
    if (captured === 0) return [];
    const order = intent.orderId === null ? undefined : byId.get(intent.orderId);
    const kept = captured - refundedOf(facts, intent);
    if (kept === 0 || (order && (isBought(order.status) || hasFailedRefund(facts, order)))) return [];
    const message = `${euros(kept)} of ${intent.id} were kept, but the order is ${order?.status ?? "unknown"}`;
    return [{ ...(intent.orderId === null ? {} : { orderId: intent.orderId }), message }];
  });
};

/** Captures − refunds at Stripe = the totals of paid orders − what was refunded of them; for each order, and in all. */
export const capturesMinusRefunds: Rule = (facts) => {
  const byOrder = Map.groupBy(facts.intents, ({ orderId }) => orderId);
  const keptOf = (intents: readonly IntentFact[]) =>
    sum(intents, (intent) => capturedOf(intent) - refundedOf(facts, intent));
  const rows = facts.orders.map((order) => {
    const kept = keptOf(byOrder.get(order.id) ?? []);
    return { order, kept, due: hasFailedRefund(facts, order) ? kept : dueOf(facts, order) };
  });
  const [kept, due] = [keptOf(facts.intents), sum(rows, (row) => row.due)];
  return [
    ...rows
      .filter((row) => row.kept !== row.due)
      .map((row) => ({
        orderId: row.order.id,
        message: `Stripe holds ${euros(row.kept)} for it, it is ${row.order.status} and worth ${euros(row.due)}`,
      })),
    ...(kept === due ? [] : [{ message: `Stripe holds ${euros(kept)} in all, paid orders are worth ${euros(due)}` }]),
  ];
};

/** The payment service's row says what Stripe says. */
export const paymentRow: Rule = (facts) => {
  const intents = new Map(facts.intents.map((intent) => [intent.id, intent]));
  const rows = new Map(facts.payments.map((payment) => [payment.orderId, payment]));
  const strays = facts.intents.filter(
    (intent) => intent.orderId !== null && isStray(intent, rows) && capturedOf(intent) > 0,
  );
  const payable = facts.orders.filter(({ status }) => status === "awaiting_payment" || isBought(status));
  return [
    ...payable
      .filter(({ id }) => !rows.get(id)?.intentId)
      .map(({ id, status }) => ({ orderId: id, message: `the order is ${status} and has no payment with an intent` })),
    ...strays.map(({ id, orderId }) => ({
      orderId: String(orderId),
      message: `${id} was captured, which no payment knows`,
    })),
    ...facts.payments.flatMap((payment) => {
      if (payment.intentId === null) return [];
      const intent = intents.get(payment.intentId);
      const wrong = intent ? differences(facts, payment, intent) : [`knows ${payment.intentId}, Stripe does not`];
      return wrong.map((what) => ({ orderId: payment.orderId, message: `the payment ${what}` }));
    }),
  ];
};

function differences(facts: Facts, payment: PaymentFact, intent: IntentFact): string[] {
  const [isCaptured, refunded] = [capturedOf(intent) > 0, refundedOf(facts, intent)];
  return [
    ...(payment.amountCents === intent.amountCents
      ? []
      : [`is over ${euros(payment.amountCents)}, the intent over ${euros(intent.amountCents)}`]),
    ...((payment.status === "captured") === isCaptured ? [] : [`is ${payment.status}, the intent ${intent.status}`]),
    ...(payment.refundedCents === refunded
      ? []
      : [`says ${euros(payment.refundedCents)} went back, Stripe ${euros(refunded)}`]),
  ];
}

/** A refund that was asked for went back, or is known to have failed; what went back is written down. */
export const refundSettled: Rule = (facts) => {
  const asked = facts.orderRefunds
    .filter(({ refundedAt, failedAt }) => refundedAt === null && failedAt === null)
    .map(({ orderId, amountCents }) => ({ orderId, message: `a refund of ${euros(amountCents)} has not gone back` }));
  const byOrder = Map.groupBy(facts.intents, ({ orderId }) => orderId);
  const told = facts.orders.flatMap((order) => {
    const atStripe = sum(byOrder.get(order.id) ?? [], (intent) => refundedOf(facts, intent));
    const here = repaidOf(facts, order);
    return atStripe === here
      ? []
      : [{ orderId: order.id, message: `Stripe sent ${euros(atStripe)} back, the order knows of ${euros(here)}` }];
  });
  return [...asked, ...told];
};

/** The shop by itself asks back no more than came in, also when the bank sent a refund back: then a person decides. */
export const refundOnce: Rule = (facts) => {
  const byStaff = new Set(facts.orderRefunds.flatMap(({ id, requestedBy }) => (requestedBy === null ? [] : [id])));
  const captured = Map.groupBy(facts.intents, ({ orderId }) => orderId);
  const asked = facts.outbox.flatMap(({ routingKey, aggregateId, envelope }) => {
    if (!routingKey.startsWith("order.refund_requested.")) return [];
    const { refundId, amount } = envelope.payload as { refundId: string; amount: { amount: number } };
    return byStaff.has(refundId) ? [] : [{ refundId, orderId: aggregateId, cents: amount.amount }];
  });
  // What nothing was heard of is asked for again, under the same id.
  const once = new Map(asked.map((request) => [request.refundId, request])).values();
  return [...Map.groupBy(once, ({ orderId }) => orderId)].flatMap(([orderId, requests]) => {
    const [out, came] = [sum(requests, ({ cents }) => cents), sum(captured.get(orderId) ?? [], capturedOf)];
    return out <= came ? [] : [{ orderId, message: `${euros(out)} were asked back of ${euros(came)} that came in` }];
  });
};

/** Nobody can pay for an order that is over. */
export const overUnpayable: Rule = (facts) => {
  const byId = ordersById(facts);
  const rows = new Map(facts.payments.map((payment) => [payment.orderId, payment]));
  return facts.intents.flatMap((intent) => {
    const { id, orderId, status } = intent;
    const order = orderId === null ? undefined : byId.get(orderId);
    if (!order || !isOver(order.status) || status === "canceled" || status === "succeeded") return [];
    if (isStray(intent, rows)) return [];
    return [{ orderId: order.id, message: `the order is ${order.status}, but ${id} can be paid (${status})` }];
  });
};

/** Stripe made the intent and its answer was lost: nobody was ever given the secret to pay it with. */
const isStray = ({ id, orderId }: IntentFact, rows: ReadonlyMap<string, PaymentFact>): boolean =>
  rows.get(orderId ?? "")?.intentId !== id;

const ordersById = ({ orders }: Facts) => new Map(orders.map((order) => [order.id, order]));
export const capturedOf = ({ captures }: IntentFact): number => sum(captures, ({ amountCents }) => amountCents);

/** Refunds that the bank sent back do not count. */
const refundedOf = ({ stripeRefunds }: Facts, { id }: IntentFact): number =>
  sum(
    stripeRefunds.filter(({ intentId, status }) => intentId === id && status === "succeeded"),
    ({ amountCents }) => amountCents,
  );

const repaidOf = ({ orderRefunds }: Facts, { id }: OrderFact): number =>
  sum(
    orderRefunds.filter(
      ({ orderId, refundedAt, failedAt }) => orderId === id && refundedAt !== null && failedAt === null,
    ),
    ({ amountCents }) => amountCents,
  );

/** The bank did not take the money back, which the shop knows and has raised an alarm for. */
const hasFailedRefund = ({ orderRefunds }: Facts, { id }: OrderFact): boolean =>
  orderRefunds.some(({ orderId, failedAt }) => orderId === id && failedAt !== null);

const dueOf = (facts: Facts, order: OrderFact): number =>
  isBought(order.status) ? order.totalCents - repaidOf(facts, order) : 0;
