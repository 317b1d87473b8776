import { z } from "zod";
import { invalidRequest, noSuch } from "./errors.ts";
import { integer, text } from "./params.ts";

const range = z.strictObject({
  gt: integer.optional(),
  gte: integer.optional(),
  lt: integer.optional(),
  lte: integer.optional(),
});

/** Parameters that every list takes. */
export const paging = {
  limit: integer.optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
  created: z.union([range, integer]).optional(),
};

type Paging = {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
  created?: number | z.infer<typeof range> | undefined;
};

/** One page, newest first. `items` come oldest first, as the store keeps them. */
export function page<T extends { id: string; created: number }>(url: string, items: T[], params: Paging) {
  const limit = params.limit ?? 10;
  if (limit < 1 || limit > 100) {
    throw invalidRequest("This value must be between 1 and 100 (inclusive).", { param: "limit" });
  }
  const newestFirst = items.filter(({ created }) => matches(created, params.created)).reverse();
  const at = (id: string, param: string) => {
    const index = newestFirst.findIndex((item) => item.id === id);
    if (index < 0) throw noSuch("object", id, param);
    return index;
  };
  if (params.ending_before !== undefined) {
    const before = newestFirst.slice(0, at(params.ending_before, "ending_before"));
    return list(url, before.slice(-limit), before.length > limit);
  }
  const after = params.starting_after === undefined ? 0 : at(params.starting_after, "starting_after") + 1;
  const rest = newestFirst.slice(after);
  return list(url, rest.slice(0, limit), rest.length > limit);
}

export function list<T>(url: string, data: T[], hasMore = false) {
  return { object: "list" as const, data, has_more: hasMore, url };
}

function matches(created: number, wanted: Paging["created"]): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === "number") return created === wanted;
  const { gt, gte, lt, lte } = wanted;
  return (
    (gt === undefined || created > gt) &&
    (gte === undefined || created >= gte) &&
    (lt === undefined || created < lt) &&
    (lte === undefined || created <= lte)
  );
}
