import type { Money } from "@tradepost/contracts/money";
import type { PaymentHandle } from "@tradepost/contracts/payment";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { PaymentProvider } from "../clients/stripe.ts";
import { openPayment, type Payment, storeIntent } from "../storage/payment-repository.ts";
import type { TokenVault } from "../storage/token-vault.ts";

export interface CreatePaymentDeps {
  sql: Sql;
  transact: Transact;
  provider: Pick<PaymentProvider, "createIntent" | "cancelIntent">;
  vault: TokenVault;
  publishableKey: string;
}

/**
 * The payment of an order, made once however often it is asked for: the row is ours, the intent is Stripe's under an
 * idempotency key made of the order's id. Throws 409 `order.not_payable` once the order is over, and 409
 * `payment.amount_differs` when it is asked for with another amount.
 */
export const createPayment =
  (deps: CreatePaymentDeps) =>
  async (orderId: string, request: { orderNumber: string; amount: Money }): Promise<PaymentHandle> => {
    const { amount, currency } = request.amount;
    const payment = await deps.transact((tx) =>
      openPayment(tx, { orderId, orderNumber: request.orderNumber, amountCents: amount, currency }),
    );
    if (!payment || payment.status === "cancelled") throw notPayable();
    if (payment.amountCents !== amount || payment.currency !== currency)
      throw new AppError(409, "payment.amount_differs", "The order's payment is for another amount");
    if (payment.intent) return toHandle(deps, payment);
    return toHandle(deps, await makeIntent(deps, payment));
  };

async function makeIntent({ sql, provider, vault }: CreatePaymentDeps, payment: Payment): Promise<Payment> {
  const intent = await provider.createIntent(payment);
  const clientSecret = vault.seal(intent.clientSecret, payment.orderId);
  const stored = await storeIntent(sql, payment.orderId, { id: intent.id, clientSecret });
  if (stored.status !== "cancelled") return stored;
  // The order ended while Stripe was answering, so whoever ended it could not cancel this intent.
  await provider.cancelIntent(intent.id);
  throw notPayable();
}

export function toHandle(
  { vault, publishableKey }: Pick<CreatePaymentDeps, "vault" | "publishableKey">,
  { orderId, intent }: Payment,
): PaymentHandle {
  if (!intent) throw new Error(`the payment of order ${orderId} has no intent yet`);
  return { id: intent.id, clientSecret: vault.open(intent.clientSecret, orderId), publishableKey };
}

const notPayable = () => new AppError(409, "order.not_payable", "This order can no longer be paid");
