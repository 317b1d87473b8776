import { useId } from "react";
import { useMessages } from "../../app/market.tsx";
import { SORTS } from "./narrowing.ts";
import type { Narrowed } from "./use-narrowing.ts";

/** The order of a list. "Best match" is offered only where there is something to match. */
export function SortSelect({ narrowing, narrow }: Narrowed) {
  const { listing: words } = useMessages();
  const id = useId();
  const usual = narrowing.q ? "relevance" : "newest";
  const offered = SORTS.filter((sort) => sort !== "relevance" || narrowing.q);
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-ink-soft text-sm max-sm:sr-only">
        {words.sort}
      </label>
      <select
        id={id}
        value={narrowing.sort ?? usual}
        onChange={(event) => {
          const { sort: _, ...rest } = narrowing;
          const sort = offered.find((one) => one === event.target.value);
          narrow(sort && sort !== usual ? { ...rest, sort } : rest);
        }}
        className="min-h-11 max-w-52 rounded-md border border-line-strong bg-surface px-3 font-medium"
      >
        {offered.map((sort) => (
          <option key={sort} value={sort}>
            {words.sorts[sort]}
          </option>
        ))}
      </select>
    </div>
  );
}
