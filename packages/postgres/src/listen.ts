import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";

/**
 * Calls `onNotify` for every NOTIFY on a channel, and once for each (re)connection, since what was sent in between is
 * lost. Connects again for ever. Needs a session of its own: not a URL of a transaction-pooling proxy.
 */
export function listen(options: {
  url: string;
  channel: string;
  applicationName: string;
  onNotify: () => void;
  onError?: (error: unknown) => void;
}): { close(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;

  const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));

  const hold = async (): Promise<void> => {
    const client = new Client({
      connectionString: options.url,
      application_name: options.applicationName,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    const lost = new Promise<void>((resolve, reject) => {
      client.on("error", reject);
      client.once("end", resolve);
    });
    lost.catch(() => {});
    client.on("notification", options.onNotify);
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(options.channel)}`);
      options.onNotify();
      await Promise.race([lost, aborted]);
    } finally {
      // A goodbye that the network swallows must not hold up a shutdown.
      await Promise.race([client.end().catch(() => {}), delay(1_000, undefined, { ref: false })]);
    }
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await hold().catch((error: unknown) => options.onError?.(error));
      if (!signal.aborted) await delay(500 + Math.random() * 1_000, undefined, { signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    close: async () => {
      stopping.abort();
      await running;
    },
  };
}
