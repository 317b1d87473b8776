import { useQueryClient } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { cancelOrder, getOrderPayment, placeOrder, type Quote } from "@tradepost/contracts/order";
import { type RefObject, useReducer, useRef } from "react";
import { useNavigate } from "react-router";
import { call } from "../../app/api.ts";
import { useMarket } from "../../app/market.tsx";
import { inThisTab, readStored, writeStored } from "../../app/stored.ts";
import { CART_KEY } from "../cart/cart-query.ts";
import { confirmationPath, orderPath, orderToken, rememberOrder, tokenHeader } from "../orders/order-access.ts";
import { attemptKey, forgetAttempt } from "./attempt-key.ts";
import { type CheckoutDraft, keepDraft, toPlaceOrder } from "./checkout-draft.ts";
import { type CheckoutStage, nextStage, type Placed } from "./checkout-stage.ts";
import { orderTrouble } from "./order-trouble.ts";
import type { PaymentForm } from "./payment/payment-form.ts";
import { QUOTE_KEY } from "./quote-query.ts";

const PENDING_KEY = "tradepost.pending-order";

/** The order this tab has placed and not yet paid, so that a reload goes on with it. */
export const pendingOrder = (): string | undefined => readStored<string>(inThisTab, PENDING_KEY);

export function forgetCheckout(): void {
  writeStored(inThisTab, PENDING_KEY, undefined);
  forgetAttempt(inThisTab);
  keepDraft(undefined);
}

/** Runs a checkout: places the order once, pays it (again after a declined card), or gives it up to change it. */
export function useCheckout(form: RefObject<PaymentForm | null>, start: CheckoutStage = { name: "editing" }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { currency } = useMarket();
  const [stage, dispatch] = useReducer(nextStage, start);
  const busy = useRef(false);

  /** Only one of place, pay and withdraw runs at a time, however fast the clicks are. */
  const alone = async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    try {
      await work();
    } finally {
      busy.current = false;
    }
  };

  const settle = async (placed: Placed) => {
    if (!form.current) return;
    dispatch({ name: "pay" });
    const returnUrl = `${location.origin}/checkout/return?order=${placed.order.id}`;
    const outcome = await form.current.confirm(placed.payment, returnUrl);
    if (outcome.kind === "declined") {
      if (await isStillPayable(placed.order.id)) return dispatch({ name: "failed", trouble: outcome });
      // Paid in another tab meanwhile, or its time to pay has run out: the order's own page tells which.
      forgetCheckout();
      return navigate(orderPath(placed.order.id, orderToken(placed.order.id, "")), { replace: true });
    }
    if (outcome.kind === "redirect") {
      dispatch({ name: "redirect" });
      location.assign(outcome.url);
      return;
    }
    dispatch({ name: "paid" });
    forgetCheckout();
    await client.invalidateQueries({ queryKey: CART_KEY });
    navigate(confirmationPath(placed.order.id, orderToken(placed.order.id, "")), { replace: true });
  };

  const place = (draft: CheckoutDraft, quote: Quote, signedIn: boolean) =>
    alone(async () => {
      const body = toPlaceOrder(draft, quote, signedIn);
      const lines = quote.lines.map(({ sku, quantity }) => [sku, quantity]);
      const idempotencyKey = attemptKey(inThisTab, { body, lines });
      dispatch({ name: "place" });
      try {
        const placed = await call(placeOrder, { body, idempotencyKey }, { timeoutMs: 30_000 });
        const { id, number } = placed.order;
        if (placed.orderToken) rememberOrder({ id, number, token: placed.orderToken });
        writeStored(inThisTab, PENDING_KEY, id);
        dispatch({ name: "placed", placed });
        await settle(placed);
      } catch (error) {
        if (error instanceof CallFailed && isFinal(error)) {
          forgetAttempt(inThisTab);
        }
        dispatch({ name: "refused", trouble: orderTrouble(error, quote.total) });
        // Not awaited: a click that comes meanwhile must count.
        void client.invalidateQueries({ queryKey: QUOTE_KEY });
        void client.invalidateQueries({ queryKey: CART_KEY });
      }
    });

  const pay = (placed: Placed) => alone(() => settle(placed));

  const withdraw = ({ order }: Placed) =>
    alone(async () => {
      dispatch({ name: "withdraw" });
      try {
        await call(
          cancelOrder,
          { params: { orderId: order.id }, idempotencyKey: `withdraw-${order.id}` },
          { headers: tokenHeader(orderToken(order.id, "")) },
        );
        writeStored(inThisTab, PENDING_KEY, undefined);
        forgetAttempt(inThisTab);
        dispatch({ name: "withdrawn" });
        void client.invalidateQueries({ queryKey: QUOTE_KEY });
      } catch (error) {
        dispatch({ name: "failed", trouble: { kind: "call", error } });
      }
    });

  return { stage, dispatch, place, pay, withdraw, currency };
}

async function isStillPayable(orderId: string): Promise<boolean> {
  try {
    await call(getOrderPayment, { params: { orderId } }, { headers: tokenHeader(orderToken(orderId, "")) });
    return true;
  } catch (error) {
    return !(error instanceof CallFailed && error.problem.code === "order.not_payable");
  }
}

/** Whether the shop has decided on this attempt; else the next try must carry the same key, as an order may be on its way. */
const isFinal = ({ status, problem }: CallFailed): boolean =>
  status < 500 && ![401, 403, 429].includes(status) && problem.code !== "idempotency.in_progress";
