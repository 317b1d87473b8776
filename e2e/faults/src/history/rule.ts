import type { Facts } from "./facts.ts";

/** What a rule found; its name and the order's history are added by the checker. */
export interface Finding {
  orderId?: string;
  message: string;
}

/** One promise: looks at all facts and tells each place where they break it. */
export type Rule = (facts: Facts) => Finding[];

export const euros = (cents: number): string => (cents / 100).toFixed(2);

export const sum = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((total, item) => total + amount(item), 0);

/** Whether an event may have gone unapplied because its letter is one of those that are allowed. */
export const isExcused = ({ expected, queues }: Facts, consumer: string, eventId: string): boolean =>
  (expected.deadLettersAllowedOf ?? []).includes(consumer) &&
  queues.some((queue) => queue.consumer === consumer && queue.deadLetters.some((letter) => letter.eventId === eventId));
