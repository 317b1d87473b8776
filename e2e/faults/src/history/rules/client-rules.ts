import type { CheckoutRecord } from "../expected.ts";
import type { Facts } from "../facts.ts";
import { euros, type Finding, type Rule } from "../rule.ts";
import { capturedOf } from "./money-rules.ts";

/** All answers under one key that decide something are equal. */
export const equalAnswers: Rule = ({ expected }) =>
  expected.checkouts.flatMap(({ shopper, key, answers }) => {
    const placed = answers.filter(({ orderId }) => orderId !== undefined);
    const [orderId] = placed.map((answer) => answer.orderId);
    const decisions = new Set(
      answers.flatMap(({ code, ...answer }) => {
        if (answer.orderId !== undefined) return [`${answer.orderId} for ${euros(answer.totalCents ?? 0)}`];
        return code === SOLD_OUT ? ["sold out"] : [];
      }),
    );
    if (decisions.size <= 1) return [];
    const message = `${shopper} was told under one key (${key}): ${[...decisions].join("; ")}`;
    return [{ ...(orderId ? { orderId } : {}), message }];
  });

/** Who was told of an order has one, at that total; who was told “sold out” has none that lives. */
export const answerTrue: Rule = (facts) => {
  const byId = new Map(facts.orders.map((order) => [order.id, order]));
  const byKey = Map.groupBy(facts.keys, ({ key }) => key);
  return facts.expected.checkouts.flatMap(({ shopper, key, answers }) =>
    answers.flatMap((answer): Finding[] => {
      const { orderId, totalCents = 0 } = answer;
      if (orderId !== undefined) {
        const order = byId.get(orderId);
        if (order === undefined) return [{ orderId, message: `${shopper} was told of an order that is not there` }];
        if (order.totalCents === totalCents) return [];
        const message = `${shopper} was told ${euros(totalCents)}, the order says ${euros(order.totalCents)}`;
        return [{ orderId, message }];
      }
      const made = byKey.get(key)?.map((row) => byId.get(row.orderId)) ?? [];
      const alive = answer.code === SOLD_OUT ? made.find((order) => order && order.status !== "rejected") : undefined;
      return alive
        ? [{ orderId: alive.id, message: `${shopper} was told “sold out”, the order is ${alive.status}` }]
        : [];
    }),
  );
};

/** What a client saw of its order did happen: its states, its payment, its cancellation. */
export const toldTrue: Rule = (facts) => {
  const paths = Map.groupBy(facts.moves, ({ orderId }) => orderId);
  const intents = Map.groupBy(facts.intents, ({ orderId }) => orderId);
  return forEachOrder(facts, ({ shopper, seen = [], paid, cancelled }, orderId) => {
    const path = new Set(paths.get(orderId)?.map(({ status }) => status));
    const isPaid = (intents.get(orderId) ?? []).some((intent) => capturedOf(intent) > 0);
    return [
      ...seen.filter((status) => !path.has(status)).map((status) => `was shown “${status}”, which the order never was`),
      ...(cancelled && !path.has("cancelled") ? ["was told that the order is cancelled, which it never was"] : []),
      ...(paid && !isPaid ? ["was told that the payment succeeded, but nothing was captured"] : []),
    ].map((what) => ({ orderId, message: `${shopper} ${what}` }));
  });
};

/** Nobody is charged another sum than the one they saw. */
export const chargedAsShown: Rule = (facts) => {
  const intents = Map.groupBy(facts.intents, ({ orderId }) => orderId);
  return forEachOrder(facts, ({ shopper, shownCents }, orderId) =>
    (intents.get(orderId) ?? []).flatMap((intent) => {
      const charged = capturedOf(intent);
      if (charged === 0 || shownCents === undefined || charged === shownCents) return [];
      return [{ orderId, message: `${shopper} saw ${euros(shownCents)} and was charged ${euros(charged)}` }];
    }),
  );
};

const SOLD_OUT = "stock.insufficient";

function forEachOrder({ expected }: Facts, look: (checkout: CheckoutRecord, orderId: string) => Finding[]): Finding[] {
  return expected.checkouts.flatMap((checkout) => {
    const ids = new Set(checkout.answers.flatMap(({ orderId }) => (orderId === undefined ? [] : [orderId])));
    return [...ids].flatMap((orderId) => look(checkout, orderId));
  });
}
