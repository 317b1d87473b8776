import { Address } from "@tradepost/contracts/address";
import { PlaceOrder } from "@tradepost/contracts/order";
import { expect, it } from "vitest";
import {
  addressErrors,
  emailError,
  emptyAddress,
  isUntouched,
  likelyCountry,
  toAddress,
  toDraft,
} from "../src/features/checkout/address-draft.ts";
import { type CheckoutDraft, draftErrors, toPlaceOrder } from "../src/features/checkout/checkout-draft.ts";

const complete = {
  ...emptyAddress("DE"),
  name: " Grace Hopper ",
  line1: "Hauptstraße 1",
  postalCode: "10115",
  city: "Berlin",
};

it("asks for what an address needs, and for a region where there are states", () => {
  expect(addressErrors(emptyAddress("DE"))).toEqual({
    name: "required",
    line1: "required",
    postalCode: "required",
    city: "required",
  });
  expect(addressErrors({ ...complete, country: "US" })).toEqual({ region: "required" });
  expect(addressErrors({ ...complete, city: "x".repeat(121) })).toEqual({ city: "tooLong" });
  expect(addressErrors({ ...complete, phone: "030 123" })).toEqual({ phone: "phone" });
});

it("is untouched until anything is typed, whatever country is chosen", () => {
  expect(isUntouched(emptyAddress("NZ"))).toBe(true);
  for (const field of ["name", "postalCode", "city", "phone"] as const)
    expect(isUntouched({ ...emptyAddress("DE"), [field]: "1" })).toBe(false);
});

it("makes an address the contract takes, with the phone number as E.164", () => {
  const address = toAddress({ ...complete, phone: "0049 (30) 123-456", line2: "  " });
  expect(address).toEqual({
    name: "Grace Hopper",
    line1: "Hauptstraße 1",
    postalCode: "10115",
    city: "Berlin",
    country: "DE",
    phone: "+4930123456",
  });
  expect(Address.safeParse(address).success).toBe(true);
  expect(toAddress(toDraft(address))).toEqual(address);
});

it("tells an e-mail address from a slip of the finger", () => {
  expect(emailError("")).toBe("required");
  for (const wrong of ["ada", "ada@", "ada@example", "ada@example..com", "a b@example.com"])
    expect(emailError(wrong)).toBe("email");
  expect(emailError(" ada@example.co.uk ")).toBeUndefined();
});

it("chooses the country of the browser's languages where the shop ships there", () => {
  expect(likelyCountry(["fr", "fr-BE"])).toBe("BE");
  expect(likelyCountry(["pt-BR"])).toBe("DE");
});

it("makes an order the contract takes: a guest's with an e-mail address, a shopper's without", () => {
  const draft: CheckoutDraft = {
    email: " ada@example.com ",
    shipping: complete,
    billingIsShipping: true,
    billing: emptyAddress("DE"),
    smsUpdates: false,
    shippingOptionId: null,
    promotionCodes: [],
  };
  const seen = { total: { amount: 1290, currency: "EUR" }, shippingOptionId: "standard" } as const;
  expect(draftErrors(draft, false)).toEqual({});
  const guest = toPlaceOrder(draft, seen, false);
  expect(PlaceOrder.parse(guest)).toEqual(guest);
  expect(guest.email).toBe("ada@example.com");
  expect(toPlaceOrder(draft, seen, true)).not.toHaveProperty("email");
  const texted = { ...draft, smsUpdates: true };
  expect(draftErrors({ ...texted, shipping: { ...complete, phone: "" } }, false)).toEqual({
    "shipping.phone": "required",
  });
  const withPhone = { ...texted, shipping: { ...complete, phone: "+49 30 123456" } };
  expect(PlaceOrder.parse(toPlaceOrder(withPhone, seen, false)).smsUpdates).toBe(true);
  expect(draftErrors({ ...draft, billingIsShipping: false, email: "" }, true)).toHaveProperty(
    "billing.name",
    "required",
  );
});
