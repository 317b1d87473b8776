import { FACET_FIELDS, type Facet, type ProductPage } from "@tradepost/contracts/product";
import { Checkbox } from "@tradepost/ui/choice";
import { Icon } from "@tradepost/ui/icon";
import { Skeleton } from "@tradepost/ui/skeleton";
import { type ReactNode, useState } from "react";
import { useMessages } from "../../app/market.tsx";
import { type FacetField, type Narrowing, toggleFacet, without } from "./narrowing.ts";
import { PriceFilter } from "./price-filter.tsx";
import type { Narrowed } from "./use-narrowing.ts";

const RATINGS = [4, 3];
const SHOWN_VALUES = 7;

/** All filters of a list. Each change takes effect at once. */
export function Filters({ page, narrowing, narrow }: Narrowed & { page: ProductPage | undefined }) {
  const { listing: words } = useMessages();
  if (!page) return <Skeleton className="h-96 w-full" />;
  return (
    <div className="flex flex-col">
      <Group title={words.availability}>
        <Checkbox
          checked={narrowing.inStock ?? false}
          onChange={(event) =>
            narrow(event.target.checked ? { ...narrowing, inStock: true } : without(narrowing, "inStock"))
          }
        >
          {words.inStock}
        </Checkbox>
      </Group>
      {FACET_FIELDS.map((field) => {
        const facet = page.facets.find((one) => one.field === field);
        return facet && facet.values.length > 0 ? (
          <FacetGroup key={field} field={field} facet={facet} narrowing={narrowing} narrow={narrow} />
        ) : null;
      })}
      <Group title={words.price}>
        <PriceFilter page={page} narrowing={narrowing} narrow={narrow} />
      </Group>
      <Group title={words.rating}>
        <RatingFilter narrowing={narrowing} narrow={narrow} />
      </Group>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details open className="group border-line border-b py-4 first:pt-0">
      <summary className="flex min-h-9 list-none items-center justify-between font-semibold">
        {title}
        <span className="transition-transform group-open:rotate-180">
          <Icon name="down" size={16} />
        </span>
      </summary>
      <div className="pt-1">{children}</div>
    </details>
  );
}

function FacetGroup({ field, facet, narrowing, narrow }: Narrowed & { field: FacetField; facet: Facet }) {
  const { listing: words } = useMessages();
  const [showAll, setShowAll] = useState(false);
  const chosen = narrowing.facets[field] ?? [];
  const values = facet.values.filter(({ value }, index) => showAll || index < SHOWN_VALUES || chosen.includes(value));
  return (
    <Group title={words.fields[field]}>
      <ul>
        {values.map(({ value, label, count }) => (
          <li key={value}>
            <Checkbox
              checked={chosen.includes(value)}
              onChange={() => narrow(toggleFacet(narrowing, field, value))}
              className={count === 0 && !chosen.includes(value) ? "text-ink-soft" : ""}
            >
              <span className="min-w-0 flex-1">{label}</span>
              <span className="text-ink-soft text-sm tabular-nums">{count}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
      {values.length < facet.values.length && (
        <button type="button" className="underlined min-h-9 font-medium text-sm" onClick={() => setShowAll(true)}>
          {words.more}
          <span className="sr-only">: {words.fields[field]}</span>
        </button>
      )}
    </Group>
  );
}

function RatingFilter({ narrowing, narrow }: Narrowed) {
  const { listing: words } = useMessages();
  const choices: { stars?: number; next: Narrowing }[] = [
    { next: without(narrowing, "minRating") },
    ...RATINGS.map((stars) => ({ stars, next: { ...narrowing, minRating: stars } })),
  ];
  return (
    <fieldset>
      <legend className="sr-only">{words.rating}</legend>
      {choices.map(({ stars, next }) => (
        <label key={stars ?? "any"} className="flex min-h-9 items-center gap-3">
          <input
            type="radio"
            className="size-5 accent-accent"
            checked={narrowing.minRating === stars}
            onChange={() => narrow(next)}
          />
          {stars === undefined ? words.anyRating : words.ratingFrom(stars)}
        </label>
      ))}
    </fieldset>
  );
}
