import { z } from "zod";

const pattern = z.string().refine(isRegExp, { error: "not a regular expression" });

const CALL_KINDS = ["delay", "status", "storedStatus", "timeoutAfterEffect", "reset", "garbage", "cut"] as const;
const WEBHOOK_KINDS = ["lose", "duplicate", "reorder", "late", "forge"] as const;

/** What may be told to go wrong; the body of `POST /sandbox/faults`. */
export const FaultSpec = z
  .strictObject({
    target: z.enum(["stripe", "sendgrid", "twilio", "kms", "webhooks"]),
    kind: z.enum([...CALL_KINDS, ...WEBHOOK_KINDS]),
    /** Which calls: method and path of a request, or type of an event; all when left out. */
    match: z.strictObject({ method: z.string(), path: pattern, event: pattern }).partial().default({}),
    /** Whether a delay, a status (stored or not) or a reset comes before the work is done or after it. */
    when: z.enum(["before", "after"]).default("before"),
    ms: z.int().min(0).max(600_000).default(1_000),
    status: z.int().min(400).max(599).default(500),
    /** Copies that `duplicate` and `forge` send beside the original. */
    n: z.int().min(1).max(100).default(1),
    /** How many calls it hits before it is over; without end when left out. */
    times: z.int().min(1).optional(),
    probability: z.number().min(0).max(1).default(1),
    /** Makes the dice of `probability` fall the same way each run. */
    seed: z.int().default(1),
  })
  .refine(({ target, kind }) => (target === "webhooks") === WEBHOOK_KINDS.some((each) => each === kind), {
    error: `webhooks can be told to ${WEBHOOK_KINDS.join(", ")}; the others to ${CALL_KINDS.join(", ")}`,
    path: ["kind"],
  })
  .refine(({ target, kind }) => target === "stripe" || kind !== "storedStatus", {
    error: "only Stripe keeps its failures under idempotency keys",
    path: ["kind"],
  });
export type FaultSpec = z.infer<typeof FaultSpec>;
/** A fault as one writes it, with the defaults left out. */
export type FaultRequest = z.input<typeof FaultSpec>;

export type Fault = FaultSpec & { id: string; hits: number };

function isRegExp(source: string): boolean {
  try {
    return Boolean(new RegExp(source));
  } catch {
    return false;
  }
}
