import { afterEach, describe, expect, it, vi } from "vitest";

/** The contracts twice: built with zod, as the services have them, and as the browser's bundle has them. */
async function bothContracts() {
  const load = () =>
    Promise.all([
      import("@tradepost/contracts/product"),
      import("@tradepost/contracts/order"),
      import("@tradepost/contracts/privacy"),
      // All the others: a kind of schema that the browser's check does not know breaks the page that imports it.
      import("@tradepost/contracts/catalog"),
    ]);
  const real = await load();
  vi.resetModules();
  vi.doMock("zod", async () => await import("../src/app/schema-check.ts"));
  const browser = await load();
  const [one, other] = [real, browser].map(([product, order, privacy]) => ({ ...product, ...order, ...privacy }));
  return { real: one!, browser: other! };
}
afterEach(() => {
  vi.doUnmock("zod");
  vi.resetModules();
});

const price = { amount: 1290, currency: "EUR" };
const image = { url: "/a.webp", thumbnailUrl: "/b.webp", alt: "A mug", width: 1200, height: 1200 };
const id = "019ac1d2-5b7e-7c4a-8f00-000000000001";
const summary = {
  id,
  slug: "mug",
  name: "Mug",
  brand: "Klay",
  image,
  price,
  priceVaries: false,
  available: 3,
  swatches: ["#ffffff"],
  rating: { average: 4.5, count: 2 },
};
const page = {
  items: [summary],
  nextCursor: null,
  total: 1,
  facets: [{ field: "brand", values: [{ value: "Klay", label: "Klay", count: 1 }] }],
  priceRange: { min: price, max: price },
  correctedQuery: null,
};

describe("the browser's check of answers", () => {
  it("agrees with zod on answers whose structure is right or wrong", async () => {
    const { real, browser } = await bothContracts();
    const answers: unknown[] = [
      page,
      { ...page, items: [] },
      { ...page, priceRange: null },
      { ...page, items: [{ ...summary, compareAtPrice: price }] },
      { ...page, items: [{ ...summary, rating: null }] },
      { ...page, unknown: "member" },
      undefined,
      null,
      "page",
      [page],
      { ...page, total: "1" },
      { ...page, nextCursor: 3 },
      { ...page, items: summary },
      { ...page, items: [{ ...summary, price: 12.9 }] },
      { ...page, items: [{ ...summary, price: { amount: 1290, currency: "XXX" } }] },
      { ...page, items: [{ ...summary, image: undefined }] },
      { ...page, facets: [{ field: "brand" }] },
      (({ correctedQuery: _, ...rest }) => rest)(page),
    ];
    const verdicts = (schema: { safeParse: (answer: unknown) => { success: boolean } }) =>
      answers.map((answer) => schema.safeParse(answer).success);
    expect(verdicts(browser.ProductPage)).toEqual(verdicts(real.ProductPage));
    expect(verdicts(real.ProductPage).filter(Boolean)).toHaveLength(6);
  });

  it("keeps what the interface reads from schemas: choices, and members picked and added", async () => {
    const { real, browser } = await bothContracts();
    expect(browser.OrderStatus.options).toEqual(real.OrderStatus.options);
    const order = { id, number: "T-1", status: "confirmed", placedAt: "2026-11-24T10:00:00Z", total: price };
    expect(browser.OrderSummary.safeParse({ ...order, itemCount: 1, image }).success).toBe(true);
    expect(browser.OrderSummary.safeParse({ ...order, itemCount: 1 }).success).toBe(false);
  });

  it("lets members be left out", async () => {
    const { real, browser } = await bothContracts();
    const at = "2026-11-24T10:00:00Z";
    const times = { startedAt: at, lastSeenAt: at, expiresAt: at };
    const session = { id, device: "Phone", network: "192.0.2.0/24", networkChanged: false, ...times };
    for (const { PersonalData } of [real, browser]) {
      const { sessions } = PersonalData.shape;
      expect(sessions.safeParse([session]).success).toBe(true);
      expect(sessions.safeParse([{ ...session, device: 1 }]).success).toBe(false);
    }
  });
});
