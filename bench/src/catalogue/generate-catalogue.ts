import { COLOURS, MATERIALS, QUALITIES, SENTENCES, SIZES, SYLLABLES, THINGS } from "./vocabulary.ts";

export const CATEGORIES = 25;
export const BRANDS = 120;
const FIRST_DAY_MS = Date.UTC(2024, 0, 1);

/** More than any run can sell. */
const STOCK = 1_000_000;

const id = (kind: string, number: number): string =>
  `018f0000-${kind}-7000-8000-${number.toString(16).padStart(12, "0")}`;
const at = <T>(list: readonly T[], number: number): T => list[number % list.length] as T;

/** A number that looks like chance and is the same on every machine (Steele et al., SplitMix; 32-bit finaliser). */
function mix(number: number, salt: number): number {
  let x = (number * 0x9e3779b9 + salt * 0x85ebca6b) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

export const categorySlug = (number: number): string => `category-${number % CATEGORIES}`;
export const brandName = (number: number): string => `${nameFrom(mix(number % BRANDS, 7))} & ${number % BRANDS}`;
export const productSlug = (number: number): string => `product-${number}`;
export const skuOf = (product: number, variant: number): string => `BENCH-${product}-${variant}`;

export const categories = Array.from({ length: CATEGORIES }, (_, number) => ({
  id: id("0001", number),
  slug: categorySlug(number),
  name: { en: `Category ${number}`, de: `Kategorie ${number}` },
  description: { en: "Things for rooms that are lived in.", de: "Dinge für bewohnte Räume." },
  parentSlug: null,
  position: number,
}));

/** Product `number` in the shape that the product service imports. */
export function generateProduct(number: number) {
  const dice = (salt: number, sides: number) => mix(number, salt) % sides;
  const quality = at(QUALITIES, dice(1, 1_000));
  const thing = at(THINGS, dice(2, 1_000));
  const material = at(MATERIALS, dice(3, 1_000));
  const series = nameFrom(mix(number, 4));
  const colours = Array.from({ length: 1 + dice(5, 3) }, (_, index) => at(COLOURS, dice(6, 10) + index * 3));
  const sentences = Array.from({ length: 3 + dice(8, 3) }, (_, index) => at(SENTENCES, dice(9, 8) + index));
  const euroCents = 490 + dice(10, 400) * 50;
  return {
    id: id("0002", number),
    slug: productSlug(number),
    name: { en: `${quality.en} ${material} ${thing.en} ${series}`, de: `${quality.de} ${thing.de} ${series}` },
    description: { en: sentences.map(({ en }) => en).join(" "), de: sentences.map(({ de }) => de).join(" ") },
    brand: brandName(dice(11, BRANDS)),
    categorySlugs: [categorySlug(number)],
    images: colours.map((colour, index) => imageOf(number, index, `${quality.en} ${thing.en}, ${colour}`)),
    options: [{ name: "colour", label: { en: "Colour", de: "Farbe" }, values: colours.map(colourValue) }],
    attributes: { material: [material], colour: [...new Set(colours)], size: [at(SIZES, dice(12, 5))] },
    variants: colours.map((colour, index) => ({
      sku: skuOf(number, index),
      options: { colour },
      prices: { EUR: { amount: euroCents }, USD: { amount: euroCents + 100 }, GBP: { amount: euroCents - 50 } },
      stock: STOCK,
      image: index,
    })),
    rating: { average: 3 + dice(13, 20) / 10, count: 1 + dice(14, 200) },
    createdAt: new Date(FIRST_DAY_MS + number * 600_000).toISOString(),
    weightGrams: 100 + dice(15, 5_000),
  };
}

const colourValue = (value: string) => ({ value, label: { en: value, de: value }, swatch: "#888888" });

const imageOf = (product: number, image: number, alt: string) => ({
  url: `/media/products/product-${product}/${image}-1200.webp`,
  thumbnailUrl: `/media/products/product-${product}/${image}-480.webp`,
  alt: { en: alt, de: alt },
  width: 1200,
  height: 1200,
});

function nameFrom(dice: number): string {
  const name = at(SYLLABLES, dice) + at(SYLLABLES, dice >>> 8) + at(SYLLABLES, dice >>> 16);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
