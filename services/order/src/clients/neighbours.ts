import { CallFailed } from "@tradepost/api-client/call-error";
import type { Client } from "@tradepost/api-client/client";
import { resolveCart } from "@tradepost/contracts/cart";
import type { Locale } from "@tradepost/contracts/market";
import type { Currency, Money } from "@tradepost/contracts/money";
import { createPayment, getPayment, listPayments, type PaymentHandle } from "@tradepost/contracts/payment";
import { holdStock, lookUpVariants, StockShortage, type VariantDetails } from "@tradepost/contracts/product";
import type { CallInput, RouteOutput } from "@tradepost/contracts/route";
import { getContact } from "@tradepost/contracts/user";
import { z } from "zod";
import { type Order, stockLinesOf } from "../domain/order.ts";
import type { ResolvedCart } from "../use-cases/create-quote.ts";
import { placingLimitsMs, readLimitMs } from "./time-limits.ts";

/** What the order service asks its neighbours. Every call may be repeated: reads, or writes keyed by the order's id. */
export function createNeighbours(clients: { cart: Client; product: Client; payment: Client; user: Client }) {
  /** How an order's payment stands; null when it has none. */
  const findPayment = (orderId: string): Promise<RouteOutput<typeof getPayment> | null> =>
    clients.payment(getPayment, { params: { orderId } }, { timeoutMs: readLimitMs }).catch(whenStatus(404, () => null));
  return {
    resolveCart: (caller: { userId: string | null; guestCartId: string | undefined }): Promise<ResolvedCart | null> =>
      clients
        .cart(resolveCart, {
          body: {
            ...(caller.userId === null ? {} : { userId: caller.userId }),
            ...(caller.guestCartId === undefined ? {} : { guestCartId: caller.guestCartId }),
          },
        })
        .catch(whenStatus(404, () => null)),

    lookUpVariants: async (skus: string[], market: { currency: Currency; locale: Locale }): Promise<VariantDetails[]> =>
      (await clients.product(lookUpVariants, { body: { skus, ...market } })).items,

    holdStock: async (order: Order): Promise<StockShortage[] | null> => {
      const until = order.payBy.toISOString();
      const call = { params: { orderId: order.id }, body: { lines: stockLinesOf(order), until } };
      return clients.product(holdStock, call, { timeoutMs: placingLimitsMs.holdStock }).then(
        () => null,
        whenStatus(409, ({ problem }) => z.array(StockShortage).parse(problem.lines)),
      );
    },

    createPayment: (order: Order): Promise<PaymentHandle | null> =>
      clients
        .payment(createPayment, {
          params: { orderId: order.id },
          body: { orderNumber: order.number, amount: { amount: order.totalCents, currency: order.currency } },
        })
        .catch(whenStatus(409, () => null)),

    /** What was paid for an order; null when nothing was (yet). */
    findCapture: async (orderId: string): Promise<Money | null> => {
      const payment = await findPayment(orderId);
      return payment?.status === "captured" ? payment.captured : null;
    },

    findPayment,

    listPayments: (query: CallInput<typeof listPayments>["query"]): Promise<RouteOutput<typeof listPayments>> =>
      clients.payment(listPayments, { query }),

    findEmail: async (userId: string): Promise<string> =>
      (await clients.user(getContact, { params: { userId } })).email,
  };
}

/** Turns a refusal with this status into an answer; every other failure stays one. */
const whenStatus =
  <T>(status: number, answer: (failure: CallFailed) => T) =>
  (error: unknown): T => {
    if (error instanceof CallFailed && error.status === status) return answer(error);
    throw error;
  };
