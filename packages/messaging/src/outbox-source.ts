import type { Envelope } from "@tradepost/contracts/event";

/** An event on its way out. A source may add fields of its own, by which it finds the event again. */
export interface Claimed {
  /** Events of one aggregate are published one after another, different aggregates at the same time. */
  aggregateId: string;
  routingKey: string;
  envelope: Envelope;
  /** How often publishing this event has failed before. */
  attempts: number;
}

/**
 * Where a service keeps the events it has yet to publish: a table, or an array inside the documents that changed.
 *
 * Any number of relays may use the source at once, so a claim is a lease: it excludes the others until the event is
 * marked or released, or until the lease runs out because its relay died. A lease must last well over `batchTimeoutMs`
 * of the relay (20 s) plus one confirm timeout (5 s); a minute is right. No transaction stays open during a claim.
 */
export interface OutboxSource<C extends Claimed = Claimed> {
  /**
   * Up to `limit` events nobody else has claimed, oldest first. The claimed events of an aggregate have no unpublished
   * predecessor outside the batch; while some are claimed, no other relay gets later ones of that aggregate.
   */
  claimBatch(limit: number): Promise<C[]>;
  /** The broker has confirmed these. Must also work after the lease has run out. */
  markPublished(claimed: readonly C[]): Promise<void>;
  /** These were not published: let them be claimed again after the pause, and count one more attempt if it is above 0. */
  release(claimed: readonly C[], failure: { retryAfterMs: number; reason: string }): Promise<void>;
  /**
   * Resolves when there may be work: told by the store, after a poll interval, or when `signal` aborts. Work that
   * arrived since the last `claimBatch` began counts, else an event would wait for the next poll.
   */
  waitForWork(signal: AbortSignal): Promise<void>;
  /** Deletes what has outlived its use; called once an hour. */
  prune?(): Promise<void>;
}
