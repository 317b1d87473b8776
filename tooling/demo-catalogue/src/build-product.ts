import { BRANDS } from "./brands.ts";
import type { DemoImage, DemoOption, DemoProduct, DemoVariant } from "./catalogue-types.ts";
import { localText } from "./categories.ts";
import { type ColourKey, PALETTE } from "./palette.ts";
import { type Picture, picturesOf } from "./picture-list.ts";
import { priceLadder } from "./prices.ts";
import type { ProductEntry, Shelf } from "./product-entry.ts";
import { stableId, stableNumber } from "./stable.ts";
import { frontView, SCENES, SECOND_VIEWS } from "./views.ts";
import { OPTION_LABELS, optionValueLabel } from "./words.ts";

interface Choice {
  colour: ColourKey | undefined;
  axisValue: string | undefined;
  extraCents: number;
}

/** The full product that an entry on a shelf stands for: same entry, same ids, SKUs, stock and prices. */
export function buildProduct(entry: ProductEntry, shelf: Shelf): DemoProduct {
  const createdAt = `${entry.since}T08:00:00.000Z`;
  const pictures = picturesOf(entry, shelf);
  return {
    id: stableId(`product/${entry.slug}`, createdAt),
    slug: entry.slug,
    name: localText(entry.name),
    description: localText(entry.text),
    brand: BRANDS[entry.brand].name,
    categorySlugs: [shelf.category, ...(entry.also ?? [])],
    images: pictures.map((picture) => imageOf(entry, picture)),
    options: optionsOf(entry),
    attributes: attributesOf(entry),
    variants: choicesOf(entry).map((choice) => variantOf(entry, choice, pictures)),
    rating: { average: entry.rating[0], count: entry.rating[1] },
    createdAt,
    weightGrams: entry.grams,
  };
}

function imageOf(entry: ProductEntry, picture: Picture): DemoImage {
  const base = `/media/products/${entry.slug}/${picture.number}`;
  const name = localText(entry.name);
  const alt =
    picture.view === "front"
      ? frontView(name, entry.colours.length > 1 ? PALETTE[picture.colour] : undefined)
      : { ...SECOND_VIEWS, ...SCENES }[picture.view](name);
  return { url: `${base}-1200.webp`, thumbnailUrl: `${base}-480.webp`, alt, width: 1200, height: 1200 };
}

function optionsOf({ colours, axis }: ProductEntry): DemoOption[] {
  const options: DemoOption[] = [];
  if (colours.length > 1) {
    const values = colours.map((value) => {
      const { en, de, hex } = PALETTE[value];
      return { value, label: { en, de }, swatch: hex };
    });
    options.push({ name: "colour", label: OPTION_LABELS.colour, values });
  }
  if (axis) {
    const values = Object.keys(axis.values).map((value) => ({ value, label: optionValueLabel(value) }));
    options.push({ name: axis.name, label: OPTION_LABELS[axis.name], values });
  }
  return options;
}

function attributesOf(entry: ProductEntry): DemoProduct["attributes"] {
  const families = new Set(entry.colours.map((colour) => PALETTE[colour].family));
  const attributes: DemoProduct["attributes"] = { material: entry.material, colour: [...families] };
  if (entry.room) attributes.room = entry.room;
  if (entry.feature) attributes.feature = entry.feature;
  return attributes;
}

function choicesOf({ colours, axis }: ProductEntry): Choice[] {
  const chosen = colours.length > 1 ? colours : [undefined];
  const values = axis ? Object.entries(axis.values) : [[undefined, 0] as const];
  return chosen.flatMap((colour) => values.map(([axisValue, extraCents]) => ({ colour, axisValue, extraCents })));
}

function variantOf(entry: ProductEntry, choice: Choice, pictures: Picture[]): DemoVariant {
  const chosen = [choice.colour, choice.axisValue].filter((value) => value !== undefined);
  const sku = [BRANDS[entry.brand].code, entry.slug, ...chosen].join("-").toUpperCase().replaceAll(".", "-");
  const options: Record<string, string> = {};
  if (choice.colour) options.colour = choice.colour;
  if (entry.axis && choice.axisValue) options[entry.axis.name] = choice.axisValue;
  const shown = pictures.findIndex(({ view, colour }) => view === "front" && colour === choice.colour);
  return {
    sku,
    options,
    prices: priceLadder(entry.eur + choice.extraCents, entry.was && entry.was + choice.extraCents),
    stock: stockOf(entry, choice, sku),
    image: Math.max(0, shown),
  };
}

/** What the entry says, most exact first; otherwise 5 to 84 units that follow from the SKU. */
function stockOf({ stock = {} }: ProductEntry, { colour, axisValue }: Choice, sku: string): number {
  const said = stock[`${colour}/${axisValue}`] ?? stock[colour ?? ""] ?? stock[axisValue ?? ""] ?? stock.all;
  return said ?? 5 + (stableNumber(sku) % 80);
}
