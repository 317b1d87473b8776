import type { PaymentHandle } from "@tradepost/contracts/payment";
import { waitFor } from "@tradepost/testing/wait-for";

export interface InboxMessage {
  channel: "email" | "sms";
  to: string;
  subject: string;
  text: string;
  html?: string;
  at: string;
}

/** What a browser does with Stripe: confirms a payment by the publishable key and the client secret. */
export async function confirmPayment(sandboxUrl: string, payment: PaymentHandle, card: string) {
  const response = await fetch(`${sandboxUrl}/v1/payment_intents/${payment.id}/confirm`, {
    method: "POST",
    headers: { authorization: `Bearer ${payment.publishableKey}` },
    body: new URLSearchParams({
      client_secret: payment.clientSecret,
      payment_method: card,
      return_url: "http://localhost/checkout/return",
    }),
  });
  return (await response.json()) as { status?: string; error?: { code: string; decline_code?: string } };
}

export async function messagesTo(sandboxUrl: string, to: string): Promise<InboxMessage[]> {
  const response = await fetch(`${sandboxUrl}/inbox/messages?to=${encodeURIComponent(to)}`);
  return ((await response.json()) as { items: InboxMessage[] }).items;
}

/** The first message to an address whose subject fits, once it is there. */
export const awaitMessage = (sandboxUrl: string, to: string, subject: RegExp): Promise<InboxMessage> =>
  waitFor(async () => (await messagesTo(sandboxUrl, to)).find((message) => subject.test(message.subject)), {
    ...{ timeoutMs: 60_000, intervalMs: 100 },
    what: `a message to ${to} about ${subject}`,
  });
