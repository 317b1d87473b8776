import type { Facts, IntentFact, OrderFact, PaymentFact } from "../facts.ts";
import { euros, type Rule, sum } from "../rule.ts";
import { isBought, isOver } from "../states.ts";

/** An order is charged once at most, on one intent. */
export const oneCapture: Rule = ({ intents }) =>
  [...Map.groupBy(intents, ({ orderId }) => orderId)].flatMap(([orderId, own]) => {
    if (orderId === null) return [];
    const charges = own.flatMap(({ captures }) => captures);
    return [
      ...(charges.length > 1 ? [{ orderId, message: `charged ${charges.length} times: ${idsOf(charges)}` }] : []),
      ...(own.length > 1
        ? [{ orderId, message: `has ${own.length} intents at Stripe: ${own.map(({ id }) => id).join(", ")}` }]
        : []),
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
  const rows = new Map(facts.payments.map((payment) => [payment.orderId, payment]));
  return facts.intents.flatMap((intent) => {
    const { id, orderId, amountCents } = intent;
    if (orderId === null) return [];
    const row = rows.get(orderId);
    const captured = capturedOf(intent) > 0;
    if (isUnheardOf(row, captured)) return [];
    const refunded = refundedOf(facts, intent);
    const wrong = [
      ...(row?.intentId === id ? [] : [`knows the intent ${row?.intentId ?? "none"}, Stripe has ${id}`]),
      ...(row?.amountCents === amountCents
        ? []
        : [`is over ${euros(row?.amountCents ?? 0)}, the intent over ${euros(amountCents)}`]),
      ...((row?.status === "captured") === captured ? [] : [`is ${row?.status}, the intent ${intent.status}`]),
      ...(row?.refundedCents === refunded
        ? []
        : [`says ${euros(row?.refundedCents ?? 0)} went back, Stripe ${euros(refunded)}`]),
    ];
    return wrong.map((what) => ({ orderId, message: `the payment ${what}` }));
  });
};

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
    return byStaff.has(refundId) ? [] : [{ orderId: aggregateId, cents: amount.amount }];
  });
  return [...Map.groupBy(asked, ({ orderId }) => orderId)].flatMap(([orderId, requests]) => {
    const [out, came] = [sum(requests, ({ cents }) => cents), sum(captured.get(orderId) ?? [], capturedOf)];
    return out <= came ? [] : [{ orderId, message: `${euros(out)} were asked back of ${euros(came)} that came in` }];
  });
};

/** Nobody can pay for an order that is over. */
export const overUnpayable: Rule = (facts) => {
  const byId = ordersById(facts);
  const rows = new Map(facts.payments.map((payment) => [payment.orderId, payment]));
  return facts.intents.flatMap(({ id, orderId, status }) => {
    const order = orderId === null ? undefined : byId.get(orderId);
    if (!order || !isOver(order.status) || status === "canceled" || status === "succeeded") return [];
    if (isUnheardOf(rows.get(order.id), false)) return [];
    return [{ orderId: order.id, message: `the order is ${order.status}, but ${id} can be paid (${status})` }];
  });
};

/** Stripe made the intent, its answer was lost, and the order ended: nobody ever had the secret to pay with. */
const isUnheardOf = (row: PaymentFact | undefined, captured: boolean): boolean => row?.intentId === null && !captured;

const ordersById = ({ orders }: Facts) => new Map(orders.map((order) => [order.id, order]));
const idsOf = (charges: IntentFact["captures"]) => charges.map(({ chargeId }) => chargeId).join(", ");
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
