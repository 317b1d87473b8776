const both = (en: string, de: string) => ({ en, de });
const picture = { url: "/mug.webp", thumbnailUrl: "/mug-480.webp", width: 1200, height: 1200 };

/** What the small shop sells, and how much of it there is. */
export const INITIAL_STOCK = { MUG: 20, "LAST-MUG": 1 };

/** One product in one category, as the product service imports it. */
export const smallCatalogue = {
  categories: [
    {
      ...{ id: "0190a000-0000-7000-8000-000000000001", slug: "mugs", name: both("Mugs", "Becher") },
      ...{ description: both("To drink from", "Zum Trinken"), parentSlug: null, position: 1 },
    },
  ],
  products: [
    {
      ...{ id: "0190a000-0000-7000-8000-000000000002", slug: "mug", name: both("Mug", "Becher"), brand: "Tidewater" },
      ...{ description: both("A mug.", "Ein Becher."), categorySlugs: ["mugs"], attributes: {}, weightGrams: 400 },
      ...{ images: [{ ...picture, alt: both("A mug", "Ein Becher") }], rating: null },
      createdAt: "2026-01-01T08:00:00.000Z",
      options: [
        {
          ...{ name: "kind", label: both("Kind", "Art") },
          values: [
            { value: "usual", label: both("Usual", "Üblich") },
            { value: "last", label: both("Last one", "Letzter") },
          ],
        },
      ],
      variants: [
        { sku: "MUG", options: { kind: "usual" }, prices: { EUR: { amount: 1_900 } }, stock: INITIAL_STOCK.MUG },
        { sku: "LAST-MUG", options: { kind: "last" }, prices: { EUR: { amount: 2_900 } }, stock: 1 },
      ],
    },
  ],
  attributeLabels: {},
};
