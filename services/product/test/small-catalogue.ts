import type { CatalogueFile, FileProduct } from "../src/domain/catalogue-file.ts";

const id = (n: number): string => `0190a000-0000-7000-8000-${n.toString().padStart(12, "0")}`;
const both = (en: string, de: string) => ({ en, de });
const picture = (name: string) => ({
  url: `/media/products/${name}-1200.webp`,
  thumbnailUrl: `/media/products/${name}-480.webp`,
  width: 1200,
  height: 1200,
  alt: both(`Picture of ${name}`, `Bild von ${name}`),
});

const product = (
  facts: Pick<FileProduct, "slug" | "name" | "brand" | "categorySlugs" | "variants"> &
    Partial<FileProduct> & { n: number },
): FileProduct => {
  const { n, ...rest } = facts;
  return {
    id: id(100 + n),
    description: both(`All about ${facts.name.en}.`, `Alles über ${facts.name.de}.`),
    images: [picture(facts.slug)],
    options: [],
    attributes: {},
    rating: { average: 4, count: 10 },
    createdAt: `2025-0${n}-01T08:00:00.000Z`,
    weightGrams: 400,
    ...rest,
  };
};
const prices = (eur: number) => ({ EUR: { amount: eur }, USD: { amount: eur + 100 }, GBP: { amount: eur - 100 } });

/** Four products in three categories, small enough to say by hand what any question finds. */
export const smallCatalogue: CatalogueFile = {
  categories: [
    {
      id: id(1),
      slug: "kitchen",
      name: both("Kitchen", "Küche"),
      description: both("For cooks", "Für Köche"),
      parentSlug: null,
      position: 1,
      image: { url: "/media/kitchen.webp", thumbnailUrl: "/media/kitchen-480.webp", width: 1600, height: 600 },
    },
    {
      id: id(2),
      slug: "mugs",
      name: both("Mugs", "Becher"),
      description: both("To drink from", "Zum Trinken"),
      parentSlug: "kitchen",
      position: 2,
    },
    {
      id: id(3),
      slug: "lighting",
      name: both("Lighting", "Leuchten"),
      description: both("To see by", "Zum Sehen"),
      parentSlug: null,
      position: 3,
    },
  ],
  products: [
    product({
      n: 1,
      slug: "stoneware-mug",
      name: both("Stoneware Mug", "Steinzeugbecher"),
      brand: "Tidewater",
      categorySlugs: ["mugs"],
      options: [
        {
          name: "colour",
          label: both("Colour", "Farbe"),
          values: [
            { value: "blue", label: both("Blue", "Blau"), swatch: "#224466" },
            { value: "sand", label: both("Sand", "Sand"), swatch: "#ddccaa" },
          ],
        },
      ],
      attributes: { material: ["stoneware"], colour: ["blue", "sand"] },
      images: [picture("stoneware-mug"), picture("stoneware-mug-sand")],
      variants: [
        {
          sku: "MUG-BLUE",
          options: { colour: "blue" },
          prices: { EUR: { amount: 1800, compareAt: 2200 }, USD: { amount: 2000 }, GBP: { amount: 1600 } },
          stock: 5,
          image: 0,
        },
        { sku: "MUG-SAND", options: { colour: "sand" }, prices: prices(1900), stock: 0, image: 1 },
      ],
    }),
    product({
      n: 2,
      slug: "enamel-mug",
      name: both("Enamel Mug", "Emaillebecher"),
      brand: "Northfold",
      categorySlugs: ["mugs"],
      attributes: { material: ["enamel"], colour: ["white"] },
      variants: [{ sku: "ENAMEL-MUG", options: {}, prices: prices(1200), stock: 12 }],
      rating: { average: 4.6, count: 31 },
    }),
    product({
      n: 3,
      slug: "tray",
      name: both("Oak Tray", "Eichentablett"),
      brand: "Northfold",
      categorySlugs: ["kitchen"],
      attributes: { material: ["oak"] },
      variants: [{ sku: "TRAY-OAK", options: {}, prices: prices(3900), stock: 0 }],
      rating: null,
    }),
    product({
      n: 4,
      slug: "table-lamp",
      name: both("Table Lamp", "Tischleuchte"),
      brand: "Lumen",
      categorySlugs: ["lighting"],
      attributes: { material: ["brass"] },
      variants: [{ sku: "LAMP-BRASS", options: {}, prices: { EUR: { amount: 8900 } }, stock: 3 }],
      rating: { average: 4.9, count: 5 },
    }),
  ],
  attributeLabels: {
    material: {
      label: both("Material", "Material"),
      values: { stoneware: both("Stoneware", "Steinzeug"), oak: both("Oak", "Eiche") },
    },
    colour: {
      label: both("Colour", "Farbe"),
      values: { blue: both("Blue", "Blau"), white: both("White", "Weiß") },
    },
  },
};
