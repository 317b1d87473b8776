import type { ColourKey } from "./palette.ts";
import type { ProductEntry, Shelf } from "./product-entry.ts";
import type { Scene, SecondView } from "./views.ts";

/** One picture of a product: which look at it, in which colour, as the how-manieth file. */
export interface Picture {
  number: number;
  view: "front" | SecondView | Scene;
  colour: ColourKey;
}

/** The pictures of a product in the gallery's order: front, second look, in use, then the front of each further colour. */
export function picturesOf(entry: ProductEntry, shelf: Shelf): Picture[] {
  const [first, ...others] = entry.colours;
  if (!first) throw new Error(`${entry.slug} has no colour`);
  const views: Omit<Picture, "number">[] = [
    { view: "front", colour: first },
    { view: entry.second ?? shelf.second, colour: first },
    { view: entry.scene ?? shelf.scene, colour: first },
    ...others.map((colour) => ({ view: "front" as const, colour })),
  ];
  return views.map((view, index) => ({ number: index + 1, ...view }));
}
