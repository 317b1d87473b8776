import { Select } from "@tradepost/ui/field";
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
      <Select
        id={id}
        value={narrowing.sort ?? usual}
        onChange={(event) => {
          const { sort: _, ...rest } = narrowing;
          const sort = offered.find((one) => one === event.target.value);
          narrow(sort && sort !== usual ? { ...rest, sort } : rest);
        }}
        className="font-medium"
      >
        {offered.map((sort) => (
          <option key={sort} value={sort}>
            {words.sorts[sort]}
          </option>
        ))}
      </Select>
    </div>
  );
}
