import type { Stripe } from "stripe";
import { z } from "zod";
import type { Tx } from "../storage/transaction.ts";
import { written } from "./amounts.ts";
import { recordBalance } from "./charge.ts";
import { invalidRequest, noSuch } from "./errors.ts";
import { newId, randomText } from "./ids.ts";
import { page, paging } from "./list.ts";
import { emptyable, flag, integer, mergeMetadata, metadata, text } from "./params.ts";
import { findPaymentIntent } from "./payment-intent.ts";
import { type StripeRoute, stripeRoute } from "./route.ts";

const RefundCreate = z.strictObject({
  amount: integer.optional(),
  charge: text.optional(),
  payment_intent: text.optional(),
  reason: emptyable(z.enum(["duplicate", "fraudulent", "requested_by_customer"])).optional(),
  metadata: metadata.optional(),
  refund_application_fee: flag.optional(),
  reverse_transfer: flag.optional(),
  instructions_email: text.optional(),
});
type RefundCreate = z.infer<typeof RefundCreate>;

export const refundRoutes: StripeRoute[] = [
  stripeRoute("POST /v1/refunds", RefundCreate, (tx, { params }) => createRefund(tx, params)),
  stripeRoute(
    "GET /v1/refunds",
    z.strictObject({ ...paging, charge: text.optional(), payment_intent: text.optional() }),
    (tx, { params }) => {
      const wanted = tx
        .all("refunds")
        .filter(({ charge }) => params.charge === undefined || charge === params.charge)
        .filter(
          ({ payment_intent: intent }) => params.payment_intent === undefined || intent === params.payment_intent,
        );
      return page("/v1/refunds", wanted, params);
    },
  ),
  stripeRoute("GET /v1/refunds/:id", z.strictObject({}), (tx, { id }) => findRefund(tx, id)),
  stripeRoute("POST /v1/refunds/:id", z.strictObject({ metadata: metadata.optional() }), (tx, { id, params }) => {
    const before = findRefund(tx, id);
    const refund = tx.put("refunds", { ...before, metadata: mergeMetadata(before.metadata ?? {}, params.metadata) });
    tx.emit("refund.updated", refund, { metadata: before.metadata });
    return refund;
  }),
];

function findRefund(tx: Tx, id: string): Stripe.Refund {
  const found = tx.get("refunds", id);
  if (!found) throw noSuch("refund", id);
  return found;
}

function createRefund(tx: Tx, params: RefundCreate): Stripe.Refund {
  const charge = chargeToRefund(tx, params);
  const left = charge.amount_captured - charge.amount_refunded;
  if (charge.refunded || left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  }
  if (charge.disputed) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  const amount = params.amount ?? left;
  if (amount < 1) {
    throw invalidRequest("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  }
  if (amount > left) {
    const whole = charge.amount_refunded === 0 ? "charge amount" : "unrefunded amount on charge";
    const message = `Refund amount (${money(amount, charge)}) is greater than ${whole} (${money(left, charge)})`;
    throw invalidRequest(message, { code: "amount_too_large", param: "amount" });
  }
  return recordRefund(tx, charge, amount, params);
}

const money = (amount: number, { currency }: Stripe.Charge) => written(amount, currency).split(" ")[0];

function chargeToRefund(tx: Tx, params: RefundCreate): Stripe.Charge {
  if (params.charge === undefined && params.payment_intent === undefined) {
    throw invalidRequest("One of the following params should be provided for this request: payment_intent or charge.");
  }
  if (params.charge !== undefined) {
    const charge = tx.get("charges", params.charge);
    if (!charge) throw noSuch("charge", params.charge, "charge");
    if (!charge.captured) {
      throw invalidRequest(`Charge ${charge.id} has not been captured, so there is nothing to refund.`, {
        code: "charge_not_refundable",
      });
    }
    return charge;
  }
  const intent = findPaymentIntent(tx, params.payment_intent as string, "payment_intent");
  const charge = typeof intent.latest_charge === "string" ? tx.get("charges", intent.latest_charge) : undefined;
  if (intent.status === "succeeded" && charge) return charge;
  throw invalidRequest(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
    code: "payment_intent_unexpected_state",
  });
}

function recordRefund(tx: Tx, charge: Stripe.Charge, amount: number, params: RefundCreate): Stripe.Refund {
  const kind = tx.get("cards", charge.payment_method as string)?.behaviour.refund;
  const { currency, description } = charge;
  const balance = recordBalance(tx, { type: "refund", amount: -amount, currency, description, source: charge.id });
  const refund = tx.put("refunds", {
    id: newId("re"),
    object: "refund",
    amount,
    balance_transaction: balance.id,
    charge: charge.id,
    created: tx.now,
    currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: {
        reference: randomText(16),
        reference_status: "available",
        reference_type: "acquirer_reference_number",
        type: "refund",
      },
      type: "card",
    },
    metadata: mergeMetadata({}, params.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: kind === "pending" ? "pending" : "succeeded",
    transfer_reversal: null,
  });
  if (kind) tx.schedule("settle_refund", refund.id);
  tx.emit("refund.created", refund);
  changeRefunded(tx, charge, amount);
  return refund;
}

function changeRefunded(tx: Tx, charge: Stripe.Charge, difference: number): void {
  const amountRefunded = charge.amount_refunded + difference;
  const changed = { ...charge, amount_refunded: amountRefunded, refunded: amountRefunded === charge.amount_captured };
  tx.put("charges", changed);
  const type = difference > 0 ? "charge.refunded" : "charge.updated";
  tx.emit(type, changed, { amount_refunded: charge.amount_refunded, refunded: charge.refunded });
}

/** The bank's late word on a refund: it went through, or it came back and the money is the shop's again. */
export function settleRefund(tx: Tx, refund: Stripe.Refund): void {
  const charge = tx.get("charges", refund.charge as string);
  const kind = charge && tx.get("cards", charge.payment_method as string)?.behaviour.refund;
  if (!charge || !kind) return;
  const { currency, amount } = refund;
  if (kind === "pending") {
    tx.emit("refund.updated", tx.put("refunds", { ...refund, status: "succeeded" }), { status: refund.status });
    return;
  }
  const back = recordBalance(tx, {
    type: "refund",
    amount,
    currency,
    description: "REFUND FAILURE",
    source: charge.id,
  });
  const failed = tx.put("refunds", {
    ...refund,
    status: "failed",
    failure_reason: "unknown",
    failure_balance_transaction: back.id,
  });
  tx.emit("refund.updated", failed, { status: refund.status });
  tx.emit("refund.failed", failed, { status: refund.status });
  changeRefunded(tx, charge, -amount);
}
