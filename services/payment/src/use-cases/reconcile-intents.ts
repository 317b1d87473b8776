import type { Finding } from "@tradepost/contracts/reconciliation";
import type { Vault } from "@tradepost/key-ring/vault";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { isUnavailable } from "@tradepost/service-runtime/unavailable";
import type { PaymentProvider } from "../clients/stripe.ts";
import type { Period } from "../clients/stripe-lists.ts";
import { compareIntent, type Difference, type KnownPayment } from "../domain/compare-intent.ts";
import type { ProviderIntent } from "../domain/provider-event.ts";
import {
  findPayment,
  findPayments,
  listPaymentsMade,
  lockPayment,
  type MadePosition,
  type Payment,
} from "../storage/payment-repository.ts";
import { keepIntent } from "./create-payment.ts";
import { recordCancellation } from "./receive-webhook.ts";
import { recordCapture } from "./record-capture.ts";

export interface ReconcileIntentsDeps {
  sql: Sql;
  transact: Transact;
  provider: Pick<PaymentProvider, "lists" | "findIntent" | "cancelIntent">;
  vault: Vault;
}

export interface Comparison extends Period {
  dryRun: boolean;
}

export interface Compared {
  compared: number;
  findings: Finding[];
}

const ROWS = 200;
/** A repair may uncover one more difference: an intent that was not noted may have been paid. */
const MAX_ROUNDS = 3;

type OurIntent = ProviderIntent & { orderId: string };
const isOurs = (intent: ProviderIntent): intent is OurIntent => intent.orderId !== null;

/** Compares the intents made in a time, page by page, then the payments made in it whose intents were not among them. */
export async function reconcileIntents(deps: ReconcileIntentsDeps, comparison: Comparison): Promise<Compared> {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for await (const page of deps.provider.lists.intents(comparison)) {
    const ours = page.filter(isOurs);
    const payments = await findPayments(
      deps.sql,
      ours.map(({ orderId }) => orderId),
    );
    for (const intent of ours) {
      seen.add(intent.id);
      const payment = payments.get(intent.orderId) ?? null;
      if (compareIntent(payment && toKnown(payment), intent).length > 0)
        findings.push(...(await settle(deps, intent, comparison)));
    }
  }
  findings.push(...(await reconcileUnlisted(deps, comparison, seen)));
  return { compared: seen.size, findings };
}

async function reconcileUnlisted(deps: ReconcileIntentsDeps, comparison: Comparison, seen: Set<string>) {
  const findings: Finding[] = [];
  let after: MadePosition | null = null;
  for (;;) {
    const payments: (Payment & MadePosition)[] = await listPaymentsMade(deps.sql, {
      ...comparison,
      after,
      limit: ROWS,
    });
    for (const { orderId, intent } of payments) {
      if (!intent || seen.has(intent.id)) continue;
      seen.add(intent.id);
      findings.push(...(await settle(deps, { id: intent.id, orderId }, comparison)));
    }
    if (payments.length < ROWS) return findings;
    after = payments.at(-1) ?? null;
  }
}

type IntentOfOrder = Pick<OurIntent, "id" | "orderId">;

/** One intent that cannot be read, such as one in a currency that the shop does not have, keeps no other from its turn. */
const settle = (deps: ReconcileIntentsDeps, intent: IntentOfOrder, comparison: Comparison): Promise<Finding[]> =>
  settleAfresh(deps, intent, comparison).catch((error: unknown) => {
    if (isUnavailable(error)) throw error;
    const detail = `${intent.id} cannot be compared: ${nameOf(error)}`;
    return [{ kind: "intent.unreadable", subject: intent.orderId, detail, outcome: "alert" }];
  });

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "unknown");

/** Reads both sides afresh, since either may have moved on, and repairs what can be. */
async function settleAfresh(
  deps: ReconcileIntentsDeps,
  { id, orderId }: IntentOfOrder,
  { until, dryRun }: Comparison,
): Promise<Finding[]> {
  const intent = await deps.provider.findIntent(id);
  if (!intent)
    return [{ kind: "intent.unknown", subject: orderId, detail: `Stripe does not know ${id}`, outcome: "alert" }];
  const findings = new Map<string, Finding>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const payment = await findPayment(deps.sql, orderId);
    // What has just happened is on its way here by webhook.
    if (isUnderWay(payment, intent, until)) break;
    const news = compareIntent(payment && toKnown(payment), intent).filter(({ kind }) => !findings.has(kind));
    for (const difference of news)
      findings.set(difference.kind, await resolve(deps, { ...intent, orderId }, difference, dryRun));
    if (dryRun || news.length === 0) break;
  }
  return [...findings.values()];
}

const isUnderWay = (payment: Payment | null, { capture }: ProviderIntent, until: Date): boolean =>
  (capture !== null && payment?.status !== "captured" && capture.at >= until) ||
  (payment !== null && payment.status !== "awaiting" && payment.changedAt >= until);

async function resolve(
  deps: ReconcileIntentsDeps,
  intent: OurIntent,
  { kind, detail, repair }: Difference,
  dryRun: boolean,
): Promise<Finding> {
  const finding = { kind, subject: intent.orderId, detail };
  if (repair === null) return { ...finding, outcome: "alert" };
  if (dryRun) return { ...finding, outcome: "repairable" };
  try {
    await repairs[repair](deps, intent);
    return { ...finding, outcome: "repaired" };
  } catch (error) {
    if (isUnavailable(error)) throw error;
    return { ...finding, detail: `${detail}; the repair failed: ${nameOf(error)}`, outcome: "alert" };
  }
}

const onPayment = (
  { transact }: ReconcileIntentsDeps,
  orderId: string,
  work: (tx: Sql, payment: Payment) => Promise<void>,
) =>
  transact(async (tx) => {
    const payment = await lockPayment(tx, orderId);
    if (payment) await work(tx, payment);
  });

type Repair = (deps: ReconcileIntentsDeps, intent: OurIntent) => Promise<unknown>;

const recordCaptureOf: Repair = async (deps, { orderId, capture }) => {
  if (capture) await onPayment(deps, orderId, (tx, payment) => recordCapture(tx, payment, capture));
};

/** The very code paths that webhooks and events take. */
const repairs: Record<NonNullable<Difference["repair"]>, Repair> = {
  store_intent: (deps, intent) => keepIntent(deps, intent.orderId, intent),
  record_capture: recordCaptureOf,
  record_cancellation: (deps, { orderId, id }) =>
    onPayment(deps, orderId, async (tx, payment) => {
      if (payment.status === "awaiting") await recordCancellation(tx, payment, id);
    }),
  cancel_intent: async (deps, intent) => {
    const capture = await deps.provider.cancelIntent(intent.id);
    const payment = await findPayment(deps.sql, intent.orderId);
    if (capture && payment?.intent?.id === intent.id) await recordCaptureOf(deps, { ...intent, capture });
  },
};

const toKnown = ({ orderId, intent, status, amountCents, capturedCents, currency }: Payment): KnownPayment => ({
  orderId,
  intentId: intent?.id ?? null,
  status,
  amount: { amount: amountCents, currency },
  captured: { amount: capturedCents, currency },
});
