import type Stripe from "stripe";
import type { ProviderDispute, ProviderIntent, ProviderRefund } from "../domain/provider-event.ts";
import { rethrow } from "./stripe-errors.ts";
import { isInOurCurrency, toProviderDispute, toProviderIntent, toProviderRefund } from "./stripe-objects.ts";

/** Made in `[since, until)`, in whole seconds as Stripe keeps them. */
export interface Period {
  since: Date;
  until: Date;
}

/** What was made at Stripe in a time, page by page, newest first. Others' currencies are left out. */
export interface ProviderLists {
  intents: (period: Period) => AsyncGenerator<ProviderIntent[]>;
  /** Also refunds made before, whose failure was told in that time. */
  refunds: (period: Period) => AsyncGenerator<ProviderRefund[]>;
  /** Also disputes opened before, whose end was told in that time. */
  disputes: (period: Period) => AsyncGenerator<ProviderDispute[]>;
}

const PAGE_SIZE = 100;
/** A page takes Stripe a second at most; nobody waits for these. */
const OPTIONS = { timeout: 10_000, maxNetworkRetries: 2 };

type Page<T> = Promise<{ data: T[]; has_more: boolean }>;
type Paging = { limit: number; created: { gte: number; lt: number }; starting_after?: string };

export function createStripeLists(stripe: Stripe): ProviderLists {
  return {
    intents: (period) => pages(period, (paging) => stripe.paymentIntents.list(paging, OPTIONS), toProviderIntent),
    refunds: async function* (period) {
      yield* pages(period, (paging) => stripe.refunds.list(paging, OPTIONS), toProviderRefund);
      yield* pages(period, eventsOf(stripe, ["refund.failed"]), (event) =>
        toProviderRefund(event.data.object as Stripe.Refund),
      );
    },
    disputes: async function* (period) {
      yield* pages(period, (paging) => stripe.disputes.list(paging, OPTIONS), toProviderDispute);
      yield* pages(period, eventsOf(stripe, ["charge.dispute.closed"]), (event) =>
        toProviderDispute(event.data.object as Stripe.Dispute),
      );
    },
  };
}

const eventsOf = (stripe: Stripe, types: string[]) => (paging: Paging) =>
  stripe.events.list({ ...paging, types }, OPTIONS);

async function* pages<T extends { id: string }, U>(
  { since, until }: Period,
  list: (paging: Paging) => Page<T>,
  map: (item: T) => U,
): AsyncGenerator<U[]> {
  const created = { gte: Math.floor(since.getTime() / 1000), lt: Math.ceil(until.getTime() / 1000) };
  let after: string | undefined;
  for (;;) {
    const paging = { limit: PAGE_SIZE, created, ...(after === undefined ? {} : { starting_after: after }) };
    const { data, has_more } = await list(paging).catch(rethrow);
    yield data.filter((item) => isInOurCurrency(subjectOf(item))).map(map);
    after = data.at(-1)?.id;
    if (!has_more || after === undefined) return;
  }
}

/** An event is in the currency of what it is about. */
const subjectOf = (item: object): object =>
  "data" in item ? (item as { data: { object: object } }).data.object : item;
