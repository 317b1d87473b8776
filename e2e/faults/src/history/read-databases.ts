import pg from "pg";
import type {
  InboxFact,
  KeyFact,
  MoveFact,
  NotificationFact,
  OrderFact,
  OrderRefundFact,
  OutboxFact,
  PaymentFact,
  WebhookFact,
} from "./facts.ts";

/** What the order service's database says. */
export async function readOrderDatabase(url: string) {
  return withClient(url, async (query) => ({
    orders: await query<OrderFact>(
      `SELECT id, number, status, cart_id AS "cartId", user_id AS "userId", email,
         CASE WHEN sms_updates THEN shipping_address ->> 'phone' END AS phone, total_cents::float8 AS "totalCents",
         lines, placed_at AS "placedAt", pay_by AS "payBy", cancel_reason AS "cancelReason"
       FROM orders ORDER BY placed_at`,
    ),
    moves: await query<MoveFact>(
      'SELECT order_id AS "orderId", status, reason, at FROM order_history ORDER BY order_id, seq',
    ),
    orderRefunds: await query<OrderRefundFact>(
      `SELECT id, order_id AS "orderId", amount_cents::float8 AS "amountCents", reason, requested_at AS "requestedAt",
         requested_by AS "requestedBy", refunded_at AS "refundedAt", failed_at AS "failedAt"
       FROM refunds`,
    ),
    keys: await query<KeyFact>(
      `SELECT caller, key, resource_id AS "orderId", status, created_at AS "createdAt"
       FROM idempotency_keys WHERE caller !~ '^order:'`,
    ),
    notifications: await query<NotificationFact>(
      `SELECT event_id AS "eventId", template, recipient, order_id AS "orderId", started_at AS "startedAt",
         sent_at AS "sentAt", failed_at AS "failedAt"
       FROM notifications`,
    ),
    ...(await readMessages("order", query)),
  }));
}

/** What the payment service's database says. */
export async function readPaymentDatabase(url: string) {
  return withClient(url, async (query) => ({
    payments: await query<PaymentFact>(
      `SELECT order_id AS "orderId", intent_id AS "intentId", amount_cents::float8 AS "amountCents", status,
         refunded_cents::float8 AS "refundedCents", created_at AS "createdAt", changed_at AS "changedAt"
       FROM payments`,
    ),
    webhooks: await query<WebhookFact>('SELECT id, type, received_at AS "receivedAt" FROM webhook_events'),
    ...(await readMessages("payment", query)),
  }));
}

/** What the user service told, and what it has heard. */
export const readUserDatabase = (url: string) => withClient(url, (query) => readMessages("user", query));

async function readMessages(service: string, query: Query) {
  const outbox = await query<Omit<OutboxFact, "service">>(
    `SELECT id, routing_key AS "routingKey", aggregate_id AS "aggregateId", envelope, created_at AS "createdAt",
       published_at AS "publishedAt"
     FROM outbox ORDER BY seq`,
  );
  const inbox = await query<Omit<InboxFact, "service">>(
    'SELECT event_id AS "eventId", consumer, handled_at AS "handledAt" FROM inbox',
  );
  return {
    outbox: outbox.map((row): OutboxFact => ({ service, ...row })),
    inbox: inbox.map((row): InboxFact => ({ service, ...row })),
  };
}

type Query = <R extends object>(text: string) => Promise<R[]>;

/** One snapshot for all statements. */
async function withClient<T>(connectionString: string, read: (query: Query) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, application_name: "history", connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // the query that runs then rejects
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return await read(async <R extends object>(text: string) => (await client.query<R>(text)).rows);
  } finally {
    await client.end();
  }
}
