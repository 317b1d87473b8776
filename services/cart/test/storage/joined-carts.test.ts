import { randomUUIDv7 } from "node:crypto";
import { type TestStore, testRedis } from "@tradepost/testing/stores";
import fc from "fast-check";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createCartStore } from "../../src/storage/cart-store.ts";

let store: TestStore;
let redis: Redis;
beforeAll(async () => {
  store = await testRedis();
  redis = new Redis(store.url);
});
afterAll(async () => {
  await redis.quit();
  await store.drop();
});

const SKUS = ["MUG-RED", "MUG-BLUE", "MUG-GREEN"] as const;
/** What a step on Redis meets: nothing, a crash before it, or a crash after it whose answer never comes. */
const Fate = fc.constantFrom("done", "done", "not begun", "unanswered");
const Action = fc.oneof(
  fc.record({ kind: fc.constant("put" as const), sku: fc.constantFrom(...SKUS), quantity: fc.nat(9) }),
  fc.record({ kind: fc.constant("join" as const) }),
  fc.record({ kind: fc.constant("buy" as const), order: fc.nat(2), sku: fc.constantFrom(...SKUS) }),
);

/** Redis, whose steps come in the order that the scheduler draws, each with its fate. */
function unsteady(fates: readonly string[], scheduler: fc.Scheduler): Redis {
  const left = [...fates];
  const evalsha = async (...args: Parameters<Redis["evalsha"]>) => {
    await scheduler.schedule(Promise.resolve());
    const fate = left.shift() ?? "done";
    if (fate === "not begun") throw new Error("crashed");
    const answer = await redis.evalsha(...args);
    if (fate === "unanswered") throw new Error("crashed");
    return answer;
  };
  return new Proxy(redis, {
    get: (target, name) => {
      if (name === "evalsha") return evalsha;
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** As the broker does with an event, and a shopper with a page. */
async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (;;)
    try {
      await work();
      return;
    } catch (error) {
      if ((error as Error).message !== "crashed") throw error;
    }
}

it("ends with the guest's lines in the shopper's cart, whatever happens at once and wherever it crashes", async () => {
  const rounds = fc.array(fc.array(Action, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(rounds, fc.array(Fate, { maxLength: 40 }), fc.scheduler(), async (batches, fates, scheduler) => {
      const carts = createCartStore(unsteady(fates, scheduler), { ttlMs: 1_800_000 });
      const sound = createCartStore(redis, { ttlMs: 1_800_000 });
      const [userId, cartId] = [randomUUIDv7(), randomUUIDv7()];
      const guest = { kind: "guest" as const, cartId };
      const orders = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
      await sound.setLine({ kind: "shopper", userId }, "OWN", 7);
      await sound.setLine(guest, SKUS[0], 5);
      const run = (action: (typeof batches)[number][number]): Promise<unknown> => {
        // A write that fails is told to the guest, who may leave it at that.
        if (action.kind === "put") return carts.setLine(guest, action.sku, action.quantity).catch(() => {});
        if (action.kind === "join") return untilDone(() => carts.join(userId, cartId));
        const [order = "", lines] = [orders[action.order], [{ sku: action.sku, quantity: 2 }]];
        return untilDone(() => carts.takeOut(null, cartId, order, lines));
      };
      for (const batch of batches) await scheduler.waitFor(Promise.all(batch.map(run)));
      const joined = await sound.join(userId, cartId);
      const left = Object.entries(await redis.hgetall(`cart:guest:${cartId}`)).flatMap(([field, value]) =>
        field.startsWith("line:") ? [[field.slice(5), Number(value.split(":")[0])]] : [],
      );
      const lines = Object.fromEntries(joined?.lines.map(({ sku, quantity }) => [sku, quantity]) ?? []);
      expect(lines).toEqual({ ...Object.fromEntries(left), OWN: 7 });
    }),
    { numRuns: 600 },
  );
});
