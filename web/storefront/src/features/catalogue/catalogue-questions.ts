import { getProduct, listCategories, listProducts, type ProductSort } from "@tradepost/contracts/product";
import type { Market } from "../../app/market-choice.ts";
import type { Narrowing } from "./narrowing.ts";

const PAGE_SIZE = 24;
const SHELF_SIZE = 8;

/** What the catalogue's pages ask the server: stated once, for asking early and for asking again. */
export const askCategories = () => ({ route: listCategories, input: {} }) as const;

export const askProducts = ({ currency }: Market, { facets, inStock, ...rest }: Narrowing, cursor?: string) => {
  const query = { ...rest, ...facets, inStock: inStock ? "true" : undefined, currency, limit: PAGE_SIZE, cursor };
  return { route: listProducts, input: { query } } as const;
};

/** A handful of products in one order, as the start page shows them. */
export const askShelf = ({ currency }: Market, sort: ProductSort) =>
  ({ route: listProducts, input: { query: { currency, sort, limit: SHELF_SIZE, inStock: "true" } } }) as const;

export const askProduct = ({ currency }: Market, slug: string) =>
  ({ route: getProduct, input: { params: { slug }, query: { currency } } }) as const;
