import type { Stripe } from "stripe";
import type { Message } from "../inbox/message.ts";
import type { KmsKey } from "../kms/kms-key.ts";
import type { Confirmation } from "../stripe/confirmation.ts";
import type { SavedAnswer } from "../stripe/idempotency.ts";
import type { CardOnFile } from "../stripe/test-cards.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import type { Job } from "./jobs.ts";
import { type Change, openJournal } from "./journal.ts";

/** Everything the sandbox remembers. Objects are replaced, never changed in place. */
export type Collections = {
  customers: Stripe.Customer | Stripe.DeletedCustomer;
  payment_methods: Stripe.PaymentMethod;
  payment_intents: Stripe.PaymentIntent;
  setup_intents: Stripe.SetupIntent;
  setup_attempts: Stripe.SetupAttempt;
  charges: Stripe.Charge;
  refunds: Stripe.Refund;
  disputes: Stripe.Dispute;
  balance_transactions: Stripe.BalanceTransaction;
  events: Stripe.Event;
  webhook_endpoints: Stripe.WebhookEndpoint;
  webhook_secrets: { id: string; secret: string };
  /** Still to be sent, kept apart so that finding them does not get slower with history. */
  deliveries_due: Delivery;
  deliveries: Delivery;
  cards: CardOnFile;
  confirmations: Confirmation;
  idempotency: SavedAnswer;
  jobs: Job;
  messages: Message;
  kms_keys: KmsKey;
};
export type CollectionName = keyof Collections;

const names: CollectionName[] = [
  "customers",
  "payment_methods",
  "payment_intents",
  "setup_intents",
  "setup_attempts",
  "charges",
  "refunds",
  "disputes",
  "balance_transactions",
  "events",
  "webhook_endpoints",
  "webhook_secrets",
  "deliveries_due",
  "deliveries",
  "cards",
  "confirmations",
  "idempotency",
  "jobs",
  "messages",
  "kms_keys",
];

export type Store = {
  get<N extends CollectionName>(collection: N, id: string): Collections[N] | undefined;
  /** All objects of a collection, in the order in which they were first put. */
  all<N extends CollectionName>(collection: N): Collections[N][];
  put<N extends CollectionName>(collection: N, object: Collections[N]): void;
  remove(collection: CollectionName, id: string): void;
  /** Makes the changes since the last commit durable, as one unit. */
  commit(): void;
  /** Forgets everything, on disk too. */
  clear(): void;
  close(): void;
};

/** Opens the store: in memory alone, or kept in a journal in `dataDir` and read back from it. */
export function openStore(dataDir?: string): Store {
  const journal = dataDir === undefined ? undefined : openJournal(dataDir);
  const collections = new Map<string, Map<string, unknown>>(names.map((name) => [name, new Map()]));
  let pending: Change[] = [];
  const of = (name: string) => collections.get(name) as Map<string, never>;
  const apply = ([name, id, value]: Change) => {
    if (value === null) collections.get(name)?.delete(id);
    else collections.get(name)?.set(id, value);
  };
  if (journal) {
    for (const change of journal.replay()) apply(change);
    journal.rewrite(names.flatMap((name) => [...of(name)].map(([id, value]): Change => [name, id, value])));
  }
  const change = (entry: Change) => {
    apply(entry);
    if (journal) pending.push(entry);
  };
  return {
    get: (name, id) => of(name).get(id),
    all: (name) => [...of(name).values()],
    put: (name, object) => change([name, object.id, object]),
    remove: (name, id) => change([name, id, null]),
    commit: () => {
      if (pending.length > 0) journal?.append(pending);
      pending = [];
    },
    clear: () => {
      for (const collection of collections.values()) collection.clear();
      pending = [];
      journal?.rewrite([]);
    },
    close: () => journal?.close(),
  };
}
