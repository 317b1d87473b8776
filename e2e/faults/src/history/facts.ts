import type { Envelope } from "@tradepost/contracts/event";
import type { Expected } from "./expected.ts";

export interface StockLine {
  sku: string;
  quantity: number;
}

export interface OrderFact {
  id: string;
  number: string;
  status: string;
  cartId: string;
  userId: string | null;
  email: string;
  /** Where text messages go; null where none are wanted. */
  phone: string | null;
  totalCents: number;
  lines: StockLine[];
  placedAt: Date;
  payBy: Date;
  cancelReason: string | null;
}

export interface MoveFact {
  orderId: string;
  status: string;
  reason: string;
  at: Date;
}

/** A refund as the order service asked for it, or learned of it. */
export interface OrderRefundFact {
  id: string;
  orderId: string;
  amountCents: number;
  reason: string;
  requestedAt: Date;
  /** The member of staff who asked; null where the shop did, or nobody did: one made in Stripe's dashboard. */
  requestedBy: string | null;
  refundedAt: Date | null;
  failedAt: Date | null;
}

export interface KeyFact {
  caller: string;
  key: string;
  orderId: string;
  status: number | null;
  createdAt: Date;
}

/** A row of the ledger of mails and text messages. */
export interface NotificationFact {
  eventId: string;
  template: string;
  recipient: string;
  orderId: string;
  startedAt: Date;
  sentAt: Date | null;
  failedAt: Date | null;
}

export interface OutboxFact {
  service: string;
  id: string;
  routingKey: string;
  /** The order's id. */
  aggregateId: string;
  envelope: Pick<Envelope, "id" | "payload">;
  createdAt: Date;
  publishedAt: Date | null;
}

export interface InboxFact {
  service: string;
  eventId: string;
  consumer: string;
  handledAt: Date;
}

export interface PaymentFact {
  orderId: string;
  intentId: string | null;
  amountCents: number;
  status: string;
  refundedCents: number;
  createdAt: Date;
  changedAt: Date;
}

export interface WebhookFact {
  id: string;
  type: string;
  receivedAt: Date;
}

export interface StockFact {
  sku: string;
  location: string;
  onHand: number;
  available: number;
  holds: { orderId: string; quantity: number }[];
  sales: { orderId: string; quantity: number; at: Date }[];
  returns: { orderId: string; quantity: number; at: Date }[];
}

export interface ReservationFact {
  orderId: string;
  state: string;
  lines: StockLine[];
  /** What a sale could not take. */
  shortages: { sku: string }[];
  /** Events that have not left yet. */
  pendingEventIds: string[];
  updatedAt: Date;
}

/** A PaymentIntent with what was charged on it. `orderId` is from its metadata, null where there is none. */
export interface IntentFact {
  id: string;
  orderId: string | null;
  status: string;
  amountCents: number;
  /** What arrived, each time it did: more than one is a double charge. */
  captures: { chargeId: string; amountCents: number; at: Date }[];
  createdAt: Date;
}

export interface StripeRefundFact {
  id: string;
  intentId: string;
  amountCents: number;
  status: string;
  at: Date;
}

export interface StripeEventFact {
  id: string;
  type: string;
  /** The intent that it is about, where it is about one. */
  intentId: string | null;
  at: Date;
  /** How its deliveries stand: `delivered`, `pending`, `failed`, `lost`. */
  deliveries: string[];
}

/** A mail or text message that a provider accepted. */
export interface MessageFact {
  channel: "email" | "sms";
  to: string;
  subject: string;
  /** No two text messages have the same: each carries a reference of its own. */
  text: string;
  /** Ours, which mails carry: `<event id>:<template>`. */
  reference: string | null;
  at: Date;
}

/** A queue of a consumer with messages in it. `events` are known for dead letters only. */
export interface QueueFact {
  consumer: string;
  queue: string;
  kind: "work" | "retry" | "dead";
  messages: number;
  deadLetters: { eventId: string | undefined; orderId: string | undefined; error: string }[];
}

export interface CartFact {
  id: string;
  /** When this life of the cart began. */
  bornAt: Date;
  /** Orders that took what they bought out of it. */
  boughtBy: string[];
}

/** Everything that all stores say at one time. Rules look at nothing else. */
export interface Facts {
  now: Date;
  expected: Expected;
  orders: OrderFact[];
  moves: MoveFact[];
  orderRefunds: OrderRefundFact[];
  keys: KeyFact[];
  notifications: NotificationFact[];
  outbox: OutboxFact[];
  inbox: InboxFact[];
  payments: PaymentFact[];
  webhooks: WebhookFact[];
  stock: StockFact[];
  reservations: ReservationFact[];
  intents: IntentFact[];
  stripeRefunds: StripeRefundFact[];
  stripeEvents: StripeEventFact[];
  messages: MessageFact[];
  /** Only queues that hold something. */
  queues: QueueFact[];
  carts: CartFact[];
}
