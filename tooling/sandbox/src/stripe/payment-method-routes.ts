import { z } from "zod";
import { findCustomer } from "./customers.ts";
import { invalidRequest, StripeApiError } from "./errors.ts";
import { page, paging } from "./list.ts";
import { text } from "./params.ts";
import {
  attachPaymentMethod,
  createPaymentMethod,
  findPaymentMethod,
  markCardSpent,
  PaymentMethodData,
  PaymentMethodUpdate,
  updatePaymentMethod,
} from "./payment-methods.ts";
import { type StripeRoute, stripeRoute } from "./route.ts";

const none = z.strictObject({});
const type = z.enum(["card"]).optional();

export const paymentMethodRoutes: StripeRoute[] = [
  stripeRoute(
    "POST /v1/payment_methods",
    PaymentMethodData,
    (tx, { params, publishable }) => createPaymentMethod(tx, params, publishable),
    "any",
  ),
  stripeRoute(
    "GET /v1/payment_methods",
    z.strictObject({ ...paging, customer: text.optional(), type }),
    (tx, { params }) => page("/v1/payment_methods", attachedTo(tx.all("payment_methods"), params.customer), params),
  ),
  stripeRoute("GET /v1/payment_methods/:id", none, (tx, { id }) => findPaymentMethod(tx, id)),
  stripeRoute("POST /v1/payment_methods/:id", PaymentMethodUpdate, (tx, { id, params }) =>
    updatePaymentMethod(tx, findPaymentMethod(tx, id), params),
  ),
  stripeRoute("POST /v1/payment_methods/:id/attach", z.strictObject({ customer: text }), (tx, { id, params }) => {
    const customer = findCustomer(tx, params.customer, "customer");
    const method = findPaymentMethod(tx, id);
    const behaviour = tx.get("cards", method.id)?.behaviour;
    if (behaviour?.decline && !behaviour.attachable) throw declinedAtAttach(behaviour.decline);
    return attachPaymentMethod(tx, method, customer.id);
  }),
  stripeRoute("POST /v1/payment_methods/:id/detach", none, (tx, { id }) => {
    const method = findPaymentMethod(tx, id);
    if (method.customer === null) {
      throw invalidRequest(
        "The payment method you provided is not attached to a customer so detachment is impossible.",
      );
    }
    markCardSpent(tx, method.id);
    const detached = tx.put("payment_methods", { ...method, customer: null });
    tx.emit("payment_method.detached", detached, { customer: method.customer });
    return detached;
  }),
  stripeRoute("GET /v1/customers/:id/payment_methods", z.strictObject({ ...paging, type }), (tx, { id, params }) => {
    const customer = findCustomer(tx, id);
    return page(`/v1/customers/${id}/payment_methods`, attachedTo(tx.all("payment_methods"), customer.id), params);
  }),
];

function attachedTo<T extends { customer: unknown }>(methods: T[], customer: string | undefined): T[] {
  return methods.filter((method) => (customer === undefined ? method.customer !== null : method.customer === customer));
}

function declinedAtAttach({ code, declineCode, message }: { code: string; declineCode: string; message: string }) {
  return new StripeApiError(402, { type: "card_error", code, decline_code: declineCode, message });
}
