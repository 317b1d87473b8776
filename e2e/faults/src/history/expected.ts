/** What a checkout was answered with, as its client saw it; `status` 0 when no answer came. */
export interface Answer {
  status: number;
  /** The problem's code where it was refused. */
  code?: string | undefined;
  orderId?: string | undefined;
  totalCents?: number | undefined;
}

/** Everything one shopper was told about one checkout: all answers under one Idempotency-Key, and what followed. */
export interface CheckoutRecord {
  /** Names the shopper in messages. */
  shopper: string;
  key: string;
  /** Every answer to `POST /v1/orders` with this key, in any order. */
  answers: Answer[];
  /** The total that was shown before the click, in minor units. */
  shownCents?: number | undefined;
  /** Stripe told this client that its payment succeeded. */
  paid?: boolean | undefined;
  /** The states of the order that this client was shown, in the order in which it saw them. */
  seen?: string[] | undefined;
  /** The cancellation was answered with success. */
  cancelled?: boolean | undefined;
}

/** What a history is measured against. */
export interface Expected {
  /** Units on hand of each SKU before the first order, over all locations; SKUs left out are checked for sums only. */
  initialStock: Record<string, number>;
  /** What clients saw; orders that no record names are checked all the same. */
  checkouts: readonly CheckoutRecord[];
  /** Consumers (`<service>.<name>`) that may have dead letters, and may so have missed an event. None unless said. */
  deadLettersAllowedOf?: readonly string[];
  /** How long after its deadline an order may still wait: the sweeper's turn and some air. 15 s unless said. */
  deadlineGraceMs?: number;
  /** How long an order may be `placing`. A minute unless said. */
  placingWithinMs?: number;
}

/** One promise that a history breaks. */
export interface Violation {
  /** The rule's name, as in docs/reliability.md. */
  rule: string;
  orderId?: string;
  message: string;
  /** The order's whole story over all stores, in order of time; empty where no order is named. */
  history: string[];
}
