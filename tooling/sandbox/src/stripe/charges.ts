import { z } from "zod";
import { noSuch } from "./errors.ts";
import { page, paging } from "./list.ts";
import { text } from "./params.ts";
import { type StripeRoute, stripeRoute } from "./route.ts";

export const chargeRoutes: StripeRoute[] = [
  stripeRoute(
    "GET /v1/charges",
    z.strictObject({
      ...paging,
      customer: text.optional(),
      payment_intent: text.optional(),
      transfer_group: text.optional(),
    }),
    (tx, { params }) => {
      const wanted = tx
        .all("charges")
        .filter(({ customer }) => params.customer === undefined || customer === params.customer)
        .filter(({ payment_intent: intent }) => params.payment_intent === undefined || intent === params.payment_intent)
        .filter(({ transfer_group: group }) => params.transfer_group === undefined || group === params.transfer_group);
      return page("/v1/charges", wanted, params);
    },
  ),
  stripeRoute("GET /v1/charges/:id", z.strictObject({}), (tx, { id }) => {
    const charge = tx.get("charges", id);
    if (!charge) throw noSuch("charge", id);
    return charge;
  }),
  stripeRoute("GET /v1/balance_transactions/:id", z.strictObject({}), (tx, { id }) => {
    const balance = tx.get("balance_transactions", id);
    if (!balance) throw noSuch("balance transaction", id);
    return balance;
  }),
];
