import type { CatalogueFile, FileCategory, FileProduct } from "../src/domain/catalogue-file.ts";

type Random = () => number;

/** Mulberry32 (T. Ettinger): the same numbers for the same seed. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const ADJECTIVES = [
  "plain",
  "soft",
  "bright",
  "heavy",
  "slim",
  "tall",
  "round",
  "quiet",
  "warm",
  "rough",
  "small",
  "wide",
];
const NOUNS = [
  ...["lamp", "mug", "bowl", "chair", "stool", "blanket", "cushion", "vase", "kettle", "plate", "jacket", "shirt"],
  ...[
    "scarf",
    "notebook",
    "pencil",
    "backpack",
    "tent",
    "puzzle",
    "teapot",
    "towel",
    "basket",
    "mirror",
    "clock",
    "rug",
  ],
];
const GERMAN_NOUNS = NOUNS.map((noun) => `${noun}stück`);
const COLOURS = ["red", "green", "blue", "ink", "sand", "rust", "moss", "white", "black", "grey", "ochre", "rose"];
const SIZES = ["xs", "s", "m", "l", "xl", "40", "42", "44"];
const MATERIALS = ["oak", "wool", "linen", "clay", "glass", "steel", "cotton", "brass", "cork", "paper"];
const WORDS = Array.from({ length: 3_000 }, (_, i) => syllables(i));

function syllables(number: number): string {
  const parts = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "pla", "gre"];
  let word = "";
  for (let rest = number + 13; rest > 0; rest = Math.floor(rest / parts.length)) word += parts[rest % parts.length];
  return word;
}

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
const uuid = (kind: string, n: number): string => `0190${kind}-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
const pad = (n: number): string => n.toString().padStart(6, "0");

/** A catalogue of any size, for measuring and for comparing answers; the same for the same arguments. */
export function generateCatalogue(productCount: number, seed = 1): CatalogueFile {
  const random = seeded(seed);
  const categories = generateCategories();
  const leaves = categories.filter(({ parentSlug }) => parentSlug !== null);
  const products = Array.from({ length: productCount }, (_, n) => generateProduct(n, random, leaves, productCount));
  return { categories, products, attributeLabels: {} };
}

const generateCategories = (): FileCategory[] =>
  Array.from({ length: 40 }, (_, n) => ({
    id: uuid("cafe", n),
    slug: `category-${n}`,
    name: { en: `Category ${n}`, de: `Kategorie ${n}` },
    description: { en: `Things of kind ${n}`, de: `Dinge der Art ${n}` },
    parentSlug: n < 8 ? null : `category-${n % 8}`,
    position: n,
  }));

function generateProduct(n: number, random: Random, leaves: FileCategory[], productCount: number): FileProduct {
  const noun = Math.floor(random() * NOUNS.length);
  const adjective = pick(random, ADJECTIVES);
  const special = pick(random, WORDS);
  const base = 500 + Math.floor(random() * 20_000);
  const colours = [...new Set([pick(random, COLOURS), pick(random, COLOURS)])];
  const sizes = random() < 0.5 ? [...new Set([pick(random, SIZES), pick(random, SIZES)])] : [];
  const text = Array.from({ length: 30 }, () => pick(random, WORDS)).join(" ");
  const picture = { width: 1200, height: 1200 };
  return {
    id: uuid("beef", n),
    slug: `product-${n}`,
    name: { en: `${adjective} ${special} ${NOUNS[noun]}`, de: `${adjective} ${special} ${GERMAN_NOUNS[noun]}` },
    description: { en: text, de: text },
    brand: `Brand ${Math.floor(random() ** 2 * Math.max(10, Math.sqrt(productCount)))}`,
    categorySlugs: [pick(random, leaves).slug],
    images: [0, 1].map((i) => ({
      ...picture,
      url: `/media/products/${n}/${i}-1200.webp`,
      thumbnailUrl: `/media/products/${n}/${i}-480.webp`,
      alt: { en: `Picture ${i} of ${n}` },
    })),
    options: [
      { name: "colour", label: { en: "Colour" }, values: colours.map((value) => ({ value, label: { en: value } })) },
      ...(sizes.length > 0
        ? [{ name: "size", label: { en: "Size" }, values: sizes.map((value) => ({ value, label: { en: value } })) }]
        : []),
    ],
    attributes: { material: [pick(random, MATERIALS)] },
    variants: colours.map((colour, i) => ({
      sku: `SKU-${pad(n)}-${colour.toUpperCase()}`,
      options: { colour, ...(sizes[0] ? { size: sizes[0] } : {}) },
      prices: { EUR: { amount: base + i * 100 }, USD: { amount: Math.round(base * 1.1) + i * 100 } },
      stock: random() < 0.2 ? 0 : Math.floor(random() * 50),
    })),
    rating: random() < 0.1 ? null : { average: 1 + Math.round(random() * 40) / 10, count: Math.floor(random() * 300) },
    createdAt: new Date(Date.UTC(2024, 0, 1) + Math.floor(random() * 1e6) * 60_000).toISOString(),
    weightGrams: 100 + Math.floor(random() * 900),
  };
}
