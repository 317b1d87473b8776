import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Fault } from "./fault.ts";
import type { FaultPlan } from "./fault-plan.ts";

declare module "fastify" {
  interface FastifyRequest {
    fault: Fault | null;
  }
}

/** How one provider words a failure of its own, by HTTP status. */
export type FailureBody = (status: number) => object;

/** Lets the plan's faults hit every request of this scope. Handlers wait out delays with `delayEffect`. */
export function applyFaults(
  app: FastifyInstance,
  plan: FaultPlan,
  target: Fault["target"],
  failureBody: FailureBody,
  pathOf = (request: FastifyRequest) => request.url.split("?")[0] as string,
): void {
  app.decorateRequest("fault", null);
  app.addHook("onRequest", async (request, reply) => {
    if (request.method === "OPTIONS") return undefined;
    const fault = plan.pick(target, { method: request.method, path: pathOf(request) });
    request.fault = fault ?? null;
    if (fault?.when !== "before") return undefined;
    if (fault.kind === "reset") return cut(request);
    if (fault.kind === "status") return reply.code(fault.status).send(failureBody(fault.status));
    return undefined;
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const { fault } = request;
    if (!fault) return payload;
    if (fault.kind === "timeoutAfterEffect") return never();
    if (fault.kind === "garbage") return garble(payload);
    if (fault.kind === "cut") return cutInTheMiddle(reply, payload);
    if (fault.when === "before") return payload;
    if (fault.kind === "delay") await sleep(fault.ms);
    if (fault.kind === "reset") return cut(request);
    if (fault.kind === "status") {
      reply.code(fault.status);
      return JSON.stringify(failureBody(fault.status));
    }
    return payload;
  });
}

/** Waits when a delay before the effect is in force. */
export async function delayEffect({ fault }: FastifyRequest): Promise<void> {
  if (fault?.kind === "delay" && fault.when === "before") await sleep(fault.ms);
}

function cut(request: FastifyRequest): Promise<never> {
  request.raw.socket.resetAndDestroy();
  return never();
}

/** Promises the whole answer, sends its first half, and is gone. */
function cutInTheMiddle(reply: FastifyReply, payload: unknown): Promise<never> {
  const whole = Buffer.from(typeof payload === "string" ? payload : "{}");
  const headers = { ...reply.getHeaders(), "content-length": String(whole.length) } as Record<string, string>;
  reply.raw.writeHead(reply.statusCode, headers);
  reply.raw.write(whole.subarray(0, Math.ceil(whole.length / 2)), () => reply.raw.destroy());
  return never();
}

function never(): Promise<never> {
  return new Promise(() => {});
}

/** The first half of the true answer, so that a reader finds its end missing. */
function garble(payload: unknown): string {
  const whole = typeof payload === "string" ? payload : "<html>502 Bad Gateway</html>";
  return whole.slice(0, Math.ceil(whole.length / 2));
}
