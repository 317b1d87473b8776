import type { Money } from "@tradepost/contracts/money";
import type { PaymentHandle } from "@tradepost/contracts/payment";
import type { Vault } from "@tradepost/key-ring/vault";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { PaymentProvider } from "../clients/stripe.ts";
import { isAmountRefused, isStoredFailure } from "../clients/stripe-errors.ts";
import type { ProviderIntent } from "../domain/provider-event.ts";
import { noteNextAttempt, openPayment, type Payment, storeIntent } from "../storage/payment-repository.ts";

export interface CreatePaymentDeps {
  sql: Sql;
  transact: Transact;
  provider: Pick<PaymentProvider, "createIntent" | "findIntentOf" | "cancelIntent">;
  vault: Vault;
  publishableKey: string;
}

/** An attempt that failed later than this leaves no time for another: whoever asks again goes on. */
const LAST_START_MS = 2_000;
/** Stripe's clock may be behind ours by so much. */
const CLOCK_DIFFERENCE_MS = 60_000;

/**
 * The payment of an order, made once however often it is asked for: the row is ours, the intent is Stripe's under an
 * idempotency key made of the order's id. Throws 409 `order.not_payable` once the order is over,
 * `payment.amount_differs` when it is asked for with another amount, and `payment.amount_refused` when Stripe takes none
 * of that amount.
 */
export const createPayment =
  (deps: CreatePaymentDeps) =>
  async (orderId: string, request: { orderNumber: string; amount: Money }): Promise<PaymentHandle> => {
    const { amount, currency } = request.amount;
    if (amount === 0) throw amountRefused();
    const payment = await deps.transact((tx) =>
      openPayment(tx, { orderId, orderNumber: request.orderNumber, amountCents: amount, currency }),
    );
    if (!payment || payment.status === "cancelled") throw notPayable();
    if (payment.amountCents !== amount || payment.currency !== currency)
      throw new AppError(409, "payment.amount_differs", "The order's payment is for another amount");
    if (payment.intent) return toHandle(deps, payment);
    const stored = await keepIntent(deps, payment.orderId, await makeIntent(deps, payment));
    if (stored.status === "cancelled") throw notPayable();
    return toHandle(deps, stored);
  };

/**
 * Asks Stripe for the intent. A failure that Stripe stored under the attempt's key would be repeated for a day, so
 * another attempt follows under a key of its own, after looking whether the failed one made an intent nevertheless.
 */
async function makeIntent({ sql, provider }: CreatePaymentDeps, payment: Payment): Promise<ProviderIntent> {
  const startedAt = performance.now();
  const attempt = (number: number) => attemptIntent(provider, payment, number);
  try {
    return await attempt(payment.intentAttempt);
  } catch (error) {
    if (isAmountRefused(error)) throw amountRefused();
    if (!isStoredFailure(error)) throw error;
    const next = await noteNextAttempt(sql, payment.orderId, payment.intentAttempt);
    if (performance.now() - startedAt > LAST_START_MS) throw error;
    return await attempt(next);
  }
}

async function attemptIntent(
  provider: CreatePaymentDeps["provider"],
  payment: Payment,
  attempt: number,
): Promise<ProviderIntent> {
  const since = new Date(payment.createdAt.getTime() - CLOCK_DIFFERENCE_MS);
  const made = attempt > 1 ? await provider.findIntentOf(payment.orderId, since) : null;
  return made ?? (await provider.createIntent({ ...payment, attempt }));
}

/** Notes an order's intent. One that nobody may pay is cancelled: the order is over, or it has another one. */
export async function keepIntent(
  {
    sql,
    provider,
    vault,
  }: Pick<CreatePaymentDeps, "sql" | "vault"> & { provider: Pick<PaymentProvider, "cancelIntent"> },
  orderId: string,
  intent: ProviderIntent,
): Promise<Payment> {
  const clientSecret = vault.seal(Buffer.from(intent.clientSecret), orderId);
  const stored = await storeIntent(sql, orderId, { id: intent.id, clientSecret });
  // Whoever ended the order while Stripe was answering could not cancel this intent.
  if (stored.status === "cancelled" || stored.intent?.id !== intent.id) await provider.cancelIntent(intent.id);
  return stored;
}

export async function toHandle(
  { vault, publishableKey }: Pick<CreatePaymentDeps, "vault" | "publishableKey">,
  { orderId, intent }: Payment,
): Promise<PaymentHandle> {
  if (!intent) throw new Error(`the payment of order ${orderId} has no intent yet`);
  const clientSecret = (await vault.open(intent.clientSecret, orderId)).toString();
  return { id: intent.id, clientSecret, publishableKey };
}

const amountRefused = () =>
  new AppError(409, "payment.amount_refused", "The payment provider takes no payment of this amount");
const notPayable = () => new AppError(409, "order.not_payable", "This order can no longer be paid");
