import { z } from "zod";
import { Address, Email } from "./address.ts";
import { defineEvent } from "./event.ts";
import { Id, IsoTime, Sku, Slug } from "./ids.ts";
import { Locale, MarketQuery } from "./market.ts";
import { Money } from "./money.ts";
import { PageQuery, pageOf } from "./paging.ts";
import { PaymentHandle } from "./payment.ts";
import { Image, StockLine } from "./product.ts";
import { ChangedQuery, Reconcile, ReconciliationReport } from "./reconciliation.ts";
import { defineRoute, service, staff } from "./route.ts";

export const ORDER_STATUSES = [
  "placing",
  "rejected",
  "awaiting_payment",
  "confirmed",
  "fulfilling",
  "shipped",
  "delivered",
  "cancelled",
  "return_requested",
  "returned",
] as const;
export const OrderStatus = z.enum(ORDER_STATUSES);
export type OrderStatus = z.output<typeof OrderStatus>;

export const QuoteLine = z.object({
  sku: Sku,
  slug: Slug,
  name: z.string(),
  optionsText: z.string(),
  image: Image,
  unitPrice: Money,
  quantity: z.int().positive(),
  lineTotal: Money,
});
export type QuoteLine = z.output<typeof QuoteLine>;

export const Discount = z.object({ code: z.string(), title: z.string(), amount: Money });
export type Discount = z.output<typeof Discount>;

/** Dates are calendar days, ISO 8601 (`2026-11-27`). */
export const ShippingOption = z.object({
  id: z.string(),
  name: z.string(),
  price: Money,
  estimatedDelivery: z.object({ from: z.iso.date(), to: z.iso.date() }),
});
export type ShippingOption = z.output<typeof ShippingOption>;

/**
 * What the cart costs. When `taxIncluded`, prices contain the tax and `total = subtotal − discounts + shipping`;
 * else `total` has `tax` on top. Without an address, shipping and tax are those of the shop's home country.
 */
export const Quote = z.object({
  lines: z.array(QuoteLine),
  subtotal: Money,
  discounts: z.array(Discount),
  shippingOptions: z.array(ShippingOption),
  shippingOptionId: z.string(),
  shipping: Money,
  tax: Money,
  taxIncluded: z.boolean(),
  total: Money,
  /** From which subtotal on standard delivery is free, and what is missing to it; null where it never is. */
  freeShipping: z.object({ from: Money, remaining: Money }).nullable(),
});
export type Quote = z.output<typeof Quote>;

const PromotionCodes = z.array(z.string().trim().min(1).max(40)).max(5);
const CartHeaders = { "x-cart-id": "A guest's cart, where there is no `cart` cookie" } as const;
const OrderHeaders = { "x-order-token": "A guest's proof that the order is theirs; it came with the order" } as const;

export const createQuote = defineRoute({
  method: "POST",
  path: "/v1/quotes",
  summary: "What the caller's cart costs, with shipping and tax",
  access: "visitor",
  headers: CartHeaders,
  querystring: MarketQuery,
  body: z.object({
    shippingAddress: Address.optional(),
    shippingOptionId: z.string().max(40).optional(),
    promotionCodes: PromotionCodes.optional(),
  }),
  success: { status: 200, body: Quote },
  failures: [409, 422],
});

export const Refund = z.object({ amount: Money, at: IsoTime, reason: z.string().optional() });

export const Carrier = z.enum(["fedex", "ups", "dhl", "other"]);
export type Carrier = z.output<typeof Carrier>;

/** `trackingUrl` is null where there is no page to follow the parcel on. */
export const Shipment = z.object({
  id: Id,
  carrier: Carrier,
  trackingNumber: z.string(),
  trackingUrl: z.string().nullable(),
  shippedAt: IsoTime,
  deliveredAt: IsoTime.nullable(),
});
export type Shipment = z.output<typeof Shipment>;

export const Order = z.object({
  id: Id,
  number: z.string(),
  status: OrderStatus,
  placedAt: IsoTime,
  email: z.string(),
  shippingAddress: Address,
  billingAddress: Address,
  lines: z.array(QuoteLine),
  subtotal: Money,
  discounts: z.array(Discount),
  shippingOption: ShippingOption,
  shipping: Money,
  tax: Money,
  taxIncluded: z.boolean(),
  total: Money,
  /** What has gone back. */
  refunds: z.array(Refund),
  /** What came back from the shopper's bank and was not asked back again yet; absent where there is none. */
  undeliveredRefunds: z.array(Refund).optional(),
  shipments: z.array(Shipment),
  /** Whether text messages about it were asked for. */
  smsUpdates: z.boolean(),
  /** Until when it can be paid; null once it need not be. */
  payBy: IsoTime.nullable(),
  cancelReason: z.string().nullable(),
});
export type Order = z.output<typeof Order>;

export const PlacedOrder = z.object({ order: Order, payment: PaymentHandle, orderToken: z.string().optional() });
export type PlacedOrder = z.output<typeof PlacedOrder>;

/** With `smsUpdates`, text messages about the order go to the shipping address's phone. */
export const PlaceOrder = z
  .object({
    email: Email.optional(),
    shippingAddress: Address,
    billingAddress: Address.optional(),
    shippingOptionId: z.string().min(1).max(40),
    promotionCodes: PromotionCodes.optional(),
    expectedTotal: Money,
    smsUpdates: z.boolean().optional(),
  })
  .refine(({ smsUpdates, shippingAddress }) => smsUpdates !== true || shippingAddress.phone !== undefined, {
    path: ["shippingAddress", "phone"],
    error: "is required for text messages",
  });
export type PlaceOrder = z.output<typeof PlaceOrder>;

export const placeOrder = defineRoute({
  method: "POST",
  path: "/v1/orders",
  summary: "Place an order from the caller's cart",
  access: "visitor",
  headers: CartHeaders,
  idempotent: true,
  body: PlaceOrder,
  success: { status: 201, body: PlacedOrder },
  failures: [409, 422],
});

export const OrderSummary = Order.pick({ id: true, number: true, status: true, placedAt: true, total: true }).extend({
  itemCount: z.int().positive(),
  image: Image,
});

export const listOrders = defineRoute({
  method: "GET",
  path: "/v1/orders",
  summary: "The shopper's orders, newest first",
  access: "shopper",
  querystring: PageQuery,
  success: { status: 200, body: pageOf(OrderSummary) },
  failures: [],
});

const OrderParams = z.object({ orderId: Id });

export const getOrder = defineRoute({
  method: "GET",
  path: "/v1/orders/:orderId",
  summary: "One order of the caller's",
  access: "visitor",
  headers: OrderHeaders,
  params: OrderParams,
  success: { status: 200, body: Order },
  failures: [404],
});

export const getOrderPayment = defineRoute({
  method: "GET",
  path: "/v1/orders/:orderId/payment",
  summary: "How to pay an order that still awaits payment, e.g. after a declined card or a closed tab",
  access: "visitor",
  headers: OrderHeaders,
  params: OrderParams,
  success: { status: 200, body: PaymentHandle },
  failures: [404, 409],
});

export const cancelOrder = defineRoute({
  method: "POST",
  path: "/v1/orders/:orderId/cancellation",
  summary: "Cancel an order before it ships; what was paid is refunded",
  access: "visitor",
  headers: OrderHeaders,
  idempotent: true,
  params: OrderParams,
  success: { status: 200, body: Order },
  failures: [404, 409, 422],
});

/** Why and when an order came into a state. */
const OrderHistoryEntry = z.object({ status: OrderStatus, reason: z.string(), at: IsoTime });

/** Money that was asked back: `requested` until the payment provider says that it went (`refunded`) or did not. */
export const RefundRequest = z.object({
  id: Id,
  amount: Money,
  reason: z.string(),
  status: z.enum(["requested", "refunded", "failed"]),
  requestedAt: IsoTime,
  requestedBy: Id.nullable(),
  settledAt: IsoTime.nullable(),
  failure: z.string().nullable(),
});
export type RefundRequest = z.output<typeof RefundRequest>;

/** An order as staff see it. `refundable` is what was captured and was neither refunded nor asked back yet. */
export const StaffOrder = Order.extend({
  userId: Id.nullable(),
  captured: Money,
  refundable: Money,
  refundRequests: z.array(RefundRequest),
  history: z.array(OrderHistoryEntry),
});
export type StaffOrder = z.output<typeof StaffOrder>;

export const getStaffOrder = defineRoute({
  method: "GET",
  path: "/v1/admin/orders/:orderId",
  summary: "Any order, with its history and what became of its money",
  access: staff("orders.read"),
  params: OrderParams,
  success: { status: 200, body: StaffOrder },
  failures: [404],
});

/** Without a `trackingUrl`, the carrier's own tracking page is used where it is known. */
export const ShipOrder = z.object({
  carrier: Carrier,
  trackingNumber: z.string().trim().min(3).max(60),
  trackingUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional(),
});
export type ShipOrder = z.output<typeof ShipOrder>;

export const shipOrder = defineRoute({
  method: "POST",
  path: "/v1/admin/orders/:orderId/shipments",
  longNumbers: ["trackingNumber", "trackingUrl"],
  summary: "Ship a confirmed order, all of it; the shopper is told",
  access: staff("orders.ship"),
  idempotent: true,
  params: OrderParams,
  body: ShipOrder,
  success: { status: 201, body: StaffOrder },
  failures: [404, 409, 422],
});

export const recordDelivery = defineRoute({
  method: "POST",
  path: "/v1/admin/orders/:orderId/delivery",
  summary: "Note that a shipped order has arrived",
  access: staff("orders.ship"),
  idempotent: true,
  params: OrderParams,
  success: { status: 200, body: StaffOrder },
  failures: [404, 409, 422],
});

/** The shopper sees the `reason` beside the refund. */
export const RefundOrder = z.object({
  amount: Money.extend({ amount: z.int().positive() }),
  reason: z.string().trim().min(1).max(200),
});
export type RefundOrder = z.output<typeof RefundOrder>;

export const refundOrder = defineRoute({
  method: "POST",
  path: "/v1/admin/orders/:orderId/refunds",
  summary: "Send a part of what was captured, or all of it, back; never more than is left",
  access: staff("orders.write"),
  idempotent: true,
  params: OrderParams,
  body: RefundOrder,
  success: { status: 202, body: StaffOrder },
  failures: [404, 409, 422],
});

/** What is kept of a shopper's order, for them to take along: everything but which member of staff has worked on it. */
export const OrderRecord = Order.extend({
  locale: Locale,
  captured: Money,
  refundRequests: z.array(RefundRequest.omit({ requestedBy: true })),
  history: z.array(OrderHistoryEntry),
  /** Mails and text messages about it. */
  messages: z.array(z.object({ template: z.string(), recipient: z.string(), sentAt: IsoTime.nullable() })),
});
export type OrderRecord = z.output<typeof OrderRecord>;

export const exportOrders = defineRoute({
  method: "GET",
  path: "/internal/users/:userId/orders",
  summary: "All that is kept of a shopper's orders, newest first",
  access: service("user"),
  params: z.object({ userId: Id }),
  querystring: PageQuery,
  success: { status: 200, body: pageOf(OrderRecord) },
  failures: [],
});

/** `over`: rejected or cancelled, so nothing may be held or paid for it any more. */
export const getOrderState = defineRoute({
  method: "GET",
  path: "/internal/orders/:orderId/state",
  summary: "Where an order stands, for the stock and payment sweepers",
  access: service("product", "payment"),
  params: OrderParams,
  success: { status: 200, body: z.object({ orderId: Id, status: OrderStatus, over: z.boolean() }) },
  failures: [404],
});

export const listOrderStates = defineRoute({
  method: "GET",
  path: "/internal/orders",
  summary: "Orders that changed in a time with their lines, to compare stock with",
  access: service("product"),
  querystring: ChangedQuery,
  success: {
    status: 200,
    body: pageOf(
      z.object({ orderId: Id, status: OrderStatus, over: z.boolean(), lines: z.array(StockLine), changedAt: IsoTime }),
    ),
  },
  failures: [],
});

export const reconcileOrders = defineRoute({
  method: "POST",
  path: "/internal/orders/reconciliation",
  summary: "Compare the payments with the orders, and repair what can be repaired",
  access: service("operations"),
  repeatable: true,
  body: Reconcile,
  success: { status: 200, body: ReconciliationReport },
  failures: [],
});

export const orderConfirmed = defineEvent(
  "order.confirmed",
  1,
  z.object({
    orderId: Id,
    number: z.string(),
    userId: Id.nullable(),
    cartId: Id,
    lines: z.array(StockLine),
    total: Money,
  }),
);

export const orderCancelled = defineEvent(
  "order.cancelled",
  1,
  z.object({ orderId: Id, number: z.string(), reason: z.string(), lines: z.array(StockLine) }),
);

/** A parcel is on its way with the lines in it. */
export const orderShipped = defineEvent(
  "order.shipped",
  1,
  z.object({
    orderId: Id,
    number: z.string(),
    shipmentId: Id,
    carrier: Carrier,
    trackingNumber: z.string(),
    trackingUrl: z.string().nullable(),
    lines: z.array(StockLine),
    shippedAt: IsoTime,
  }),
);

/** Asks the payment service for a refund; `refundId` makes it happen once. */
export const orderRefundRequested = defineEvent(
  "order.refund_requested",
  1,
  z.object({ orderId: Id, refundId: Id, amount: Money, reason: z.string() }),
);

export const orderRoutes = {
  createQuote,
  placeOrder,
  listOrders,
  getOrder,
  getOrderPayment,
  cancelOrder,
  getStaffOrder,
  shipOrder,
  recordDelivery,
  refundOrder,
  exportOrders,
  getOrderState,
  listOrderStates,
  reconcileOrders,
};
export const orderEvents = { orderConfirmed, orderCancelled, orderShipped, orderRefundRequested };
