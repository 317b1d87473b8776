import { setTimeout as delay } from "node:timers/promises";
import type { Channel } from "amqplib";
import { BrokerUnavailable } from "./broker-unavailable.ts";
import { type Log, messageOf } from "./log.ts";
import { raceAbort } from "./race-abort.ts";

export interface KeptChannel<C extends Channel> {
  /** The channel, set up; undefined while there is none. */
  current(): C | undefined;
  /** Waits for the channel. Rejects with `BrokerUnavailable` when `signal` aborts first. */
  ready(signal: AbortSignal): Promise<C>;
  /** Gives the present channel up, so that a new one is opened and set up. */
  renew(): void;
  close(): Promise<void>;
}

/**
 * Keeps one channel open: opens it, runs `setup` on it, and does both again whenever the channel or its connection is
 * lost, until `close`. A channel is lost by any refused operation, so each publisher and consumer has its own.
 */
export function keepChannel<C extends Channel>(options: {
  name: string;
  log: Log;
  open: () => Promise<C>;
  setup: (channel: C) => Promise<void>;
}): KeptChannel<C> {
  const stopping = new AbortController();
  let current: C | undefined;
  let opened = Promise.withResolvers<C>();

  const holdOne = async (): Promise<void> => {
    const opening = options.open();
    const channel = await raceAbort(opening, stopping.signal).catch((error: unknown) => {
      void opening.then(closeQuietly, () => {});
      throw error;
    });
    const lost = closing(channel);
    try {
      await Promise.race([options.setup(channel), lost.then(failAsLost)]);
      current = channel;
      opened.resolve(channel);
      // A close during the set-up found no channel that it could have closed.
      if (!stopping.signal.aborted) await lost;
    } finally {
      if (current !== undefined) opened = Promise.withResolvers();
      current = undefined;
      await closeQuietly(channel);
    }
  };

  const run = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      const startedAt = Date.now();
      try {
        await holdOne();
      } catch (error) {
        if (!stopping.signal.aborted) {
          options.log.error({ channel: options.name, reason: messageOf(error) }, "cannot set up a channel");
        }
      }
      if (Date.now() - startedAt > 10_000) failures = 0;
      await pause(failures, stopping.signal);
    }
  };
  const running = run();

  return {
    current: () => current,
    ready: (signal) => raceAbort(opened.promise, signal),
    renew: () => {
      if (current === undefined) return;
      void closeQuietly(current);
      // Whoever asks from now on waits for the new one.
      current = undefined;
      opened = Promise.withResolvers();
    },
    close: async () => {
      stopping.abort();
      if (current !== undefined) await closeQuietly(current);
      await running;
    },
  };

  /** Resolves when the channel has closed, to the broker's reason if it gave one. */
  function closing(channel: C): Promise<Error | undefined> {
    let reason: Error | undefined;
    channel.on("error", (error) => {
      reason = error;
      options.log.warn({ channel: options.name, reason: messageOf(error) }, "the broker closed a channel");
    });
    return new Promise((resolve) => channel.once("close", () => resolve(reason)));
  }
}

const failAsLost = (reason: Error | undefined): never => {
  throw reason ?? new BrokerUnavailable("The channel was lost while it was being set up");
};

async function closeQuietly(channel: Channel): Promise<void> {
  try {
    await channel.close();
  } catch {
    // It was closed already.
  }
}

/** 50 ms to 5 s, by the number of failures in a row, with jitter. */
async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const longestMs = Math.min(5_000, 100 * 2 ** failures);
  await delay(longestMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
}
