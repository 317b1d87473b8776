import { readFileSync } from "node:fs";
import { ORDER_STATUSES, type OrderStatus } from "@tradepost/contracts/order";
import { AppError } from "@tradepost/service-runtime/app-error";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deliver, ship } from "../../src/domain/fulfilment.ts";
import { type CancelReason, cancel, type Order, onCapture } from "../../src/domain/order.ts";
import { assertMove, canMove, isOver } from "../../src/domain/order-status.ts";
import { assertRefundable, refundableCents } from "../../src/domain/refund.ts";
import { order } from "../order-fixtures.ts";

const PAGE = new URL("../../../../docs/purchase-flow.md", import.meta.url);
const pairs = ORDER_STATUSES.flatMap((from) => ORDER_STATUSES.map((to) => [from, to] as const));

/** The moves that the page's diagram draws: along its first line, and by columns from there to the lines below. */
function drawnMoves(): Set<string> {
  const [, section = ""] = readFileSync(PAGE, "utf8").split("## States of an order");
  const [, diagram = ""] = section.split("```");
  const [first = "", ...below] = diagram.trim().split("\n");
  const chain = first.split("──>").map((state) => state.trim());
  const stateAt = (column: number) =>
    chain.find((state) => first.indexOf(state) <= column && column < first.indexOf(state) + state.length);
  const along = chain.slice(1).map((to, i) => `${chain[i]} → ${to}`);
  const down = below.flatMap((text) => {
    const [, to = ""] = /──> (\w+)/.exec(text) ?? [];
    return [...text.matchAll(/[├└┴]/g)].map(({ index }) => `${stateAt(index)} → ${to}`);
  });
  return new Set([...along, ...down]);
}

describe("the state machine", () => {
  it("is the one that the documentation draws", () => {
    const moves = pairs.filter(([from, to]) => canMove(from, to)).map(([from, to]) => `${from} → ${to}`);
    expect(moves).toHaveLength(11);
    expect(new Set(moves)).toEqual(drawnMoves());
  });

  it("lets each pair of states pass, or refuses it with a problem", () => {
    const refused = expect.objectContaining({ status: 409, code: "order.illegal_move" });
    expect(pairs).toHaveLength(ORDER_STATUSES.length ** 2);
    for (const [from, to] of pairs) {
      if (canMove(from, to)) expect(() => assertMove(from, to)).not.toThrow();
      else expect(() => assertMove(from, to), `${from} → ${to}`).toThrow(refused);
    }
  });

  it("has ends that stay", () => {
    const ends = ORDER_STATUSES.filter((from) => !ORDER_STATUSES.some((to) => canMove(from, to)));
    expect(ends.toSorted()).toEqual(["cancelled", "rejected", "returned"]);
    expect(ORDER_STATUSES.filter(isOver).toSorted()).toEqual(["cancelled", "rejected"]);
  });
});

/** An order and its money, to which events happen as the use cases let them. */
interface World {
  order: Order;
  path: OrderStatus[];
  askedBackCents: number;
}
interface Happening {
  apply: (world: World) => void;
  toString: () => string;
}

function move(world: World, to: OrderStatus): void {
  assertMove(world.order.status, to);
  world.order = { ...world.order, status: to };
  world.path.push(to);
}
/** What is left of a capture goes back, as when an order ends. */
function refundRest(world: World, capturedCents: number): void {
  world.askedBackCents += Math.max(0, capturedCents - world.askedBackCents);
}

/** Confirming and cancelling go with money, so they are happenings of their own. */
const moves: fc.Arbitrary<Happening> = fc
  .constantFrom(...ORDER_STATUSES.filter((status) => status !== "confirmed" && status !== "cancelled"))
  .map((to) => ({ apply: (world) => move(world, to), toString: () => `move to ${to}` }));
/** One payment per order: however often it is told, a capture is of the same amount. */
const capture = (first: number): Happening => ({
  toString: () => `capture ${first}`,
  apply(world) {
    const cents = world.order.capturedCents || first;
    world.order = { ...world.order, capturedCents: cents };
    const outcome = onCapture(world.order, cents);
    if (outcome.kind === "confirm") for (const { to } of outcome.moves) move(world, to);
    if (outcome.kind === "refund") refundRest(world, cents);
  },
});
const cancellation: fc.Arbitrary<Happening> = fc
  .constantFrom<CancelReason>("shopper", "payment_deadline", "payment_cancelled", "stock_shortfall")
  .map((reason) => ({
    toString: () => `cancel: ${reason}`,
    apply(world) {
      const { move: end, refundCents } = cancel(world.order, reason);
      move(world, end.to);
      refundRest(world, refundCents);
    },
  }));
const shipping: Happening = {
  toString: () => "ship",
  apply: (world) => {
    for (const { to } of ship(world.order, "ups")) move(world, to);
  },
};
const delivery: Happening = { toString: () => "deliver", apply: (world) => move(world, deliver(world.order).to) };
const refund: fc.Arbitrary<Happening> = fc.integer({ min: 1, max: 5_000 }).map((amount) => ({
  toString: () => `refund ${amount}`,
  apply(world) {
    assertRefundable(world.order, world.askedBackCents, { amount, currency: "EUR" });
    world.askedBackCents += amount;
  },
}));

const UNPAID: readonly OrderStatus[] = ["placing", "awaiting_payment", "rejected", "cancelled"];

const captures = fc.constantFrom(4290, 4290, 4290, 4289, 1).map(capture);
const stories = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: moves },
    { weight: 2, arbitrary: captures },
    { weight: 1, arbitrary: cancellation },
    { weight: 2, arbitrary: fc.constantFrom(shipping, delivery) },
    { weight: 2, arbitrary: refund },
  ),
  { maxLength: 40 },
);

/** What happens does so whole, or is refused with a problem and changes nothing. */
function happen(world: World, { apply }: Happening): void {
  const before = { ...world, path: [...world.path] };
  try {
    apply(world);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect([409, 422]).toContain(error.status);
    Object.assign(world, before);
  }
}

it("walks only along legal moves whatever happens, and never sends back more than was captured", () => {
  const property = fc.property(fc.constantFrom(...ORDER_STATUSES), stories, (start, story) => {
    const capturedCents = UNPAID.includes(start) ? 0 : order().totalCents;
    const world: World = { order: order({ status: start, capturedCents }), path: [start], askedBackCents: 0 };
    for (const happening of story) {
      const statusBefore = world.order.status;
      happen(world, happening);
      if (["cancelled", "rejected", "returned"].includes(statusBefore)) expect(world.order.status).toBe(statusBefore);
      expect(world.askedBackCents).toBeLessThanOrEqual(world.order.capturedCents);
      expect(refundableCents(world.order, world.askedBackCents)).toBe(world.order.capturedCents - world.askedBackCents);
      if (isOver(world.order.status)) expect(world.askedBackCents).toBe(world.order.capturedCents);
    }
    for (const [i, to] of world.path.slice(1).entries()) expect(canMove(world.path[i]!, to)).toBe(true);
    expect(new Set(world.path).size).toBe(world.path.length);
  });
  fc.assert(property, { numRuns: 1_000 });
});
