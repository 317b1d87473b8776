import type { Stripe } from "stripe";
import { z } from "zod";
import type { Tx } from "../storage/transaction.ts";
import { noSuch } from "./errors.ts";
import { given } from "./given.ts";
import { newId, randomText } from "./ids.ts";
import { page, paging } from "./list.ts";
import { address, email, emptyable, flag, integer, mergeMetadata, metadata, opaque, shipping, text } from "./params.ts";
import { attachPaymentMethod, findPaymentMethod, wholeAddress } from "./payment-methods.ts";
import { type StripeRoute, stripeRoute } from "./route.ts";

const InvoiceSettings = z.strictObject({
  custom_fields: opaque.optional(),
  default_payment_method: emptyable(text).optional(),
  footer: z.string().optional(),
  rendering_options: opaque.optional(),
});
const shared = {
  address: emptyable(address).optional(),
  balance: integer.optional(),
  business_name: emptyable(text).optional(),
  description: emptyable(text).optional(),
  email: emptyable(email).optional(),
  individual_name: emptyable(text).optional(),
  invoice_prefix: text.optional(),
  invoice_settings: InvoiceSettings.optional(),
  metadata: metadata.optional(),
  name: emptyable(text).optional(),
  next_invoice_sequence: integer.optional(),
  phone: emptyable(text).optional(),
  preferred_locales: z.array(z.string()).optional(),
  shipping: emptyable(shipping).optional(),
  tax_exempt: z.enum(["none", "exempt", "reverse"]).optional(),
  validate: flag.optional(),
};
const CustomerCreate = z.strictObject({ ...shared, payment_method: text.optional() });
const CustomerUpdate = z.strictObject({ ...shared, default_source: text.optional() });
type Changes = z.infer<typeof CustomerUpdate>;

/** The customer of this id, not deleted; throws resource_missing. */
export function findCustomer(tx: Tx, id: string, param = "id"): Stripe.Customer {
  const found = tx.get("customers", id);
  if (!found || found.deleted) throw noSuch("customer", id, param);
  return found;
}

export const customerRoutes: StripeRoute[] = [
  stripeRoute("POST /v1/customers", CustomerCreate, (tx, { params: { payment_method, ...params } }) => {
    const customer = tx.put("customers", applyChanges(newCustomer(tx), params));
    if (payment_method !== undefined) attachPaymentMethod(tx, findPaymentMethod(tx, payment_method), customer.id);
    tx.emit("customer.created", customer);
    return customer;
  }),
  stripeRoute("GET /v1/customers", z.strictObject({ ...paging, email: text.optional() }), (tx, { params }) => {
    const customers = tx.all("customers").filter((each): each is Stripe.Customer => !each.deleted);
    return page(
      "/v1/customers",
      customers.filter((each) => params.email === undefined || each.email === params.email),
      params,
    );
  }),
  stripeRoute("GET /v1/customers/:id", z.strictObject({}), (tx, { id }) => {
    const customer = tx.get("customers", id);
    if (!customer) throw noSuch("customer", id);
    return customer;
  }),
  stripeRoute("POST /v1/customers/:id", CustomerUpdate, (tx, { id, params }) => {
    const before = findCustomer(tx, id);
    const customer = tx.put("customers", applyChanges(before, params));
    tx.emit("customer.updated", customer, previous(before, customer));
    return customer;
  }),
  stripeRoute("DELETE /v1/customers/:id", z.strictObject({}), (tx, { id }) => {
    const customer = findCustomer(tx, id);
    for (const method of tx.all("payment_methods").filter((each) => each.customer === id)) {
      tx.put("payment_methods", { ...method, customer: null });
    }
    tx.emit("customer.deleted", customer);
    return tx.put("customers", { id, object: "customer", deleted: true });
  }),
];

function newCustomer(tx: Tx): Stripe.Customer {
  return {
    id: newId("cus"),
    object: "customer",
    address: null,
    balance: 0,
    created: tx.now,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
}

function applyChanges(customer: Stripe.Customer, { validate: _validate, ...changes }: Changes): Stripe.Customer {
  const { address: newAddress, shipping: newShipping, invoice_settings, metadata: newMetadata, ...plain } = changes;
  return {
    ...customer,
    ...given(plain),
    ...(newAddress !== undefined && { address: newAddress && wholeAddress(newAddress) }),
    ...(newShipping !== undefined && { shipping: newShipping && wholeShipping(newShipping) }),
    invoice_settings: { ...customer.invoice_settings, ...given(invoice_settings ?? {}) },
    metadata: mergeMetadata(customer.metadata, newMetadata),
  } as Stripe.Customer;
}

function wholeShipping({ address: where, name, phone }: z.infer<typeof shipping>): Stripe.Customer.Shipping {
  return { address: wholeAddress(where), name, phone: phone ?? null } as Stripe.Customer.Shipping;
}

function previous(before: object, after: object): Record<string, unknown> {
  const now = after as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(before).filter(([key, was]) => JSON.stringify(was) !== JSON.stringify(now[key])),
  );
}
