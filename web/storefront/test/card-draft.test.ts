import { expect, it } from "vitest";
import { groupDigits, passesLuhn, readCard, spellExpiry } from "../src/features/checkout/payment/card-draft.ts";

const today = new Date(2026, 10, 24);

it("spells a card as people do", () => {
  expect(groupDigits("4242x4242 42424242")).toBe("4242 4242 4242 4242");
  expect(spellExpiry("1")).toBe("1");
  expect(spellExpiry("12/")).toBe("12/");
  expect(spellExpiry("1234")).toBe("12/34");
});

it("reads a card that can be right", () => {
  expect(readCard({ number: "4242 4242 4242 4242", expiry: "11/26", cvc: "123" }, today)).toEqual({
    card: { number: "4242424242424242", expMonth: 11, expYear: 2026, cvc: "123" },
  });
});

it("says what is wrong with each field", () => {
  expect(readCard({ number: "4242 4242 4242 4241", expiry: "10/26", cvc: "12" }, today)).toEqual({
    errors: { number: "numberInvalid", expiry: "expiryInvalid", cvc: "cvcInvalid" },
  });
  expect(readCard({ number: "", expiry: "13/30", cvc: "123" }, today)).toHaveProperty("errors.expiry");
});

it("checks the check digit (ISO/IEC 7812-1)", () => {
  expect(passesLuhn("79927398713")).toBe(true);
  expect(passesLuhn("79927398710")).toBe(false);
});
