import type { Random } from "../random.ts";
import type { Article } from "../rig/stock.ts";

/** What a shopper means to do once the order is placed. */
export type Story =
  | "pay"
  | "pay-with-3ds"
  | "pay-slowly"
  | "decline-then-pay"
  | "cancel-unpaid"
  | "cancel-paid"
  | "pay-at-the-deadline"
  | "abandon";

export interface Plan {
  email: string;
  signedIn: boolean;
  /** Wants text messages too, at this number. */
  phone?: string;
  lines: { article: Article; quantity: number }[];
  story: Story;
}

/** Most pay; the rest is what makes a shop's life hard. */
const STORIES: readonly [Story, number][] = [
  ["pay", 50],
  ["pay-with-3ds", 7],
  ["pay-slowly", 5],
  ["decline-then-pay", 10],
  ["cancel-unpaid", 7],
  ["cancel-paid", 10],
  ["pay-at-the-deadline", 6],
  ["abandon", 5],
];

const SIGNED_IN = 0.2;
const WANTS_TEXTS = 0.3;

export interface Audience {
  articles: readonly Article[];
  /** Leaves out who waits for an order's deadline, where that is far away. */
  hasTime: boolean;
}

/** The next shopper, whom the dice decide. */
export function planShopper(random: Random, { articles, hasTime }: Audience, email: string): Plan {
  const count = random.int(1, 3);
  const chosen = new Map<string, Article>();
  while (chosen.size < Math.min(count, articles.length)) {
    const article = random.pick(articles);
    chosen.set(article.sku, article);
  }
  const lines = [...chosen.values()].map((article) => ({ article, quantity: random.int(1, 3) }));
  const phone = random.chance(WANTS_TEXTS) ? `+4915${random.int(100_000_000, 999_999_999)}` : undefined;
  return {
    ...{ email, lines, signedIn: random.chance(SIGNED_IN), story: pickStory(random, hasTime) },
    ...(phone === undefined ? {} : { phone }),
  };
}

function pickStory(random: Random, hasTime: boolean): Story {
  const stories = STORIES.filter(([story]) => hasTime || story !== "pay-at-the-deadline");
  let left = random.next() * stories.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [story, weight] of stories) {
    left -= weight;
    if (left < 0) return story;
  }
  return "pay";
}
