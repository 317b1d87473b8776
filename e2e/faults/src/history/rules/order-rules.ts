import type { Rule } from "../rule.ts";
import { MOVES } from "../states.ts";

/** No order is unfinished past its deadline. */
export const withinDeadline: Rule = ({ orders, now, expected }) => {
  const { deadlineGraceMs = 15_000, placingWithinMs = 60_000 } = expected;
  return orders.flatMap(({ id, status, placedAt, payBy }) => {
    if (status !== "placing" && status !== "awaiting_payment") return [];
    const lateMs = now.getTime() - payBy.getTime() - deadlineGraceMs;
    const stuckMs = status === "placing" ? now.getTime() - placedAt.getTime() - placingWithinMs : 0;
    if (lateMs > 0) return [{ orderId: id, message: `still ${status} ${seconds(lateMs)} after its deadline` }];
    return stuckMs > 0
      ? [{ orderId: id, message: `still placing ${seconds(stuckMs)} after it should have gone on` }]
      : [];
  });
};

/** Every order went through legal moves only, and stands where its history ends. */
export const legalPath: Rule = ({ orders, moves }) => {
  const byOrder = Map.groupBy(moves, ({ orderId }) => orderId);
  return orders.flatMap(({ id, status }) => {
    const path = (byOrder.get(id) ?? []).map((move) => move.status);
    const illegal = path.findIndex((to, index) =>
      index === 0 ? to !== "placing" : !MOVES[path[index - 1] ?? ""]?.includes(to),
    );
    if (path.length === 0) return [{ orderId: id, message: "has no history" }];
    if (illegal >= 0)
      return [{ orderId: id, message: `went ${path.join(" → ")}, which cannot be from the ${illegal + 1}. state on` }];
    return path.at(-1) === status ? [] : [{ orderId: id, message: `is ${status}, its history ends as ${path.at(-1)}` }];
  });
};

/** Each order was made under one Idempotency-Key, and each key made one order. */
export const oneOrderPerKey: Rule = ({ orders, keys }) => {
  const byOrder = Map.groupBy(keys, ({ orderId }) => orderId);
  return orders.flatMap(({ id }) => {
    const count = byOrder.get(id)?.length ?? 0;
    return count === 1 ? [] : [{ orderId: id, message: `${count} Idempotency-Keys lead to this order` }];
  });
};

/** A key whose client has its answer is finished, with the same order. */
export const keyFinished: Rule = ({ keys, expected }) => {
  const byKey = Map.groupBy(keys, ({ key }) => key);
  return expected.checkouts.flatMap(({ key, shopper, answers }) => {
    const orderId = answers.find((answer) => answer.orderId !== undefined)?.orderId;
    if (orderId === undefined) return [];
    const rows = byKey.get(key) ?? [];
    const fits = rows.some((row) => row.status !== null && row.orderId === orderId);
    return fits
      ? []
      : [{ orderId, message: `${shopper} was answered under ${key}, but the key's row is not finished with it` }];
  });
};

const seconds = (ms: number): string => `${Math.ceil(ms / 1_000)} s`;
