import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type CheckoutEvent,
  type CheckoutStage,
  nextStage,
  type Placed,
} from "../src/features/checkout/checkout-stage.ts";

const placed = { order: { id: "o1" }, payment: { id: "pi_1" } } as Placed;
const decline = { kind: "declined", decline: "generic" } as const;
const run = (...events: CheckoutEvent[]) => events.reduce<CheckoutStage>(nextStage, { name: "editing" });

it("goes from the form to a paid order", () => {
  const stage = run({ name: "place" }, { name: "placed", placed }, { name: "pay" }, { name: "paid" });
  expect(stage).toEqual({ name: "paid", placed });
});

it("keeps the order when a card is declined, so that another card pays the same order", () => {
  const declined = run(
    { name: "place" },
    { name: "placed", placed },
    { name: "pay" },
    { name: "failed", trouble: decline },
  );
  expect(declined).toEqual({ name: "awaiting", placed, trouble: decline });
  expect(nextStage(declined, { name: "pay" })).toEqual({ name: "paying", placed });
});

it("returns to the form when the order is refused or withdrawn", () => {
  const trouble = { kind: "in-progress" } as const;
  expect(run({ name: "place" }, { name: "refused", trouble })).toEqual({ name: "editing", trouble });
  expect(run({ name: "place" }, { name: "refused", trouble }, { name: "edited" })).toEqual({ name: "editing" });
  expect(run({ name: "place" }, { name: "placed", placed }, { name: "withdraw" }, { name: "withdrawn" })).toEqual({
    name: "editing",
  });
});

it("never pays while it places, and never leaves a paid order, whatever arrives late", () => {
  const events = fc.constantFrom<CheckoutEvent>(
    { name: "place" },
    { name: "placed", placed },
    { name: "refused", trouble: { kind: "session" } },
    { name: "edited" },
    { name: "pay" },
    { name: "failed", trouble: decline },
    { name: "redirect" },
    { name: "paid" },
    { name: "withdraw" },
    { name: "withdrawn" },
  );
  fc.assert(
    fc.property(fc.array(events), (late) => {
      const paid: CheckoutStage = { name: "paid", placed };
      expect(late.reduce(nextStage, paid)).toBe(paid);
      let stage: CheckoutStage = { name: "editing" };
      for (const event of late) {
        const before = stage.name;
        stage = nextStage(stage, event);
        if (stage.name === "paying" && before !== "paying") expect(before).toBe("awaiting");
        if (stage.name === "paid" && before !== "paid") expect(before).toBe("paying");
      }
    }),
  );
});
