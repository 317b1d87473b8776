import { useQuery } from "@tanstack/react-query";
import { categoriesOptions } from "../features/catalogue/catalogue-queries.ts";
import { useMarket, useMessages } from "./market.tsx";
import { PageLink } from "./page-link.tsx";
import { usePageMeta } from "./page-meta.ts";

export function NotFoundPage() {
  const { failure, shop } = useMessages();
  const { data: categories = [] } = useQuery(categoriesOptions(useMarket()));
  usePageMeta(failure.notFoundTitle);
  const ways = [
    { to: "/", label: shop.home },
    { to: "/shop", label: shop.all },
    ...categories
      .filter((category) => category.parentId === null)
      .map(({ slug, name }) => ({ to: `/category/${slug}`, label: name })),
  ];
  return (
    <div className="shell flex flex-col items-start gap-5 py-16 md:py-24">
      <h1 className="text-balance font-display text-display-l">{failure.notFoundTitle}</h1>
      <p className="max-w-[55ch] text-ink-soft text-lg">{failure.notFound}</p>
      <ul className="flex flex-wrap gap-2">
        {ways.map(({ to, label }) => (
          <li key={to}>
            <PageLink
              to={to}
              className="inline-flex min-h-11 items-center rounded-full border border-line-strong px-5 font-medium hover:border-ink"
            >
              {label}
            </PageLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
