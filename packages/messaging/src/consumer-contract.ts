import type { Envelope, EventContract } from "@tradepost/contracts/event";

/** What topology and documentation need to know of a consumer; its queue is `<service>.<name>`. */
export interface ConsumerContract {
  service: string;
  /** What it does: `confirm-order`. */
  name: string;
  events: readonly EventContract[];
}

export interface Consumer extends ConsumerContract {
  /**
   * Applies one event. Rejects to have it delivered again later. It runs for up to `prefetch` events at once, perhaps
   * twice for one event (see `handleOnce`), and after a retry no longer in the order of publishing.
   */
  handle(envelope: Envelope): Promise<unknown>;
  /** How many events one replica works on at once. */
  prefetch?: number;
  /**
   * How long one event may take, 60 s unless said. After that it has failed and comes again; a handler cannot be
   * ended from outside, so the late one may then run beside its successor.
   */
  handleTimeoutMs?: number;
}

/** Declares a consumer, with `handle` typed by its events. */
export const defineConsumer = <const E extends readonly EventContract[]>(
  consumer: Omit<Consumer, "events" | "handle"> & {
    events: E;
    handle: (envelope: Envelope<E[number]>) => Promise<unknown>;
  },
): Consumer => consumer;
