import type { suggest as contract } from "@tradepost/contracts/product";
import type { RouteOutput } from "@tradepost/contracts/route";
import { textIn } from "../domain/catalogue.ts";
import { type Market, summarise } from "../domain/summary.ts";
import { fold } from "../search/words.ts";
import type { CatalogueView } from "./follow-catalogue.ts";

const PRODUCTS = 6;
const CATEGORIES = 4;
const QUERIES = 5;

/** What fits what has been typed so far. */
export const suggest =
  ({ view }: { view: CatalogueView }) =>
  (q: string, market: Market): RouteOutput<typeof contract> => {
    const index = view.index();
    const products = index.mostRelevant(q, market, PRODUCTS).map(({ product, available }) => {
      const { slug, name, image, price } = summarise(product, available, market);
      return { slug, name, image, price };
    });
    const typed = fold(q);
    const categories = view
      .categories()
      .all.filter(({ name }) =>
        fold(textIn(name, market.locale))
          .split(/[^\p{L}\p{N}]+/u)
          .some((word) => word.startsWith(typed)),
      )
      .slice(0, CATEGORIES)
      .map(({ slug, name }) => ({ slug, name: textIn(name, market.locale) }));
    return { products, categories, queries: index.completions(q, market, QUERIES) };
  };
