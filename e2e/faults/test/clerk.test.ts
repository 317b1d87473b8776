import { expect, it } from "vitest";
import { gapsOf } from "../src/shoppers/clerk.ts";

const orderId = "order-1";
const row = { status: "shipped", refunds: 1, refundedCents: 50 };

it("finds nothing where staff were told the truth, or nothing at all", () => {
  expect(gapsOf({ orderId, status: "shipped", refundedCents: 50 }, row)).toEqual([]);
  expect(gapsOf({ orderId, status: "shipped" }, { ...row, status: "delivered" })).toEqual([]);
  // The answer was lost, the work was done.
  expect(gapsOf({ orderId }, row)).toEqual([]);
  expect(gapsOf({ orderId }, { status: "confirmed", refunds: 0, refundedCents: 0 })).toEqual([]);
});

it("finds a refund that two clicks doubled, one that is not there, and a parcel that is not on its way", () => {
  expect(gapsOf({ orderId }, { ...row, refunds: 2 })).toEqual(["one refund by staff became 2"]);
  expect(gapsOf({ orderId, refundedCents: 50 }, { ...row, refunds: 0, refundedCents: 0 })).toEqual([
    "staff were told of a refund of 50 cents, the order has 0",
  ]);
  expect(gapsOf({ orderId, status: "delivered" }, row)).toEqual([
    "staff were told that it is delivered, and it is shipped",
  ]);
  expect(gapsOf({ orderId, status: "shipped" }, { ...row, status: "confirmed" })).toEqual([
    "staff were told that it is shipped, and it is confirmed",
  ]);
  expect(gapsOf({ orderId }, undefined)).toEqual(["staff worked on an order that is not there"]);
});
