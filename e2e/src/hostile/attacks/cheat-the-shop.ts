import { randomUUID } from "node:crypto";
import { getCart, setCartLine } from "@tradepost/contracts/cart";
import { createQuote, placeOrder } from "@tradepost/contracts/order";
import pg from "pg";
import Stripe from "stripe";
import { ADDRESS, pickVariant } from "../../purchase.ts";
import { newVisitor } from "../../visitor.ts";
import type { Battlefield } from "../battlefield.ts";
import type { Shot } from "../range.ts";

const isRefusal = (status: number) => status >= 400 && status < 500;
const json = JSON.stringify;

/** Prices, totals and quantities that a client makes up: refused, or the shop's own stand (S8). */
export async function tamperWithPrices({ range, stack, attacker }: Battlefield): Promise<void> {
  const shopper = newVisitor(stack.url);
  const { variant } = await pickVariant(shopper, 5, 9);
  await shopper.call(setCartLine, { params: { sku: variant.sku }, query: {}, body: { quantity: 1 } });
  const quote = await shopper.call(createQuote, { query: {}, body: { shippingAddress: ADDRESS } });
  const cookie = [...shopper.cookies].map((pair) => pair.join("=")).join("; ");
  const order = {
    ...{ email: "cheat@example.com", shippingAddress: ADDRESS, shippingOptionId: quote.shippingOptionId },
    expectedTotal: quote.total,
  };
  const shoot = (shot: Partial<Shot> & Pick<Shot, "path" | "method">, body: unknown) => {
    const headers = { cookie, origin: stack.url, "content-type": "application/json", "idempotency-key": randomUUID() };
    return range.shoot({
      family: "tampering",
      ...shot,
      headers: { ...headers, ...shot.headers },
      body: json(body),
      allowed: isRefusal,
    });
  };
  const { currency, amount } = quote.total;
  for (const wrong of [0, 1, -1, amount - 1, amount + 1, -amount, 1e15, 0.5]) {
    await shoot({ method: "POST", path: "/v1/orders" }, { ...order, expectedTotal: { amount: wrong, currency } });
  }
  for (const extra of [
    ...[
      { expectedTotal: { amount, currency: currency === "EUR" ? "USD" : "EUR" } },
      { expectedTotal: amount },
      { total: 1 },
    ],
    ...[{ lines: [{ sku: variant.sku, quantity: 1, unitPrice: 1 }] }, { discounts: [{ amount: 1e6 }] }, { tax: 0 }],
    ...[
      { shippingOptionId: "free" },
      { promotionCodes: ["' OR 1=1 --"] },
      { promotionCodes: [{ $ne: null }] },
      { status: "confirmed" },
    ],
  ]) {
    await shoot({ method: "POST", path: "/v1/orders" }, { ...order, ...extra });
  }
  const line = `/v1/cart/lines/${variant.sku}`;
  for (const quantity of [-1, 0.5, 1e9, "1", null, "1e3", [1], { $gt: 0 }, Number.MAX_SAFE_INTEGER, true])
    await shoot({ method: "PUT", path: line }, { quantity });
  for (const extra of [{ unitPrice: 1 }, { price: { amount: 1, currency } }, { discount: 100 }])
    await shoot({ method: "PUT", path: line, headers: attacker().headers }, { quantity: 1, ...extra });
  const { lines } = await shopper.call(getCart, { query: {} });
  if (lines.length !== 1 || lines[0]?.quantity !== 1) range.find("tampering", `the cart became ${json(lines)}`);
  await expectSinglePrice(range, shopper, order);
}

/** One key with two bodies: the first order stands, the second is refused. */
async function expectSinglePrice(range: Battlefield["range"], shopper: ReturnType<typeof newVisitor>, order: unknown) {
  const idempotencyKey = randomUUID();
  const place = (body: unknown) =>
    shopper.call(placeOrder, { idempotencyKey, body: body as never }).catch((error) => error.status);
  await place(order);
  const again = await place({ ...(order as object), email: "another@example.com" });
  range.count("tampering", typeof again === "number" ? again : 201);
  if (again !== 409 && again !== 422) range.find("tampering", `a key was used for two orders: ${json(again)}`);
}

/** Webhooks that Stripe has not signed, or not now, or not so (S11): refused, and nothing is paid by them. */
export async function forgeWebhooks({ range, secrets, victim }: Battlefield): Promise<void> {
  const secret = secrets.stripeWebhookSecret;
  const object = {
    ...{ id: victim.ids.paymentId, object: "payment_intent", status: "succeeded", amount_received: 1, currency: "eur" },
    metadata: { orderId: victim.ids.orderId },
  };
  const payload = json({
    id: `evt_${randomUUID()}`,
    object: "event",
    type: "payment_intent.succeeded",
    created: 1,
    data: { object },
  });
  const sign = (text: string, key = secret, agoSeconds = 0) =>
    Stripe.webhooks.generateTestHeaderString({
      payload: text,
      secret: key,
      timestamp: Math.floor(Date.now() / 1000) - agoSeconds,
    });
  const genuine = sign(payload);
  const signatures = [
    ...["", "x", "t=1", `v1=${"0".repeat(64)}`, `t=${Math.floor(Date.now() / 1000)},v1=${"0".repeat(64)}`],
    `t=${Math.floor(Date.now() / 1000)},v1=${"0".repeat(64)},v1=${"f".repeat(64)},v0=${genuine.split("v1=")[1]}`,
    ...[sign(payload, "whsec_guessed"), sign(payload, secret, 301), sign(payload, secret, 86_400), sign(`${payload} `)],
    ...[
      genuine.replace(/v1=/, "v0="),
      genuine.replace(/t=\d+/, "t=9999999999"),
      genuine.slice(0, -1),
      genuine.toUpperCase(),
    ],
  ];
  for (const signature of signatures) {
    for (const to of ["gateway", "payment"] as const) {
      for (const body of [payload, payload.replace("succeeded", "SUCCEEDED"), "", "{", Buffer.from([0xff, 0xfe])]) {
        const headers = { "content-type": "application/json", "stripe-signature": signature };
        const path = "/v1/webhooks/stripe";
        await range.shoot({ family: "forged webhooks", method: "POST", path, headers, body, to, allowed: isRefusal });
      }
    }
  }
}

/** What no attack may have left in the databases: somebody with a role, money that does not add up, an order paid by nobody. */
export async function readDamage({ stack }: Battlefield): Promise<Record<string, number>> {
  const { user, order, payment } = stack.stores.databaseUrls;
  return {
    staff: await count(user, "SELECT count(*) FROM users WHERE roles <> '{}'"),
    ordersThatDoNotAddUp: await count(
      order,
      `SELECT count(*) FROM orders WHERE total_cents < subtotal_cents + shipping_cents
         - (SELECT COALESCE(sum((discount -> 'amount' ->> 'amount')::bigint), 0) FROM jsonb_array_elements(discounts) AS discount)`,
    ),
    ordersWithoutPayment: await count(
      order,
      "SELECT count(*) FROM orders WHERE status IN ('confirmed', 'shipped', 'delivered')",
    ),
    captures: await count(payment, "SELECT count(*) FROM payments WHERE status = 'captured'"),
  };
}

async function count(url: string, statement: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: string }>(statement);
  await client.end();
  return Number(rows[0]?.count);
}
