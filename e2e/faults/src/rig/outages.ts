import type { StoreName, Stores } from "@tradepost/local-stack/stores";
import { waitFor } from "@tradepost/testing/wait-for";

/** How a store goes: asked to, or by SIGKILL. */
export type Ending = "stopped" | "killed";

/** Ends a store, once an earlier outage of it is over. Resolves to what starts it again where it was. */
export type Interrupt = (name: StoreName, ending: Ending) => Promise<() => Promise<void>>;

/** What is left of a killed server, PostgreSQL's sessions for one, must be gone before it can be started again. */
const START_WITHIN_MS = 60_000;

export function openOutages({ servers }: Stores, isClosing: () => boolean): Interrupt {
  const outages = new Map<StoreName, Promise<void>>();
  return async (name, ending) => {
    const earlier = outages.get(name);
    const over = Promise.withResolvers<void>();
    outages.set(name, over.promise);
    await earlier;
    await (ending === "killed" ? servers[name].kill() : servers[name].stop());
    // What is started while the rig closes would outlive it.
    const start = async () => isClosing() || servers[name].start().then(() => true);
    return async () => {
      await waitFor(start, { timeoutMs: START_WITHIN_MS, intervalMs: 500, what: `${name} to start again` });
      over.resolve();
    };
  };
}
