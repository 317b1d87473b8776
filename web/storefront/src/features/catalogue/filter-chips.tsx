import { FACET_FIELDS, type ProductPage } from "@tradepost/contracts/product";
import { Icon } from "@tradepost/ui/icon";
import { useFormat, useMarket, useMessages } from "../../app/market.tsx";
import { clearFilters, type Narrowing, toggleFacet, without } from "./narrowing.ts";
import type { Narrowed } from "./use-narrowing.ts";

/** Every filter that is on, each with a way to take it off. */
export function FilterChips({ page, narrowing, narrow }: Narrowed & { page: ProductPage | undefined }) {
  const { listing: words } = useMessages();
  const chips = useChips(narrowing, page);
  if (chips.length === 0) return null;
  return (
    <ul className="flex flex-wrap items-center gap-2" aria-label={words.active}>
      {chips.map(({ label, next }) => (
        <li key={label}>
          <button
            type="button"
            aria-label={words.remove(label)}
            onClick={() => narrow(next)}
            className="inline-flex min-h-9 items-center gap-2 rounded-full bg-accent-soft py-1 ps-4 pe-3 font-medium text-accent-strong text-sm hover:bg-sunken"
          >
            {label}
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          className="underlined min-h-9 px-2 font-medium text-sm"
          onClick={() => narrow(clearFilters(narrowing))}
        >
          {words.clear}
        </button>
      </li>
    </ul>
  );
}

function useChips(narrowing: Narrowing, page: ProductPage | undefined): { label: string; next: Narrowing }[] {
  const { listing: words } = useMessages();
  const { currency } = useMarket();
  const { money } = useFormat();
  const { minPrice, maxPrice, minRating, inStock } = narrowing;
  const chips = FACET_FIELDS.flatMap((field) =>
    (narrowing.facets[field] ?? []).map((value) => {
      const known = page?.facets.find((facet) => facet.field === field)?.values.find((one) => one.value === value);
      return { label: known?.label ?? value, next: toggleFacet(narrowing, field, value) };
    }),
  );
  if (inStock) chips.push({ label: words.inStock, next: without(narrowing, "inStock") });
  if (minPrice !== undefined) {
    chips.push({ label: words.priceFrom(money({ amount: minPrice, currency })), next: without(narrowing, "minPrice") });
  }
  if (maxPrice !== undefined) {
    chips.push({ label: words.priceUpTo(money({ amount: maxPrice, currency })), next: without(narrowing, "maxPrice") });
  }
  if (minRating !== undefined) {
    chips.push({ label: words.ratingFrom(minRating), next: without(narrowing, "minRating") });
  }
  return chips;
}
