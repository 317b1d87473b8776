import { expect, it } from "vitest";
import type { StockLevel } from "../../src/storage/catalogue-store.ts";
import { createCatalogueView } from "../../src/use-cases/follow-catalogue.ts";

const OVERLAP_MS = 5_000;
const level = (sku: string, available: number, at: number): StockLevel => ({
  ...{ sku, available, location: "main", updatedAt: new Date(at) },
});

/** A view of a store whose changes, clock and failures are the test's. */
function followed() {
  const stock: StockLevel[] = [];
  const asked: number[] = [];
  let nowMs = 100_000;
  const view = createCatalogueView(
    {
      categories: async () => [],
      productsChangedSince: async function* () {},
      stockChangedSince: async function* (since) {
        asked.push(since.getTime());
        yield stock.filter(({ updatedAt }) => updatedAt >= since).sort((a, b) => +a.updatedAt - +b.updatedAt);
      },
    },
    () => nowMs,
  );
  const after = async (ms: number) => {
    nowMs += ms;
    await view.refresh();
  };
  return { stock, asked, after, available: (sku: string) => view.index().available(sku) };
}

it("sees a slow writer's change although its next reading comes late", async () => {
  const { stock, after, available } = followed();
  stock.push(level("FAST", 1, 50_000));
  await after(0);
  stock.push(level("SLOW", 2, 49_990), level("EQUAL", 3, 50_000));
  await after(60_000);
  expect([available("FAST"), available("SLOW"), available("EQUAL")]).toEqual([1, 2, 3]);
});

it("asks for what is new only, once a reading has come after the overlap", async () => {
  const { stock, asked, after } = followed();
  stock.push(level("FAST", 1, 50_000));
  await after(0);
  await after(1_000);
  await after(OVERLAP_MS);
  await after(1_000);
  expect(asked.slice(1)).toEqual([45_000, 45_000, 50_001]);
});

it("looks back again from each change that it sees", async () => {
  const { stock, asked, after, available } = followed();
  stock.push(level("FAST", 1, 50_000));
  await after(0);
  await after(OVERLAP_MS + 1);
  stock.push(level("LATER", 4, 60_000));
  await after(1_000);
  stock.push(level("SLOW", 2, 59_000));
  await after(1_000);
  expect(asked.at(-1)).toBe(55_000);
  expect(available("SLOW")).toBe(2);
});
