import type { Violation } from "./expected.ts";
import type { Facts } from "./facts.ts";
import { renderHistories } from "./render-history.ts";
import { RULES } from "./rules/all-rules.ts";

/** What a history amounts to. */
export interface Counts {
  orders: number;
  /** Orders that were confirmed, cancelled since or not: the purchases. */
  bought: number;
  byStatus: Record<string, number>;
  captures: number;
  refunds: number;
  mails: number;
  events: number;
  webhooks: number;
}

export interface HistoryReport {
  violations: Violation[];
  counts: Counts;
  /** The story of any order, as violations have it. */
  historyOf: (orderId: string) => string[];
}

/** Applies every rule. */
export function checkFacts(facts: Facts): HistoryReport {
  const historyOf = renderHistories(facts);
  const violations = Object.entries(RULES).flatMap(([rule, look]) =>
    look(facts).map(
      (finding): Violation => ({ rule, ...finding, history: finding.orderId ? historyOf(finding.orderId) : [] }),
    ),
  );
  return { violations, counts: countsOf(facts), historyOf };
}

function countsOf({ orders, moves, intents, stripeRefunds, messages, outbox, webhooks }: Facts): Counts {
  const byStatus: Record<string, number> = {};
  for (const { status } of orders) byStatus[status] = (byStatus[status] ?? 0) + 1;
  return {
    ...{ orders: orders.length, byStatus, events: outbox.length, webhooks: webhooks.length, mails: messages.length },
    bought: new Set(moves.flatMap(({ orderId, status }) => (status === "confirmed" ? [orderId] : []))).size,
    captures: intents.reduce((total, { captures }) => total + captures.length, 0),
    refunds: stripeRefunds.length,
  };
}

/** A violation as it is printed: the rule, what is wrong, and the order's story. */
export const describeViolation = ({ rule, orderId, message, history }: Violation): string =>
  [`${rule}${orderId ? ` (order ${orderId})` : ""}: ${message}`, ...history.map((line) => `    ${line}`)].join("\n");
