import type { PaymentHandle } from "@tradepost/contracts/payment";
import type { StockShortage } from "@tradepost/contracts/product";
import type { Sql, Transact } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { Order } from "../domain/order.ts";
import { isOver } from "../domain/order-status.ts";
import { findOrder, lockOrder, moveOrder, moveOrderUnlocked, noteShortages } from "../storage/order-repository.ts";
import type { Outcome } from "./answer-once.ts";
import { endOrder } from "./cancel-order.ts";
import { stockInsufficient } from "./create-quote.ts";

export interface FinishPlacingDeps {
  sql: Sql;
  transact: Transact;
  /** Holds all lines or none, once per order; resolves to what ran short, or to null when all is held. */
  holdStock: (order: Order) => Promise<StockShortage[] | null>;
  /** The order's payment, created once; null when the order is over for the payment service. */
  createPayment: (order: Order) => Promise<PaymentHandle | null>;
  now: () => Date;
}

/**
 * Steps 4 and 5 of a purchase, from wherever an order stands: reserve its stock, create its payment, await payment.
 * Every step may be repeated, so a sweeper can run it for an order whose request died.
 */
export const finishPlacing =
  (deps: FinishPlacingDeps) =>
  async (order: Order): Promise<Outcome<{ order: Order; payment: PaymentHandle }>> => {
    if (isOver(order.status)) return refusal(order);
    if (order.status === "placing") {
      const shortages = await deps.holdStock(order);
      if (shortages) return refusal(await reject(deps, order, shortages));
    }
    const payment = await deps.createPayment(order);
    if (!payment) return refusal(await endUnpayable(deps, order));
    const current = await awaitPayment(deps, order);
    return isOver(current.status) ? refusal(current) : { kind: "done", answer: { order: current, payment } };
  };

const reject = ({ transact, now }: FinishPlacingDeps, { id }: Order, shortages: StockShortage[]): Promise<Order> =>
  transact(async (tx) => {
    const order = await mustLock(tx, id);
    if (order.status !== "placing") return order;
    await noteShortages(tx, id, shortages);
    return { ...(await moveOrder(tx, order, { to: "rejected", reason: "stock" }, now())), shortages };
  });

async function awaitPayment({ sql, now }: FinishPlacingDeps, order: Order): Promise<Order> {
  const move = { to: "awaiting_payment", reason: "stock held, payment created" } as const;
  const moved = order.status === "placing" ? await moveOrderUnlocked(sql, order, move, now()) : null;
  return moved ?? mustExist(await findOrder(sql, order.id), order.id);
}

/** The payment service will never take money for this order, so that its stock need not be held any longer. */
const endUnpayable = ({ transact, now }: FinishPlacingDeps, { id }: Order): Promise<Order> =>
  transact(async (tx) => {
    const order = await mustLock(tx, id);
    if (order.status !== "placing") return order;
    await endOrder(tx, order, "payment_cancelled", now());
    return { ...order, status: "cancelled" };
  });

const mustLock = async (tx: Sql, id: string): Promise<Order> => mustExist(await lockOrder(tx, id), id);

function mustExist(order: Order | null, id: string): Order {
  if (!order) throw new Error(`order ${id} is missing`);
  return order;
}

function refusal(order: Order): { kind: "refused"; error: AppError } {
  return {
    kind: "refused",
    error: order.status === "rejected" ? stockInsufficient(order.shortages ?? []) : notPayable(),
  };
}

export const notPayable = () => new AppError(409, "order.not_payable", "This order can no longer be paid");
