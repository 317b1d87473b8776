import { stockShortfall } from "@tradepost/contracts/product";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createReservationOutbox } from "../../src/storage/reservation-outbox.ts";
import { mongoServers, openDatabase } from "../mongo-servers.ts";
import { line, newOrder, stockOf } from "../stock-harness.ts";

describe.each(await mongoServers())("events that wait in reservations on $name", ({ url }) => {
  let database: Awaited<ReturnType<typeof openDatabase>>;
  beforeAll(async () => {
    database = await openDatabase(url);
  });
  beforeEach(async () => {
    await database.collections.reservations.deleteMany({});
  });
  afterAll(() => database.drop());

  const leaveShortfalls = async (count: number) => {
    const orders = Array.from({ length: count }, newOrder);
    for (const order of orders) await stockOf(database.collections).sell(order, [line("NOT-THERE", 1)]);
    return orders;
  };
  const open = (options = {}) => createReservationOutbox(database.collections, options);

  it("are claimed by one relay only, and are gone once published", async () => {
    const orders = await leaveShortfalls(20);
    const relays = [open(), open(), open()];
    const batches = await Promise.all(relays.map((relay) => relay.claimBatch(100)));
    const claimed = batches.flat();
    expect(claimed.map(({ aggregateId }) => aggregateId).toSorted()).toEqual(orders.toSorted());
    for (const { envelope, routingKey } of claimed) {
      expect(routingKey).toBe("stock.shortfall.v1");
      stockShortfall.envelope.parse(envelope);
    }
    await open().markPublished(claimed);
    expect(await open({ leaseMs: 0 }).claimBatch(100)).toEqual([]);
  });

  it("come again when their relay died, and in the order of their oldest", async () => {
    const orders = await leaveShortfalls(3);
    expect(await open({ leaseMs: -1 }).claimBatch(2)).toHaveLength(2);
    const again = await open().claimBatch(100);
    expect(again.map(({ aggregateId }) => aggregateId)).toEqual(orders);
    expect(await open().claimBatch(100)).toEqual([]);
  });

  it("wait for the pause after a failure, which is counted", async () => {
    await leaveShortfalls(1);
    const claimed = await open().claimBatch(1);
    await open().release(claimed, { retryAfterMs: 60_000, reason: "refused" });
    expect(await open().claimBatch(1)).toEqual([]);
    await open().release(claimed, { retryAfterMs: 0, reason: "the broker is away" });
    expect((await open().claimBatch(1)).map(({ attempts }) => attempts)).toEqual([1]);
  });
});
