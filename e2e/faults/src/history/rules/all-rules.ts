import type { Rule } from "../rule.ts";
import { boughtLeftCart } from "./cart-rules.ts";
import { answerTrue, chargedAsShown, equalAnswers, toldTrue } from "./client-rules.ts";
import { eventAppliedOnce, eventOnce, eventPublished, queuesEmpty, webhookGenuine } from "./event-rules.ts";
import { messageKnown, messageOnce, messageSent, oneConfirmation } from "./message-rules.ts";
import {
  capturesMinusRefunds,
  captureWanted,
  oneCapture,
  overUnpayable,
  paymentRow,
  refundOnce,
  refundSettled,
} from "./money-rules.ts";
import { keyFinished, legalPath, oneOrderPerKey, withinDeadline } from "./order-rules.ts";
import { holdsOfOpenOrders, notOversold, reservationSettled, stockSold, stockSums } from "./stock-rules.ts";

/** Every promise by the name that violations carry. */
export const RULES = {
  "stock-sums": stockSums,
  "stock-sold": stockSold,
  "not-oversold": notOversold,
  "holds-of-open-orders": holdsOfOpenOrders,
  "reservation-settled": reservationSettled,
  "one-capture": oneCapture,
  "capture-wanted": captureWanted,
  "captures-minus-refunds": capturesMinusRefunds,
  "payment-row": paymentRow,
  "refund-settled": refundSettled,
  "refund-once": refundOnce,
  "over-unpayable": overUnpayable,
  "event-published": eventPublished,
  "event-once": eventOnce,
  "event-applied-once": eventAppliedOnce,
  "queues-empty": queuesEmpty,
  "webhook-genuine": webhookGenuine,
  "message-once": messageOnce,
  "message-sent": messageSent,
  "message-known": messageKnown,
  "one-confirmation": oneConfirmation,
  "within-deadline": withinDeadline,
  "legal-path": legalPath,
  "one-order-per-key": oneOrderPerKey,
  "key-finished": keyFinished,
  "equal-answers": equalAnswers,
  "answer-true": answerTrue,
  "told-true": toldTrue,
  "charged-as-shown": chargedAsShown,
  "bought-left-cart": boughtLeftCart,
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;
