import { ProductSort } from "@tradepost/contracts/product";
import { z } from "zod";
import type { SortKey } from "./sort-order.ts";

/** Where a page ended: the last item's sort key and id. The next page starts after them even if the item is gone. */
export interface Cursor {
  sort: ProductSort;
  key: SortKey;
  id: string;
}

const Encoded = z.tuple([ProductSort, z.union([z.number(), z.string()]), z.string()]);

export const encodeCursor = ({ sort, key, id }: Cursor): string =>
  Buffer.from(JSON.stringify([sort, key, id])).toString("base64url");

/** Undefined when it was not made by `encodeCursor`. */
export function decodeCursor(text: string): Cursor | undefined {
  try {
    const [sort, key, id] = Encoded.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { sort, key, id };
  } catch {
    return undefined;
  }
}
