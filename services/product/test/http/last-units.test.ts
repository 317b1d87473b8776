import { holdStock } from "@tradepost/contracts/product";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callBy, startProductService } from "../product-service.ts";
import { levelOf, line, newOrder, putStock, until } from "../stock-harness.ts";

const SHOPPERS = 200;
const UNITS = 50;

let replicas: Awaited<ReturnType<typeof startProductService>>[];
beforeAll(async () => {
  const first = await startProductService();
  replicas = [first, await startProductService({ MONGODB_URL: first.config.MONGODB_URL })];
});
afterAll(async () => {
  for (const replica of replicas.toReversed()) await replica.stop();
});

it(`sells ${UNITS} units to exactly ${UNITS} of ${SHOPPERS} shoppers, each of whom asks both replicas at once`, async () => {
  const [{ collections }] = replicas as [(typeof replicas)[number]];
  await putStock(collections, "MUG-LAST", UNITS);
  const payload = { lines: [line("MUG-LAST")], until: until().toISOString() };
  const ask = async (replica: (typeof replicas)[number], orderId: string) => {
    const url = holdStock.path.replace(":orderId", orderId);
    const reply = await replica.app.inject({ method: "PUT", url, headers: callBy("order"), payload });
    return { status: reply.statusCode, body: reply.json() };
  };
  const orders = Array.from({ length: SHOPPERS }, newOrder);
  const answers = await Promise.all(
    orders.map(async (orderId) => {
      const [one, other] = await Promise.all(replicas.map((replica) => ask(replica, orderId)));
      expect(other?.status).toBe(one?.status);
      return { orderId, ...one! };
    }),
  );

  const held = answers.filter(({ status }) => status === 200).map(({ orderId }) => orderId);
  const refused = answers.filter(({ status }) => status === 409);
  expect([held.length, refused.length]).toEqual([UNITS, SHOPPERS - UNITS]);
  for (const { body } of refused) {
    expect(body).toMatchObject({ code: "stock.insufficient", lines: [{ sku: "MUG-LAST", requested: 1 }] });
    expect(body.lines[0].available).toBe(0);
  }
  expect(await levelOf(collections, "MUG-LAST")).toEqual({ onHand: UNITS, available: 0, held: UNITS });

  const [paid, unpaid] = [held.slice(0, 40), held.slice(40)];
  const eachOnBoth = (of: string[], work: (replica: (typeof replicas)[number], orderId: string) => Promise<void>) =>
    Promise.all(of.flatMap((orderId) => replicas.map((replica) => work(replica, orderId))));
  await Promise.all([
    eachOnBoth(paid, ({ useCases }, orderId) => useCases.sellHold(orderId, payload.lines)),
    eachOnBoth(unpaid, ({ useCases }, orderId) => useCases.releaseHold(orderId, payload.lines)),
  ]);
  const left = UNITS - paid.length;
  expect(await levelOf(collections, "MUG-LAST")).toEqual({ onHand: left, available: left, held: 0 });
  const ends = await collections.reservations.find({ _id: { $in: orders } }).toArray();
  expect(Object.groupBy(ends, ({ state }) => state).sold).toHaveLength(paid.length);
  expect(ends.filter(({ shortages, state }) => state === "sold" && shortages.length > 0)).toEqual([]);
});
