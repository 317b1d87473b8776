import { setTimeout as delay } from "node:timers/promises";
import type { Claimed, OutboxSource } from "@tradepost/messaging/outbox-source";
import type { Collections } from "./mongo.ts";

interface ClaimedEvent extends Claimed {
  orderId: string;
}

/**
 * The events that wait inside reservations. A relay leases a whole reservation, so one order's events stay in order;
 * `leasedUntil` as it was read is part of the update's filter, so of two relays one gets it.
 */
export function createReservationOutbox(
  { reservations }: Pick<Collections, "reservations">,
  { leaseMs = 60_000, pollMs = 1_000 } = {},
): OutboxSource<ClaimedEvent> {
  const claim = async (orderId: string, seenLease: Date): Promise<ClaimedEvent[]> => {
    const document = await reservations.findOneAndUpdate(
      { _id: orderId, "relay.leasedUntil": seenLease },
      { $set: { "relay.leasedUntil": new Date(Date.now() + leaseMs) } },
      { returnDocument: "after" },
    );
    return (document?.pendingEvents ?? []).map(({ routingKey, envelope }) => ({
      orderId,
      aggregateId: envelope.aggregateId,
      routingKey,
      envelope,
      attempts: document?.relay.failures ?? 0,
    }));
  };

  return {
    async claimBatch(limit) {
      const waiting = await reservations
        .find(
          { "pendingEvents.id": { $gt: "" }, "relay.leasedUntil": { $lte: new Date() } },
          { projection: { "relay.leasedUntil": 1 } },
        )
        .sort({ updatedAt: 1 })
        .limit(limit)
        .toArray();
      const claimed: ClaimedEvent[] = [];
      for (const { _id, relay } of waiting) claimed.push(...(await claim(_id, relay.leasedUntil)));
      return claimed;
    },

    async markPublished(claimed) {
      for (const [orderId, events] of Map.groupBy(claimed, (event) => event.orderId)) {
        const ids = events.map(({ envelope }) => envelope.id);
        await reservations.updateOne(
          { _id: orderId },
          {
            $pull: { pendingEvents: { id: { $in: ids } } },
            $set: { relay: { leasedUntil: new Date(0), failures: 0 } },
          },
        );
      }
    },

    async release(claimed, { retryAfterMs }) {
      const orderIds = [...new Set(claimed.map(({ orderId }) => orderId))];
      await reservations.updateMany(
        { _id: { $in: orderIds } },
        {
          $set: { "relay.leasedUntil": new Date(Date.now() + retryAfterMs) },
          $inc: { "relay.failures": retryAfterMs > 0 ? 1 : 0 },
        },
      );
    },

    async waitForWork(signal) {
      await delay(pollMs, undefined, { signal }).catch(() => {});
    },
  };
}
