import type { Fault } from "@tradepost/testing/fault-proxy";
import type { LinkName } from "../rig/links.ts";
import type { Injection } from "./injection.ts";

/** What a network does between two parts of the shop. */
export const disturb = (link: LinkName, fault: Exclude<Fault, { kind: "pass" }>, forMs: number): Injection => ({
  name: `${link} ${describe(fault)} for ${forMs / 1000} s`,
  forMs,
  begin: async ({ links }) => {
    const proxy = links.get(link);
    proxy.set(fault);
    return async () => {
      proxy.set({ kind: "pass" });
      return { hits: 1 };
    };
  },
});

function describe(fault: Fault): string {
  switch (fault.kind) {
    case "delay":
      return `slow (${fault.delayMs / 1000} s)`;
    case "cut":
      return `cut ${fault.afterBytes} bytes into answers`;
    case "refuse":
      return "refused";
    case "blackhole":
      return "silent";
    case "pass":
      return "well";
  }
}
