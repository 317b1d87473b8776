import type { Stripe } from "stripe";
import { z } from "zod";
import type { Tx } from "../storage/transaction.ts";
import { recordBalance } from "./charge.ts";
import { invalidRequest, noSuch } from "./errors.ts";
import { newId } from "./ids.ts";
import { page, paging } from "./list.ts";
import { text } from "./params.ts";
import { type StripeRoute, stripeRoute } from "./route.ts";

const evidenceDueSeconds = 9 * 24 * 60 * 60;

export const disputeRoutes: StripeRoute[] = [
  stripeRoute(
    "GET /v1/disputes",
    z.strictObject({ ...paging, charge: text.optional(), payment_intent: text.optional() }),
    (tx, { params }) => {
      const wanted = tx
        .all("disputes")
        .filter(({ charge }) => params.charge === undefined || charge === params.charge)
        .filter(
          ({ payment_intent: intent }) => params.payment_intent === undefined || intent === params.payment_intent,
        );
      return page("/v1/disputes", wanted, params);
    },
  ),
  stripeRoute("GET /v1/disputes/:id", z.strictObject({}), (tx, { id }) => {
    const dispute = tx.get("disputes", id);
    if (!dispute) throw noSuch("dispute", id);
    return dispute;
  }),
  // The shop gives in: closing a dispute is losing it.
  stripeRoute("POST /v1/disputes/:id/close", z.strictObject({}), (tx, { id }) => {
    const dispute = tx.get("disputes", id);
    if (!dispute) throw noSuch("dispute", id);
    if (ended.has(dispute.status)) throw invalidRequest("This dispute is already closed.");
    const closed = tx.put("disputes", { ...dispute, status: "lost" });
    tx.emit("charge.dispute.closed", closed, { status: dispute.status });
    return closed;
  }),
];

const ended = new Set<Stripe.Dispute.Status>(["won", "lost", "warning_closed"]);

/** The shopper disputes the charge. Of an inquiry no money moves yet. */
export function openDispute(
  tx: Tx,
  charge: Stripe.Charge,
  how: { reason: string; status: Stripe.Dispute.Status },
): void {
  const inquiry = how.status === "warning_needs_response";
  const { amount, currency, id: source } = charge;
  const taken = { type: "adjustment" as const, amount: -amount, currency, source };
  const dispute = tx.put("disputes", {
    id: newId("dp"),
    object: "dispute",
    amount,
    balance_transactions: inquiry
      ? []
      : [recordBalance(tx, { ...taken, description: `Chargeback withdrawal for ${source}` })],
    charge: source,
    created: tx.now,
    currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: tx.now + evidenceDueSeconds,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: "visa",
        case_type: inquiry ? "inquiry" : "chargeback",
        network: "visa",
        network_reason_code: "10.4",
      } as never,
      type: "card",
    },
    reason: how.reason,
    status: how.status,
  } as Stripe.Dispute);
  const disputed = tx.put("charges", { ...charge, disputed: !inquiry });
  tx.emit("charge.dispute.created", dispute);
  if (inquiry) return;
  tx.emit("charge.dispute.funds_withdrawn", dispute);
  tx.emit("charge.updated", disputed, { disputed: false });
}

const noEvidence = Object.fromEntries([
  ...[
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
  ].map((field) => [field, null]),
  ["enhanced_evidence", {}],
]);
