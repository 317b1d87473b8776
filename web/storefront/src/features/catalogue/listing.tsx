import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@tradepost/ui/button";
import { classNames } from "@tradepost/ui/class-names";
import type { ReactNode } from "react";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMarket, useMessages } from "../../app/market.tsx";
import { productListOptions } from "./catalogue-queries.ts";
import { FilterChips } from "./filter-chips.tsx";
import { FilterSheet } from "./filter-sheet.tsx";
import { Filters } from "./filters.tsx";
import { clearFilters, countFilters } from "./narrowing.ts";
import { ProductGrid } from "./product-grid.tsx";
import { SortSelect } from "./sort-select.tsx";
import type { Narrowed } from "./use-narrowing.ts";

/** A list of products with filters beside it (in a sheet on small screens), an order and more pages. */
export function Listing({ narrowing, narrow, nothing }: Narrowed & { nothing?: ReactNode }) {
  const { listing: words, search } = useMessages();
  const list = useInfiniteQuery(productListOptions(useMarket(), narrowing));
  const first = list.data?.pages[0];
  const products = list.data?.pages.flatMap((page) => page.items);
  if (list.error) return <FailureNotice error={list.error} onRetry={list.refetch} />;
  if (first?.total === 0 && countFilters(narrowing) === 0) return nothing;

  return (
    <div className="gap-10 lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <aside className="hidden lg:block" aria-label={words.filters}>
        <Filters page={first} narrowing={narrowing} narrow={narrow} />
      </aside>
      <div className="flex min-w-0 flex-col gap-5">
        {first?.correctedQuery && narrowing.q && (
          <p className="text-lg">{search.corrected(narrowing.q, first.correctedQuery)}</p>
        )}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 aria-live="polite" className="min-h-6 text-ink-soft">
            {first ? words.count(first.total) : words.loading}
          </h2>
          <div className="flex items-center gap-3 max-lg:w-full max-lg:justify-between">
            <FilterSheet page={first} narrowing={narrowing} narrow={narrow} />
            <SortSelect narrowing={narrowing} narrow={narrow} />
          </div>
        </div>
        <FilterChips page={first} narrowing={narrowing} narrow={narrow} />
        {first?.total === 0 ? (
          <div className="flex flex-col items-start gap-3 rounded-lg bg-sunken p-8">
            <h2 className="font-display text-display-s">{words.noneTitle}</h2>
            <p>{words.noneText}</p>
            <Button look="outline" onClick={() => narrow(clearFilters(narrowing))}>
              {words.clear}
            </Button>
          </div>
        ) : (
          <div className={classNames("transition-opacity", list.isPlaceholderData && "opacity-60")}>
            <ProductGrid products={products} expected={12} eager className="md:grid-cols-3 2xl:grid-cols-4" />
          </div>
        )}
        {first && products && first.total > 0 && (
          <div className="mt-6 flex flex-col items-center gap-3">
            <p className="text-ink-soft text-sm">{words.shown(products.length, first.total)}</p>
            {list.hasNextPage && (
              <Button look="outline" busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
                {words.loadMore}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
