import type { OrderFact, ReservationFact } from "../facts.ts";
import { type Finding, type Rule, sum } from "../rule.ts";
import { isBought } from "../states.ts";

/** `onHand = available + Σ holds` in each stock document, and nothing below zero. */
export const stockSums: Rule = ({ stock }) =>
  stock.flatMap(({ sku, location, onHand, available, holds }) => {
    const held = sum(holds, ({ quantity }) => quantity);
    const isRight = onHand === available + held && onHand >= 0 && available >= 0;
    return isRight
      ? []
      : [{ message: `${sku} at ${location}: ${onHand} on hand, ${available} available, ${held} held` }];
  });

/** `onHand = initial − sold + returned`, the sold and returned as reservations tell them. */
export const stockSold: Rule = ({ expected, stock, reservations }) => {
  const sold = unitsBySku(reservations.filter(({ state }) => state === "sold").flatMap(soldLines));
  return Object.entries(expected.initialStock).flatMap(([sku, initial]) => {
    const onHand = sum(
      stock.filter((document) => document.sku === sku),
      (document) => document.onHand,
    );
    const gone = sold.get(sku) ?? 0;
    const message = `${sku}: ${initial} at first, ${gone} sold and not returned, but ${onHand} on hand`;
    return onHand === initial - gone ? [] : [{ message }];
  });
};

/** Sold ≤ stock: never more units in paid orders than there were. Names the orders for which there was none left. */
export const notOversold: Rule = ({ expected, orders }) => {
  const bought = orders.filter(({ status }) => isBought(status)).toSorted((a, b) => +a.placedAt - +b.placedAt);
  return Object.entries(expected.initialStock).flatMap(([sku, initial]) => {
    let units = 0;
    return bought.flatMap(({ id, lines }) => {
      const own = sum(
        lines.filter((line) => line.sku === sku),
        ({ quantity }) => quantity,
      );
      units += own;
      const message = `${sku}: with this order ${units} units are paid for, there were ${initial}`;
      return own === 0 || units <= initial ? [] : [{ orderId: id, message }];
    });
  });
};

/** Nothing is held but for orders that can still be paid. */
export const holdsOfOpenOrders: Rule = ({ stock, orders }) => {
  const open = new Set(
    orders.flatMap(({ id, status }) => (status === "placing" || status === "awaiting_payment" ? [id] : [])),
  );
  return stock.flatMap(({ sku, holds }) =>
    holds.flatMap(({ orderId, quantity }) =>
      open.has(orderId)
        ? []
        : [{ orderId, message: `${quantity} of ${sku} are held though the order waits for nothing` }],
    ),
  );
};

/** The reservation ended as its order did. */
export const reservationSettled: Rule = ({ orders, reservations }) => {
  const byOrder = new Map(reservations.map((reservation) => [reservation.orderId, reservation]));
  const known = new Set(orders.map(({ id }) => id));
  const strays = reservations.filter(({ orderId }) => !known.has(orderId));
  return [
    ...orders.flatMap((order) => compare(order, byOrder.get(order.id))),
    ...strays.map(({ orderId, state }) => ({ orderId, message: `a reservation (${state}) of an order nobody knows` })),
  ];
};

const STATES: Record<string, readonly string[]> = {
  awaiting_payment: ["held"],
  rejected: ["refused"],
  cancelled: ["released", "returned"],
  returned: ["sold", "returned"],
};

function compare({ id, status }: OrderFact, reservation: ReservationFact | undefined): Finding[] {
  if (status === "placing") return [];
  const right = STATES[status] ?? ["sold"];
  const state = reservation?.state ?? "missing";
  if (!right.includes(state))
    return [{ orderId: id, message: `the order is ${status}, but its reservation is ${state}` }];
  const short = reservation?.shortages.map(({ sku }) => sku).join(", ");
  return isBought(status) && short
    ? [{ orderId: id, message: `the order is ${status}, but ${short} could not be sold` }]
    : [];
}

const soldLines = ({ lines, shortages }: ReservationFact) =>
  lines.filter(({ sku }) => !shortages.some((shortage) => shortage.sku === sku));

function unitsBySku(lines: readonly { sku: string; quantity: number }[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}
