import { z } from "zod";
import { defineEvent } from "./event.ts";
import { Id, IsoTime } from "./ids.ts";
import { Money } from "./money.ts";
import { pageOf } from "./paging.ts";
import { ChangedQuery, Reconcile, ReconciliationReport } from "./reconciliation.ts";
import { defineRoute, service } from "./route.ts";

/** A Stripe PaymentIntent as the browser needs it: it confirms the payment straight with Stripe. */
export const PaymentHandle = z.object({ id: z.string(), clientSecret: z.string(), publishableKey: z.string() });
export type PaymentHandle = z.output<typeof PaymentHandle>;

export const PAYMENT_STATUSES = ["awaiting", "captured", "cancelled"] as const;
export const PaymentStatus = z.enum(PAYMENT_STATUSES);
export type PaymentStatus = z.output<typeof PaymentStatus>;

export const createPayment = defineRoute({
  method: "PUT",
  path: "/internal/payments/:orderId",
  summary: "The payment of an order, created once however often it is asked for",
  access: service("order"),
  params: z.object({ orderId: Id }),
  body: z.object({ orderNumber: z.string(), amount: Money }),
  success: { status: 200, body: PaymentHandle },
  failures: [409],
});

export const getPayment = defineRoute({
  method: "GET",
  path: "/internal/payments/:orderId",
  summary: "How an order's payment stands",
  access: service("order"),
  params: z.object({ orderId: Id }),
  success: {
    status: 200,
    body: z.object({
      orderId: Id,
      status: PaymentStatus,
      amount: Money,
      /** What came in; zero until it did. */
      captured: Money,
      refunded: Money,
      lastError: z.string().nullable(),
    }),
  },
  failures: [404],
});

export const listPayments = defineRoute({
  method: "GET",
  path: "/internal/payments",
  summary: "Payments that changed in a time, to compare orders with",
  access: service("order"),
  querystring: ChangedQuery,
  success: {
    status: 200,
    body: pageOf(
      z.object({
        orderId: Id,
        status: PaymentStatus,
        amount: Money,
        /** What came in; zero until it did. */
        captured: Money,
        refunded: Money,
        changedAt: IsoTime,
      }),
    ),
  },
  failures: [],
});

export const stripeWebhook = defineRoute({
  method: "POST",
  path: "/v1/webhooks/stripe",
  summary: "Stripe tells what happened; the signature is checked over the raw body",
  access: "webhook",
  limitPerMinute: 600,
  headers: { "stripe-signature": "Stripe's signature, at most 300 seconds old" },
  success: { status: 200, body: z.object({ received: z.literal(true) }) },
  failures: [],
});

export const reconcilePayments = defineRoute({
  method: "POST",
  path: "/internal/payments/reconciliation",
  summary: "Compare Stripe with the payments, and repair what can be repaired",
  access: service("operations"),
  repeatable: true,
  body: Reconcile,
  success: { status: 200, body: ReconciliationReport },
  failures: [],
});

export const paymentCaptured = defineEvent(
  "payment.captured",
  1,
  z.object({ paymentId: z.string(), orderId: Id, amount: Money, capturedAt: IsoTime }),
);

/** A card was declined; the order keeps waiting, another card may be tried. */
export const paymentFailed = defineEvent(
  "payment.failed",
  1,
  z.object({ paymentId: z.string(), orderId: Id, code: z.string(), declineCode: z.string().nullable() }),
);

export const paymentCancelled = defineEvent("payment.cancelled", 1, z.object({ paymentId: z.string(), orderId: Id }));

/** Money went back. `refundId` is the order service's where it asked for it, else null (done in Stripe's dashboard). */
export const paymentRefunded = defineEvent(
  "payment.refunded",
  1,
  z.object({
    paymentId: z.string(),
    orderId: Id,
    refundId: Id.nullable(),
    providerRefundId: z.string(),
    amount: Money,
    reason: z.string().nullable(),
    refundedAt: IsoTime,
  }),
);

/**
 * A refund did not reach the shopper: refused when it was asked for (then `providerRefundId` is null), or sent back by the
 * bank days after it was told as refunded. The money is with the shop; another attempt needs another refund.
 */
export const paymentRefundFailed = defineEvent(
  "payment.refund_failed",
  1,
  z.object({
    paymentId: z.string(),
    orderId: Id,
    refundId: Id.nullable(),
    providerRefundId: z.string().nullable(),
    amount: Money,
    reason: z.string(),
  }),
);

/** The shopper's bank asks money back. `status` is the provider's: of `won`, `lost` and `warning_closed` it stays so. */
export const paymentDisputed = defineEvent(
  "payment.disputed",
  1,
  z.object({ paymentId: z.string(), orderId: Id, disputeId: z.string(), amount: Money, status: z.string() }),
);

export const paymentRoutes = { createPayment, getPayment, listPayments, stripeWebhook, reconcilePayments };
export const paymentEvents = {
  paymentCaptured,
  paymentFailed,
  paymentCancelled,
  paymentRefunded,
  paymentRefundFailed,
  paymentDisputed,
};
