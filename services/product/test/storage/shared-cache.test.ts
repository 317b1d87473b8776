import { startFaultProxy } from "@tradepost/testing/fault-proxy";
import { testRedis } from "@tradepost/testing/stores";
import { waitFor } from "@tradepost/testing/wait-for";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { connectCache, createSharedCache } from "../../src/storage/shared-cache.ts";

let store: Awaited<ReturnType<typeof testRedis>>;
let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
let redis: ReturnType<typeof connectCache>;
beforeAll(async () => {
  store = await testRedis();
  proxy = await startFaultProxy({ target: store.url });
  redis = connectCache(proxy.url);
  redis.on("error", () => {});
});
afterAll(async () => {
  redis.disconnect();
  await proxy.close();
  await store.drop();
});

describe("the shared cache", () => {
  it("keeps bytes for other replicas", async () => {
    const cache = createSharedCache(redis, { ttlSeconds: 30 });
    await waitFor(() => redis.status === "ready");
    expect(await cache.get("a")).toBeUndefined();
    cache.put("a", Buffer.from([0, 255, 1]));
    expect(await waitFor(() => cache.get("a"))).toEqual(Buffer.from([0, 255, 1]));
    expect(await redis.ttl("product:a")).toBeGreaterThan(0);
  });

  it("has no answer while Redis is silent, soon without asking it, and answers again afterwards", async () => {
    const cache = createSharedCache(redis, { ttlSeconds: 30 });
    cache.put("b", "kept");
    await waitFor(() => cache.get("b"));
    proxy.set({ kind: "blackhole" });
    const asked = vi.spyOn(redis, "getBuffer");
    for (let n = 0; n < 50; n++) expect(await cache.get("b")).toBeUndefined();
    expect(asked.mock.calls.length).toBeLessThan(50);
    proxy.set({ kind: "pass" });
    expect(String(await waitFor(() => cache.get("b"), { timeoutMs: 15_000 }))).toBe("kept");
  });
});
