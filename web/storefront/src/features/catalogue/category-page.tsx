import { useQuery } from "@tanstack/react-query";
import type { Category } from "@tradepost/contracts/product";
import { Breadcrumbs } from "@tradepost/ui/breadcrumbs";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useParams } from "react-router";
import { useMarket, useMessages } from "../../app/market.tsx";
import { NotFoundPage } from "../../app/not-found-page.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { categoriesOptions } from "./catalogue-queries.ts";
import { categoryTrail } from "./category-tree.ts";
import { Listing } from "./listing.tsx";
import { useNarrowing } from "./use-narrowing.ts";

export default function CategoryPage() {
  const { slug = "" } = useParams();
  const { data: categories } = useQuery(categoriesOptions(useMarket()));
  const narrowed = useNarrowing({ category: slug });
  const category = categories?.find((one) => one.slug === slug);
  usePageMeta(category?.name, category?.description);
  if (categories && !category) return <NotFoundPage />;
  return (
    <div className="shell flex flex-col gap-6 py-6 md:gap-8 md:py-8">
      {category && categories ? <CategoryHead category={category} categories={categories} /> : <HeadSkeleton />}
      <Listing key={slug} {...narrowed} nothing={<EmptyCategory />} />
    </div>
  );
}

function CategoryHead({ category, categories }: { category: Category; categories: Category[] }) {
  const { shop, listing } = useMessages();
  const children = categories.filter((one) => one.parentId === category.id);
  const siblings = children.length > 0 ? children : categories.filter((one) => one.parentId === category.parentId);
  const trail = categoryTrail(categories, category.slug);
  return (
    <header className="flex flex-col gap-4">
      <Breadcrumbs
        label={shop.breadcrumbs}
        items={[
          { key: "/", content: <PageLink to="/">{shop.name}</PageLink> },
          ...trail.slice(0, -1).map((one) => ({
            key: one.slug,
            content: <PageLink to={`/category/${one.slug}`}>{one.name}</PageLink>,
          })),
          { key: category.slug, content: <span aria-current="page">{category.name}</span> },
        ]}
      />
      <div>
        <h1 className="font-display text-display-m">{category.name}</h1>
        <p className="mt-2 max-w-[60ch] text-ink-soft md:text-lg">{category.description}</p>
      </div>
      <nav aria-label={listing.subcategories} className="-mx-4 overflow-x-auto px-4 pb-1 md:mx-0 md:px-0">
        <ul className="flex gap-2 md:flex-wrap">
          {siblings.map((one) => (
            <li key={one.id}>
              <PageLink
                to={`/category/${one.slug}`}
                className="inline-flex min-h-10 items-center whitespace-nowrap rounded-full border border-line-strong px-4 font-medium text-sm transition-colors hover:border-ink aria-[current=page]:border-accent aria-[current=page]:bg-accent aria-[current=page]:text-on-accent"
              >
                {one.name}
              </PageLink>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

const HeadSkeleton = () => (
  <div className="flex flex-col gap-4">
    <Skeleton className="h-5 w-40" />
    <Skeleton className="h-12 w-64" />
    <Skeleton className="h-6 w-full max-w-lg" />
    <Skeleton className="h-10 w-full max-w-2xl" />
  </div>
);

function EmptyCategory() {
  const { listing } = useMessages();
  return <p className="rounded-lg bg-sunken p-8">{listing.emptyCategory}</p>;
}
