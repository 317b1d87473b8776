import { expect, it } from "vitest";
import { redact } from "../src/redact.ts";

it("keeps every key, and of the values only what says nothing about a person", () => {
  const payload = {
    orderId: "019aa3f2-0c3e-7c11-9d5e-3f7d1c2b4a59",
    paymentId: "pi_3Q9",
    occurredAt: "2026-11-24T09:00:00.000Z",
    total: { amount: 3_800, currency: "EUR" },
    lines: [{ sku: "MUG-RED", quantity: 2, engraving: "For Ada" }],
    email: "ada@example.com",
    address: { name: "Ada Lovelace", line2: null, isCompany: false },
    note: "",
  };
  expect(redact(payload)).toEqual({
    ...payload,
    lines: [{ sku: "MUG-RED", quantity: 2, engraving: "(7 characters)" }],
    email: "(15 characters)",
    address: { name: "(12 characters)", line2: null, isCompany: false },
    note: "(0 characters)",
  });
});

it("takes no text for an id that only begins or ends like one", () => {
  for (const text of [
    "pi_3Q9 of Ada",
    "Ada 019aa3f2-0c3e-7c11-9d5e-3f7d1c2b4a59",
    "2026-11-24T09:00:00Z Ada",
    "\npi_1",
  ])
    expect(redact({ text })).toEqual({ text: `(${text.length} characters)` });
});

it("shows nothing of a body that is no JSON", () => {
  expect(redact("{ada@example.com")).toBe("(16 characters)");
});
