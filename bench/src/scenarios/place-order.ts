import { openCheckout, sendPrepared } from "../checkout.ts";
import { compareThroughput } from "../compare.ts";
import { createBaselineTables, readOrderSample } from "../order-sample.ts";
import type { Scenario } from "../scenario.ts";

const CONNECTIONS = 16;
const ORDERS = 400;

/** From a filled cart to `awaiting_payment`: priced, stock held, payment intent made. Each order has its own cart and key. */
export const placeOrder: Scenario = {
  name: "place-order",
  summary: "place an order with a sandbox payment, against bare Fastify inserting the same rows in one transaction",
  run: async (stage, { rounds, count }, say) => {
    const shop = await stage.shop();
    const url = shop.addresses.serviceUrls.order;
    const checkout = await openCheckout(shop);
    const orders = count(ORDERS);

    const [first] = await checkout.prepareOrders(1);
    if (!first) throw new Error("no order was prepared");
    const answer = await sendPrepared(url, first);
    const { order } = JSON.parse(answer) as { order: { id: string } };
    const { databaseUrls } = shop.stores;
    const sample = await readOrderSample(databaseUrls, order.id, answer);
    await createBaselineTables(databaseUrls.order);
    const sampleFile = stage.writeFile("order-sample.json", JSON.stringify(sample));
    const baseline = await stage.startBaseline("insert-order", {
      ...{ DATABASE_URL: databaseUrls.order, SAMPLE_FILE: sampleFile },
    });

    const finding = await compareThroughput(
      {
        ...{ scenario: "place-order", what: "place an order, to awaiting_payment" },
        ...{ comparedWith: "bare Fastify, the same rows in one transaction", atLeast: 0.3 },
        tradepost: {
          pid: () => shop.pid("order"),
          plan: async () => ({ origin: url, connections: CONNECTIONS, requests: await checkout.prepareOrders(orders) }),
        },
        baseline: {
          pid: baseline.pid,
          plan: () => ({ origin: baseline.url, connections: CONNECTIONS, requests: Array(orders).fill(first) }),
        },
        notes: `${orders} orders a round, ${CONNECTIONS} connections, ${sample.rows.length} rows an order`,
      },
      rounds,
      say,
    );
    return [finding];
  },
};
