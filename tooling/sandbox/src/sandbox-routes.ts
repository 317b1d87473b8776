import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { FaultSpec } from "./faults/fault.ts";
import type { FaultPlan } from "./faults/fault-plan.ts";
import type { Store } from "./storage/store.ts";

export type SandboxRouteParts = { store: Store; faults: FaultPlan; reset: () => void };

/** The sandbox's own controls: faults, a look at everything it holds, and a fresh start. */
export function mountSandboxRoutes(app: FastifyInstance, { store, faults, reset }: SandboxRouteParts): void {
  app.post("/sandbox/faults", async (request, reply) => {
    const spec = FaultSpec.safeParse(request.body);
    if (!spec.success) return reply.code(400).send({ title: "Not a fault", detail: z.prettifyError(spec.error) });
    return reply.code(201).send(faults.add(spec.data));
  });
  app.get("/sandbox/faults", async () => ({ items: faults.list() }));
  app.delete("/sandbox/faults", async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  app.delete("/sandbox/faults/:id", async (request, reply) => {
    const { id } = request.params as { id: string };
    return reply.code(faults.remove(id) ? 204 : 404).send();
  });
  app.get("/sandbox/state", async () => ({
    customers: store.all("customers"),
    payment_methods: store.all("payment_methods"),
    payment_intents: store.all("payment_intents"),
    setup_intents: store.all("setup_intents"),
    charges: store.all("charges"),
    refunds: store.all("refunds"),
    disputes: store.all("disputes"),
    balance_transactions: store.all("balance_transactions"),
    events: store.all("events"),
    webhook_endpoints: store.all("webhook_endpoints"),
    deliveries: [...store.all("deliveries"), ...store.all("deliveries_due")],
    messages: store.all("messages"),
  }));
  app.post("/sandbox/reset", async (_request, reply) => {
    reset();
    return reply.code(204).send();
  });
}
