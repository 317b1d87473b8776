import type { StoreName } from "@tradepost/local-stack/stores";
import type { Ending } from "../rig/outages.ts";
import type { Injection } from "./injection.ts";

/** A store is stopped, and started again at the same address with what it had kept. */
export const stopStore = (name: StoreName, forMs: number): Injection => outage(name, "stopped", forMs);

/** A store is ended by SIGKILL instead, with whatever it had not yet written down. */
export const killStore = (name: StoreName, forMs: number): Injection => outage(name, "killed", forMs);

const outage = (name: StoreName, ending: Ending, forMs: number): Injection => ({
  name: `${name} ${ending} for ${forMs / 1000} s`,
  forMs,
  begin: async (rig) => {
    const start = await rig.interrupt(name, ending);
    return async () => {
      await start();
      return { hits: 1 };
    };
  },
});
