import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { type Narrowing, narrowingFromUrl, narrowingToUrl } from "./narrowing.ts";

/** The address's narrowing, fixed to a category or a search text, and how to go to another one. */
export function useNarrowing(fixed: Pick<Narrowing, "category" | "q">) {
  const [search, setSearch] = useSearchParams();
  const { category, q } = fixed;
  const narrowing = useMemo<Narrowing>(
    () => ({ ...narrowingFromUrl(search), ...(category !== undefined && { category }), ...(q !== undefined && { q }) }),
    [search, category, q],
  );
  return { narrowing, narrow: (next: Narrowing) => setSearch(narrowingToUrl(next), { preventScrollReset: true }) };
}

export interface Narrowed {
  narrowing: Narrowing;
  narrow: (next: Narrowing) => void;
}
