import type { Order as OrderView, PlacedOrder, PlaceOrder } from "@tradepost/contracts/order";
import type { PaymentHandle } from "@tradepost/contracts/payment";
import { AppError, invalidRequest } from "@tradepost/service-runtime/app-error";
import { type Caller, callerKey, orderTokenOf } from "../domain/caller.ts";
import { newOrder, type Order } from "../domain/order.ts";
import { findOrder, insertOrder } from "../storage/order-repository.ts";
import { answerOnce } from "./answer-once.ts";
import { type CreateQuoteDeps, createQuote } from "./create-quote.ts";
import { type FinishPlacingDeps, finishPlacing, notPayable } from "./finish-placing.ts";
import { toOrderView } from "./get-order.ts";

export interface PlaceOrderDeps extends CreateQuoteDeps, FinishPlacingDeps {
  /** The address confirmations go to when a shopper gives none. */
  findEmail: (userId: string) => Promise<string>;
  orderTokenKey: string;
  payWithinMs: number;
}

/** Stripe refuses less: 0.50 in each of the shop's currencies. */
const MINIMUM_TOTAL = 50;

/**
 * A purchase up to its payment. What follows is told by events: record-capture.ts confirms the order when the money
 * is there, cancel-order.ts and expire-order.ts end it when the shopper gives up or time runs out.
 */
export const placeOrder = (deps: PlaceOrderDeps) => {
  const once = answerOnce(deps);
  const finish = finishPlacing(deps);

  return async (caller: Caller, idempotencyKey: string, command: PlaceOrder): Promise<PlacedOrder> => {
    let payment: PaymentHandle | null = null;
    // 1. Claim the key: whoever repeats the request is given the first answer.
    const keyed = { caller: callerKey(caller), key: idempotencyKey, request: command };
    const order = await once(keyed, async (orderId, isNew) => {
      // 2. and 3. Price the cart afresh and store the order; from here on it is resumable.
      const begun = isNew ? null : await findOrder(deps.sql, orderId);
      const started = begun ?? (await startOrder(deps, orderId, caller, command));
      // 4. and 5. Reserve the stock, create the payment.
      const outcome = await finish(started).catch(keepRefusal);
      if (outcome.kind === "refused") return outcome;
      payment = outcome.answer.payment;
      return { kind: "done", answer: toOrderView(outcome.answer.order, []) };
    });
    // What lets its holder pay is not kept with the answer: a repeat asks for it anew.
    return answer(deps, caller, order, payment ?? (await paymentOf(deps, order.id)));
  };
};

/** Once there is an order, the key is its own for ever: were it freed, a repeat would place a second one. */
function keepRefusal(error: unknown): { kind: "refused"; error: AppError } {
  if (error instanceof AppError && error.status < 500) return { kind: "refused", error };
  throw error;
}

async function paymentOf({ sql, createPayment }: PlaceOrderDeps, orderId: string): Promise<PaymentHandle> {
  const order = await findOrder(sql, orderId);
  const payment = order && (await createPayment(order));
  if (!payment) throw notPayable();
  return payment;
}

async function startOrder(deps: PlaceOrderDeps, id: string, caller: Caller, command: PlaceOrder): Promise<Order> {
  const email = await emailFor(deps, caller, command);
  const { quote, cartId } = await createQuote(deps)(caller, {
    currency: command.expectedTotal.currency,
    country: command.shippingAddress.country,
    shippingOptionId: command.shippingOptionId,
    promotionCodes: command.promotionCodes,
  });
  if (quote.total.amount !== command.expectedTotal.amount)
    throw new AppError(409, "quote.changed", "The total has changed since it was shown", { extra: { quote } });
  if (quote.total.amount < MINIMUM_TOTAL)
    throw new AppError(422, "order.total_too_small", "The total is too small to be paid by card");
  const order = newOrder({
    id,
    userId: caller.userId,
    cartId,
    email,
    locale: caller.locale,
    shippingAddress: command.shippingAddress,
    billingAddress: command.billingAddress ?? command.shippingAddress,
    quote,
    smsUpdates: command.smsUpdates ?? false,
    now: deps.now(),
    payWithinMs: deps.payWithinMs,
  });
  const inserted = await insertOrder(deps.sql, order);
  return inserted ? order : ((await findOrder(deps.sql, id)) ?? order);
}

async function emailFor({ findEmail }: PlaceOrderDeps, { userId }: Caller, { email }: PlaceOrder): Promise<string> {
  if (email !== undefined) return email;
  if (userId !== null) return findEmail(userId);
  throw invalidRequest([{ path: "body.email", message: "is required for guests" }]);
}

/** Guests are given the token by which they see their order. */
const answer = (
  { orderTokenKey }: PlaceOrderDeps,
  { userId }: Caller,
  order: OrderView,
  payment: PaymentHandle,
): PlacedOrder =>
  userId === null ? { order, payment, orderToken: orderTokenOf(order.id, orderTokenKey) } : { order, payment };
