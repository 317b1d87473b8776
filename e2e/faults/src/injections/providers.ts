import type { FaultRequest } from "@tradepost/sandbox/faults/fault";
import { z } from "zod";
import type { Injection } from "./injection.ts";

const Added = z.object({ id: z.string() });
const InForce = z.object({ items: z.array(z.object({ id: z.string(), hits: z.number() })) });

/** Stripe, its webhooks, SendGrid or Twilio misbehave in the way that the sandbox is told. */
export const misbehave = (name: string, forMs: number, ...faults: FaultRequest[]): Injection => ({
  name,
  forMs,
  begin: async ({ stack }, random) => {
    const url = `${stack.sandboxUrl}/sandbox/faults`;
    const ids: string[] = [];
    for (const fault of faults) {
      const body = JSON.stringify({ seed: random.int(1, 1_000_000), ...fault });
      const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
      if (!answer.ok) throw new Error(`the sandbox refused a fault: ${await answer.text()}`);
      ids.push(Added.parse(await answer.json()).id);
    }
    return async () => {
      const { items } = InForce.parse(await (await fetch(url)).json());
      const hits = items.filter(({ id }) => ids.includes(id)).reduce((sum, fault) => sum + fault.hits, 0);
      await Promise.all(ids.map((id) => fetch(`${url}/${id}`, { method: "DELETE" })));
      return { hits };
    };
  },
});
