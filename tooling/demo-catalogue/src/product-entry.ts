import type { BrandKey } from "./brands.ts";
import type { Drawing } from "./drawing-kinds.ts";
import type { ColourKey } from "./palette.ts";
import type { Scene, SecondView } from "./views.ts";
import type { FeatureKey, MaterialKey, OPTION_LABELS, RoomKey } from "./words.ts";

/** A product as its author writes it; `build-product.ts` turns it into the full shape. */
export interface ProductEntry {
  slug: string;
  name: [en: string, de: string];
  brand: BrandKey;
  /** Two to six sentences in each language: what it is made of, how large, how to care for it. */
  text: [en: string, de: string];
  /** Price in euro cents with VAT; `was` is the price before a sale. */
  eur: number;
  was?: number;
  grams: number;
  material: MaterialKey[];
  room?: RoomKey[];
  feature?: FeatureKey[];
  /** The colours it comes in. One colour is a fact about it, several are a choice. */
  colours: ColourKey[];
  /** A second choice, each value with what it adds to the price in euro cents. */
  axis?: { name: Exclude<keyof typeof OPTION_LABELS, "colour">; values: Record<string, number> };
  /** Stock of certain variants, by colour, by axis value or by both (`ink/xl`); the rest follows from the SKU. */
  stock?: Record<string, number>;
  rating: [average: number, count: number];
  since: string;
  /** Further categories it is also found in. */
  also?: string[];
  /** What its pictures draw; no two products may differ in colour alone. */
  draw: Drawing;
  second?: SecondView;
  scene?: Scene;
}

/** The products of one category, with the views that most of them share. */
export interface Shelf {
  category: string;
  second: SecondView;
  scene: Scene;
  products: ProductEntry[];
}
