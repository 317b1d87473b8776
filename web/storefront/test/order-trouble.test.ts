import { CallFailed, CallUnreachable } from "@tradepost/api-client/call-error";
import { expect, it } from "vitest";
import { orderTrouble } from "../src/features/checkout/order-trouble.ts";

const eur = (amount: number) => ({ amount, currency: "EUR" }) as const;
const refused = (status: number, code: string, more: object = {}) =>
  orderTrouble(
    new CallFailed({ type: "about:blank", title: "No", status, code, requestId: "r1", ...more }, status),
    eur(100),
  );

it("names what is left of each line that is short", () => {
  const lines = [{ sku: "MUG-BLUE", requested: 3, available: 1 }];
  expect(refused(409, "stock.insufficient", { lines })).toEqual({ kind: "stock", shortages: lines });
});

it("shows the total seen and the new one", () => {
  const quote = {
    lines: [],
    subtotal: eur(110),
    discounts: [],
    shippingOptions: [],
    shippingOptionId: "standard",
    shipping: eur(10),
    freeShipping: null,
    tax: eur(19),
    taxIncluded: true,
    total: eur(120),
  };
  expect(refused(409, "quote.changed", { quote })).toEqual({ kind: "quote", before: eur(100), now: eur(120) });
});

it("puts the server's complaints beside the fields they are about", () => {
  const errors = [
    { path: "body.shippingAddress.postalCode", message: "unknown" },
    { path: "/billingAddress/city", message: "too long" },
    { path: "email", message: "no" },
  ];
  expect(refused(400, "request.invalid", { errors })).toEqual({
    kind: "fields",
    errors: { "shipping.postalCode": "refused", "billing.city": "refused", email: "email" },
  });
});

it.each([
  ["cart.expired", 409, { kind: "cart-gone", expired: true }],
  ["cart.empty", 409, { kind: "cart-gone", expired: false }],
  ["session.ended", 401, { kind: "session" }],
  ["promotion.unknown", 422, { kind: "promotion" }],
  ["shipping.unavailable", 422, { kind: "shipping" }],
  ["idempotency.in_progress", 409, { kind: "in-progress" }],
])("knows %s", (code, status, trouble) => {
  expect(refused(status, code)).toEqual(trouble);
});

it("passes on what it does not know, or what is not as the contract says", () => {
  expect(refused(500, "internal").kind).toBe("other");
  expect(refused(409, "stock.insufficient", { lines: "none" }).kind).toBe("other");
  expect(orderTrouble(new CallUnreachable("network", "POST /v1/orders"), eur(1)).kind).toBe("other");
});
