import { randomUUIDv7 } from "node:crypto";
import type { EventContract, Payload } from "@tradepost/contracts/event";
import * as contract from "@tradepost/contracts/order";
import { paymentCaptured, paymentRefunded, paymentRefundFailed } from "@tradepost/contracts/payment";
import { address } from "./order-fixtures.ts";
import { type Stage, staffMember } from "./order-stage.ts";

export type Story = ReturnType<typeof createStory>;

interface StoredEvent {
  routing_key: string;
  envelope: { payload: Record<string, unknown> };
}

const EUR = (amount: number) => ({ amount, currency: "EUR" as const });

/** What happens to an order of 42.90 EUR, told in the words of a test. */
export function createStory(stage: Stage) {
  const request = (
    method: "POST" | "GET",
    url: string,
    payload?: object,
    key: string = randomUUIDv7(),
    as = staffMember(),
  ) => stage.appFor(as).inject({ method, url, headers: { "idempotency-key": key }, ...(payload ? { payload } : {}) });

  const place = async (more: object = {}, headers: Record<string, string> = {}) => {
    const reply = await stage.appFor().inject({
      ...{ method: "POST", url: "/v1/orders" },
      headers: { "idempotency-key": randomUUIDv7(), "x-cart-id": randomUUIDv7(), ...headers },
      payload: {
        ...{ email: "ada@example.com", shippingAddress: address, shippingOptionId: "standard" },
        ...{ expectedTotal: EUR(4290), ...more },
      },
    });
    return contract.PlacedOrder.parse(reply.json());
  };

  /** Delivers an event to every consumer that is bound to it, or to the named one; a repeat is the same event. */
  const deliver = async <E extends EventContract>(event: E, payload: Payload<E>, only?: string) => {
    const message = event.envelope.parse({
      ...{ id: randomUUIDv7(), name: event.name, version: event.version, aggregateId: "x" },
      ...{ occurredAt: new Date().toISOString(), payload },
    });
    const bound = stage.consumers.filter(({ events }) => events.some(({ name }) => name === event.name));
    const wanted = bound.filter(({ name }) => only === undefined || name === only);
    if (wanted.length === 0) throw new Error(`nobody handles ${event.name}`);
    for (const consumer of wanted) for (let i = 0; i < 2; i++) await consumer.handle(message as never);
  };

  const eventsOf = async (orderId: string): Promise<StoredEvent[]> =>
    (
      await stage.postgres.query<StoredEvent>(
        "SELECT routing_key, envelope FROM outbox WHERE aggregate_id = $1 ORDER BY seq",
        [orderId],
      )
    ).rows;

  const refundsAskedOf = async (orderId: string) =>
    (await eventsOf(orderId))
      .filter(({ routing_key }) => routing_key === contract.orderRefundRequested.routingKey)
      .map(({ envelope }) => contract.orderRefundRequested.envelope.parse(envelope).payload);

  const payment = (orderId: string) => ({ paymentId: `pi_${orderId}`, orderId });
  const captured = (orderId: string, cents = 4290) =>
    deliver(
      paymentCaptured,
      { ...payment(orderId), amount: EUR(cents), capturedAt: new Date().toISOString() },
      "record-capture",
    );
  return {
    ...{ place, captured, deliver, eventsOf, refundsAskedOf },
    /** A guest's order that is placed and paid. */
    confirmed: async () => {
      const { order, orderToken } = await place();
      await captured(order.id);
      return { id: order.id, orderToken };
    },
    /** Money went back: `refundId` is the order's, or null when it was done at the provider. */
    refunded: (orderId: string, cents: number, refundId: string | null, providerRefundId = `re_${randomUUIDv7()}`) =>
      deliver(
        paymentRefunded,
        {
          ...{ ...payment(orderId), refundId, providerRefundId, amount: EUR(cents), reason: null },
          refundedAt: new Date().toISOString(),
        },
        "record-refund",
      ),
    refundFailed: (orderId: string, cents: number, refundId: string | null, providerRefundId: string | null = null) =>
      deliver(paymentRefundFailed, {
        ...{ ...payment(orderId), refundId, providerRefundId, amount: EUR(cents), reason: "expired_or_canceled_card" },
      }),
    cancel: (orderId: string, orderToken: string | undefined, key: string = randomUUIDv7()) =>
      stage.appFor().inject({
        ...{ method: "POST", url: `/v1/orders/${orderId}/cancellation` },
        headers: { "idempotency-key": key, "x-order-token": String(orderToken) },
      }),
    ship: (orderId: string, parcel: object = dhl, key?: string, as?: ReturnType<typeof staffMember>) =>
      request("POST", `/v1/admin/orders/${orderId}/shipments`, parcel, key, as),
    arrive: (orderId: string, key?: string) => request("POST", `/v1/admin/orders/${orderId}/delivery`, undefined, key),
    refund: (orderId: string, refund: object, key?: string, as?: ReturnType<typeof staffMember>) =>
      request("POST", `/v1/admin/orders/${orderId}/refunds`, { reason: "A scratch", ...refund }, key, as),
    staffView: (orderId: string, as?: ReturnType<typeof staffMember>) =>
      request("GET", `/v1/admin/orders/${orderId}`, undefined, undefined, as),
  };
}

export const dhl = { carrier: "dhl", trackingNumber: "JJD0000 12&3" };
