import type { StoreName } from "@tradepost/local-stack/stores";
import type { Injection } from "./injection.ts";

/** A store is stopped, and started again at the same address with what it had kept. */
export const stopStore = (name: StoreName, forMs: number): Injection => ({
  name: `${name} stopped for ${forMs / 1000} s`,
  forMs,
  begin: async (rig) => {
    const start = await rig.interrupt(name);
    return async () => {
      await start();
      return 1;
    };
  },
});
