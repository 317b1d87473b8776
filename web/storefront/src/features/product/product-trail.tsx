import { useQuery } from "@tanstack/react-query";
import type { Product } from "@tradepost/contracts/product";
import { Breadcrumbs } from "@tradepost/ui/breadcrumbs";
import { useMarket, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { categoriesOptions } from "../catalogue/catalogue-queries.ts";
import { deepestCategory } from "../catalogue/category-tree.ts";

/** The breadcrumbs of a product, through the deepest of its categories. */
export function ProductTrail({ product }: { product: Product }) {
  const { shop } = useMessages();
  const { data: categories = [] } = useQuery(categoriesOptions(useMarket()));
  const trail = deepestCategory(
    categories,
    product.categories.map(({ slug }) => slug),
  );
  const shown = trail.length > 0 ? trail : product.categories.slice(0, 1);
  return (
    <Breadcrumbs
      label={shop.breadcrumbs}
      items={[
        { key: "/", content: <PageLink to="/">{shop.name}</PageLink> },
        ...shown.map(({ slug, name }) => ({
          key: slug,
          content: <PageLink to={`/category/${slug}`}>{name}</PageLink>,
        })),
        {
          key: product.slug,
          content: <span aria-current="page">{product.name}</span>,
          wideOnly: true,
        },
      ]}
    />
  );
}
