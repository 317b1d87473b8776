import { setTimeout as delay } from "node:timers/promises";
import { isUnavailable } from "./broker-unavailable.ts";
import { type Log, messageOf } from "./log.ts";
import type { MessagingObserver } from "./observer.ts";
import type { Claimed, OutboxSource } from "./outbox-source.ts";
import type { Publisher } from "./publisher.ts";

export interface RelayOptions<C extends Claimed> {
  source: OutboxSource<C>;
  publisher: Pick<Publisher, "publish" | "ready">;
  log: Log;
  observer?: MessagingObserver;
  /** How many events are claimed at once. */
  batchSize?: number;
  /** After this a batch starts no more publishing, so that it ends well inside its lease. */
  batchTimeoutMs?: number;
}

export interface Relay {
  /** Waits for the running batch to end. */
  stop(): Promise<void>;
}

const pruneEveryMs = 3_600_000;

/**
 * Publishes what is in an outbox, in every replica at once: with confirms, in order per aggregate, each event at least
 * once. A crash between confirm and mark publishes an event again, which consumers recognise by its id.
 */
export function startRelay<C extends Claimed>(options: RelayOptions<C>): Relay {
  const { source, publisher, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let prunedAt = 0;

  const prune = async (): Promise<void> => {
    if (!source.prune || Date.now() - prunedAt < pruneEveryMs) return;
    prunedAt = Date.now();
    await source.prune();
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await publisher.ready(signal);
        const moved = await relayBatch(options);
        failures = moved.failed > 0 && moved.published === 0 ? failures + 1 : 0;
        if (moved.failed === 0 && moved.published === 0) {
          await prune();
          await source.waitForWork(signal);
        }
      } catch (error) {
        failures += 1;
        if (!signal.aborted)
          log.error({ reason: messageOf(error), err: error }, "the outbox relay failed, will try again");
      }
      if (failures > 0) await delay(backoffMs(failures, 10_000), undefined, { signal }).catch(() => {});
    }
  };
  const running = run();

  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function relayBatch<C extends Claimed>(options: RelayOptions<C>): Promise<{ published: number; failed: number }> {
  const { source, observer, batchSize = 100, batchTimeoutMs = 20_000 } = options;
  const claimed = await source.claimBatch(batchSize);
  if (claimed.length === 0) return { published: 0, failed: 0 };
  const until = Date.now() + batchTimeoutMs;
  const chains = Map.groupBy(claimed, ({ aggregateId }) => aggregateId);
  const results = await Promise.all([...chains.values()].map((chain) => publishChain(options, chain, until)));
  const published = results.flatMap((result) => result.published);
  if (published.length > 0) await source.markPublished(published);
  for (const { unpublished, failure } of results) {
    if (unpublished.length > 0) await source.release(unpublished, failure);
  }
  const oldest = Math.min(...claimed.map(({ envelope }) => Date.parse(envelope.occurredAt)));
  const counts = { published: published.length, failed: claimed.length - published.length };
  observer?.relayed?.({ ...counts, oldestMs: Date.now() - oldest });
  return counts;
}

/** One aggregate's events: none overtakes a predecessor, so the first failure ends the chain. */
async function publishChain<C extends Claimed>({ publisher, log }: RelayOptions<C>, chain: C[], until: number) {
  for (const [index, claimed] of chain.entries()) {
    try {
      if (Date.now() >= until) return endAt(index, 0, "the batch ran out of time");
      await publisher.publish(claimed.envelope, claimed.routingKey);
    } catch (error) {
      log.error(
        { eventId: claimed.envelope.id, reason: messageOf(error), err: error },
        "an event could not be published",
      );
      // An absent broker is not the event's fault; it goes out as soon as the broker is back.
      const retryAfterMs = isUnavailable(error) ? 0 : backoffMs(claimed.attempts + 1, 60_000);
      return endAt(index, retryAfterMs, messageOf(error));
    }
  }
  return endAt(chain.length, 0, "");

  function endAt(index: number, retryAfterMs: number, reason: string) {
    return { published: chain.slice(0, index), unpublished: chain.slice(index), failure: { retryAfterMs, reason } };
  }
}

const backoffMs = (failures: number, longestMs: number): number =>
  Math.min(longestMs, 100 * 2 ** failures) * (0.5 + Math.random() / 2);
