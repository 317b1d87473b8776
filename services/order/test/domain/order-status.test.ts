import { ORDER_STATUSES, type OrderStatus } from "@tradepost/contracts/order";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cancel, newOrderNumber, onCapture } from "../../src/domain/order.ts";
import { assertMove, canMove, isOver } from "../../src/domain/order-status.ts";
import { order } from "../order-fixtures.ts";

const statuses = fc.constantFrom(...ORDER_STATUSES);

describe("the state machine", () => {
  it("has exactly these moves", () => {
    const moves = ORDER_STATUSES.flatMap((from) =>
      ORDER_STATUSES.filter((to) => canMove(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(moves).toEqual([
      "placing → rejected",
      "placing → awaiting_payment",
      "placing → cancelled",
      "awaiting_payment → confirmed",
      "awaiting_payment → cancelled",
      "confirmed → fulfilling",
      "confirmed → cancelled",
      "fulfilling → shipped",
      "shipped → delivered",
      "delivered → return_requested",
      "return_requested → returned",
    ]);
  });

  it("never leads back, nor out of an end", () => {
    const walk = (wishes: readonly OrderStatus[]) => {
      const path: OrderStatus[] = ["placing"];
      for (const next of wishes) if (canMove(path.at(-1)!, next)) path.push(next);
      return path;
    };
    fc.assert(
      fc.property(fc.array(statuses, { maxLength: 40 }), (wishes) => {
        const path = walk(wishes);
        expect(new Set(path).size).toBe(path.length);
        const over = path.findIndex(isOver);
        expect(over === -1 || over === path.length - 1).toBe(true);
      }),
    );
  });

  it("refuses an illegal move with a problem", () => {
    expect(() => assertMove("cancelled", "confirmed")).toThrow(expect.objectContaining({ status: 409 }));
  });
});

describe("a captured payment", () => {
  it.each([
    ["placing", "confirm"],
    ["awaiting_payment", "confirm"],
    ["confirmed", "already"],
    ["shipped", "already"],
    ["cancelled", "refund"],
    ["rejected", "refund"],
  ] as const)("of an order that is %s means: %s", (status, kind) => {
    expect(onCapture(order({ status }), 4290).kind).toBe(kind);
  });

  it("of another amount than the order's is sent back", () => {
    expect(onCapture(order({ status: "awaiting_payment" }), 4289)).toEqual({
      kind: "refund",
      reason: "amount_mismatch",
    });
  });
});

describe("cancelling", () => {
  it("refunds what was paid, and only that", () => {
    expect(cancel(order({ status: "confirmed" }), "shopper").refundCents).toBe(4290);
    expect(cancel(order({ status: "awaiting_payment" }), "shopper").refundCents).toBe(0);
  });

  it.each(["fulfilling", "shipped", "delivered", "cancelled", "rejected"] as const)("is refused when %s", (status) => {
    expect(() => cancel(order({ status }), "shopper")).toThrow(
      expect.objectContaining({ code: "order.not_cancellable" }),
    );
  });
});

it("makes order numbers that can be read out", () => {
  const numbers = Array.from({ length: 500 }, newOrderNumber);
  for (const number of numbers) expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(new Set(numbers).size).toBe(500);
});
