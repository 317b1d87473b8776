import type { IntentFact, MessageFact, StripeEventFact, StripeRefundFact } from "./facts.ts";

interface Intent {
  id: string;
  status: string;
  amount: number;
  created: number;
  metadata: Record<string, string>;
}
interface Charge {
  id: string;
  payment_intent: string | null;
  status: string;
  captured: boolean;
  amount_captured: number;
  created: number;
}
interface Refund {
  id: string;
  payment_intent: string;
  amount: number;
  status: string;
  created: number;
}
interface Event {
  id: string;
  type: string;
  created: number;
  data: { object: { id?: string; object?: string; payment_intent?: string | null } };
}
interface State {
  payment_intents: Intent[];
  charges: Charge[];
  refunds: Refund[];
  events: Event[];
  deliveries: { event: string; status: string }[];
  messages: {
    channel: "email" | "sms";
    to: string;
    subject: string;
    text: string;
    customArgs: Record<string, string>;
    at: string;
  }[];
}

const atSecond = (seconds: number): Date => new Date(seconds * 1_000);

/** What Stripe, SendGrid and Twilio know, as the sandbox keeps it. */
export async function readSandbox(url: string) {
  const response = await fetch(`${url}/sandbox/state`, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`the sandbox does not show its state: ${response.status}`);
  const state = (await response.json()) as State;
  return {
    intents: intentsOf(state),
    stripeRefunds: state.refunds.map(
      ({ id, payment_intent, amount, status, created }): StripeRefundFact => ({
        ...{ id, status, intentId: payment_intent, amountCents: amount, at: atSecond(created) },
      }),
    ),
    stripeEvents: eventsOf(state),
    messages: state.messages.map(
      ({ channel, to, subject, text, customArgs, at }): MessageFact => ({
        ...{ channel, to, subject, text, reference: customArgs.reference ?? null, at: new Date(at) },
      }),
    ),
  };
}

function intentsOf({ payment_intents, charges }: State): IntentFact[] {
  const byIntent = Map.groupBy(
    charges.filter(({ status, captured }) => status === "succeeded" && captured),
    (charge) => charge.payment_intent,
  );
  return payment_intents.map(({ id, status, amount, created, metadata }) => ({
    ...{ id, status, amountCents: amount, createdAt: atSecond(created), orderId: metadata.orderId ?? null },
    captures: (byIntent.get(id) ?? []).map((charge) => ({
      ...{ chargeId: charge.id, amountCents: charge.amount_captured, at: atSecond(charge.created) },
    })),
  }));
}

function eventsOf({ events, deliveries }: State): StripeEventFact[] {
  const byEvent = Map.groupBy(deliveries, ({ event }) => event);
  return events.map(({ id, type, created, data: { object } }) => ({
    ...{ id, type, at: atSecond(created) },
    intentId: object.object === "payment_intent" ? (object.id ?? null) : (object.payment_intent ?? null),
    deliveries: (byEvent.get(id) ?? []).map(({ status }) => status),
  }));
}
