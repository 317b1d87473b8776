import { newSupporter } from "@tradepost/e2e/supporter";
import type { Planned } from "../injections/injection.ts";
import { kill, killAt, MOMENTS } from "../injections/processes.ts";
import { misbehave } from "../injections/providers.ts";
import { killStore } from "../injections/stores.ts";
import { type Care, careFor, checkCare } from "../shoppers/clerk.ts";
import type { Purchase } from "../shoppers/shopper.ts";
import { broken, type Scenario } from "./scenario.ts";
import { shopUnder } from "./shop-under.ts";

const refunds = { target: "stripe", match: { method: "POST", path: "^/v1/refunds" } } as const;
const moment = (name: string) => MOMENTS.filter((each) => each.name === name);

const PLANNED: Planned[] = [
  ...[...moment("in refunding"), ...moment("after refund")].map((each) => ({
    after: 0.05,
    injection: killAt(each, 1),
  })),
  {
    after: 0.05,
    injection: misbehave(
      "Stripe is unsure of refunds",
      Number.POSITIVE_INFINITY,
      { ...refunds, kind: "storedStatus", when: "after", probability: 0.2 },
      { ...refunds, kind: "timeoutAfterEffect", probability: 0.2 },
      { ...refunds, kind: "cut", probability: 0.2 },
    ),
  },
  { after: 0.3, injection: kill("order", "all") },
  { after: 0.5, injection: killStore("rabbitmq", 3_000) },
  { after: 0.7, injection: kill("order", "one") },
];

/** The story after the purchase: parcels, and parts of the money, by the hands of staff who click twice. */
export const aftercare: Scenario = {
  name: "aftercare",
  summary: "staff ship what is bought and refund parts of it while processes, the broker and Stripe fail",
  purchases: 30,
  play: async (stage) => {
    const { rig, random, patienceMs } = stage;
    const clerk = await newSupporter(rig.stack.url, rig.stack.stores.databaseUrls.user);
    const cares: Care[] = [];
    const played = await shopUnder(stage, PLANNED, async (visit) => {
      const orderId = boughtIn(visit);
      if (orderId === undefined) return;
      cares.push(await careFor({ clerk, orders: rig.order, patienceMs }, orderId, random.fork(visit.plan.email)));
    });
    const told = cares.flatMap(({ status, refundedCents }) => [
      ...(status === undefined ? [] : [status]),
      ...(refundedCents === undefined ? [] : ["partly refunded"]),
    ]);
    const idle = told.length > 0 ? [] : [broken("aftercare", "staff could do nothing at all")];
    const outcomes = { ...played.outcomes };
    for (const what of told) outcomes[what] = (outcomes[what] ?? 0) + 1;
    return { ...played, outcomes, broken: [...played.broken, ...idle, ...(await checkCare(rig.order, cares))] };
  },
};

/** The order of who has paid and keeps it. */
function boughtIn({ outcome, checkouts }: Purchase): string | undefined {
  const last = checkouts.at(-1);
  if (outcome !== "paid" || last === undefined || last.cancelled !== undefined) return undefined;
  return last.answers.find(({ orderId }) => orderId !== undefined)?.orderId;
}
