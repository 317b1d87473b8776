import type { Picture } from "../picture-list.ts";
import type { ProductEntry, Shelf } from "../product-entry.ts";
import { SECOND_VIEWS } from "../views.ts";
import { paperOf } from "./backdrop.ts";
import { hexOf } from "./colour.ts";
import { measuresIn } from "./measures.ts";
import { drawScene } from "./scenes.ts";
import { svgDocument } from "./svg.ts";
import { drawView, type Subject } from "./views.ts";

/** One picture of a product as SVG, 1000 × 1000 units. The same words give the same drawing on every machine. */
export function pictureSvg(entry: ProductEntry, shelf: Shelf, { view, colour }: Picture): string {
  const subject: Subject = {
    drawing: entry.draw,
    hex: hexOf(colour),
    hexes: entry.colours.map(hexOf),
    paper: paperOf(shelf.category),
    measures: measuresIn(entry.text[0]),
  };
  const art = isStudioView(view) ? drawView(view, subject) : drawScene(view, subject);
  return svgDocument(art, 1000, 1000);
}

const isStudioView = (view: Picture["view"]): view is "front" | keyof typeof SECOND_VIEWS =>
  view === "front" || view in SECOND_VIEWS;
