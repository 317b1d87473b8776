import { setTimeout as sleep } from "node:timers/promises";
import type { PaymentHandle } from "@tradepost/contracts/payment";
import { z } from "zod";

/** How a browser's attempt to pay ended. `unknown`: Stripe was not reached for as long as the shopper waited. */
export type PaymentResult = "succeeded" | "processing" | "declined" | "not-payable" | "unknown";

const Intent = z.object({ status: z.string() });
const Answer = z.union([
  z.object({ error: z.object({ code: z.string().optional(), payment_intent: Intent.optional() }) }),
  Intent,
]);

const ATTEMPT_MS = 4_000;

/**
 * What the payment page does: confirms the intent with a card, again after no answer or a fault of Stripe's, and goes
 * through 3-D Secure when the bank asks. Repeating is safe: an intent is captured once.
 */
export async function payByCard(
  sandboxUrl: string,
  payment: PaymentHandle,
  card: string,
  untilMs: number,
): Promise<PaymentResult> {
  const post = (action: string, form: Record<string, string>) =>
    postForm(`${sandboxUrl}/v1/payment_intents/${payment.id}/${action}`, payment.publishableKey, form);
  const confirm = { payment_method: card, return_url: "http://localhost/checkout/return" };
  do {
    const answer = await post("confirm", { client_secret: payment.clientSecret, ...confirm });
    const status = answer === undefined ? undefined : statusOf(answer);
    if (status === "requires_action") await post("sandbox_authenticate", { outcome: "approve" });
    const result = toResult(status);
    if (result) return result;
    await sleep(300);
  } while (Date.now() < untilMs);
  return "unknown";
}

/** An error that names the intent says how that stands: a second click finds it paid. */
function statusOf(answer: z.output<typeof Answer>): string {
  if ("status" in answer) return answer.status;
  const { code, payment_intent: intent } = answer.error;
  return code === "card_declined" ? code : (intent?.status ?? "");
}

function toResult(status: string | undefined): PaymentResult | undefined {
  if (status === "succeeded" || status === "processing") return status;
  if (status === "card_declined" || status === "requires_payment_method") return "declined";
  return status === "canceled" ? "not-payable" : undefined;
}

/** Undefined when no usable answer came. */
async function postForm(url: string, key: string, form: Record<string, string>) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(ATTEMPT_MS),
    });
    return Answer.parse(await response.json());
  } catch {
    return undefined;
  }
}
