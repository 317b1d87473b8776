import { useQuery } from "@tanstack/react-query";
import type { Category } from "@tradepost/contracts/product";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useMarket, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { categoriesOptions } from "./catalogue-queries.ts";

/** The top categories as pictures; the first two are shown large. */
export function Collections() {
  const { home } = useMessages();
  const { data } = useQuery(categoriesOptions(useMarket()));
  const tops = data?.filter((category) => category.parentId === null);
  return (
    <section className="shell pt-16 md:pt-24" aria-labelledby="collections">
      <h2 id="collections" className="mb-6 font-display text-display-m md:mb-8">
        {home.collections}
      </h2>
      <ul className="grid grid-cols-2 gap-3 md:grid-cols-6 md:gap-5">
        {tops
          ? tops.map((category, index) => (
              <li key={category.id} className={spanOf(index, tops.length)}>
                <CollectionCard category={category} eager={index < 2} />
              </li>
            ))
          : [0, 1, 2, 3, 4, 5, 6, 7].map((index) => (
              <li key={index} className={spanOf(index, 8)}>
                <Skeleton className="h-48 w-full rounded-lg md:h-64" />
              </li>
            ))}
      </ul>
    </section>
  );
}

/** Rows of two or three on wide screens, so that no row is left with a gap. */
function spanOf(index: number, count: number): string {
  const pairs = (3 - (count % 3)) % 3;
  return index < pairs * 2 ? "md:col-span-3" : "md:col-span-2";
}

function CollectionCard({ category, eager }: { category: Category; eager: boolean }) {
  const { listing } = useMessages();
  return (
    <article className="group relative h-48 overflow-hidden rounded-lg bg-sunken md:h-64">
      {category.image && (
        <img
          src={category.image.thumbnailUrl}
          srcSet={`${category.image.thumbnailUrl} 480w, ${category.image.url} 1200w`}
          sizes="(min-width: 768px) 33vw, 50vw"
          alt=""
          width={category.image.width}
          height={category.image.height}
          loading={eager ? "eager" : "lazy"}
          className="absolute inset-0 size-full object-cover transition-transform duration-700 ease-calm group-hover:scale-[1.03]"
        />
      )}
      <div className="absolute inset-x-2 bottom-2 rounded-md bg-paper px-4 py-3 md:inset-x-auto md:start-3 md:bottom-3">
        <h3 className="font-semibold leading-tight">
          <PageLink to={`/category/${category.slug}`} className="after:absolute after:-inset-y-64 after:inset-x-0">
            {category.name}
          </PageLink>
        </h3>
        <p className="text-ink-soft text-sm">{listing.count(category.productCount)}</p>
      </div>
    </article>
  );
}
