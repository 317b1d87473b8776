import { startTransition, useMemo, useOptimistic } from "react";
import { useSearchParams } from "react-router";
import { type Narrowing, narrowingFromUrl, narrowingToUrl } from "./narrowing.ts";

export interface Narrowed {
  narrowing: Narrowing;
  narrow: (next: Narrowing) => void;
}

/**
 * The address's narrowing, fixed to a category or a search text, and how to go to another one. A change is shown at
 * once, so that a check box is checked when it is clicked and not when the address has changed.
 */
export function useNarrowing(fixed: Pick<Narrowing, "category" | "q">): Narrowed {
  const [search, setSearch] = useSearchParams();
  const { category, q } = fixed;
  const inAddress = useMemo<Narrowing>(
    () => ({ ...narrowingFromUrl(search), ...(category !== undefined && { category }), ...(q !== undefined && { q }) }),
    [search, category, q],
  );
  const [narrowing, showAtOnce] = useOptimistic(inAddress);
  const narrow = (next: Narrowing) =>
    startTransition(() => {
      showAtOnce(next);
      setSearch(narrowingToUrl(next), { preventScrollReset: true });
    });
  return { narrowing, narrow };
}
