import { useQuery } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import type { Product } from "@tradepost/contracts/product";
import { Skeleton } from "@tradepost/ui/skeleton";
import { startTransition, useOptimistic } from "react";
import { useParams, useSearchParams } from "react-router";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMarket, useMessages } from "../../app/market.tsx";
import { NotFoundPage } from "../../app/not-found-page.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { ProductGrid } from "../catalogue/product-grid.tsx";
import { BuyBox } from "./buy-box.tsx";
import { Gallery } from "./gallery.tsx";
import { ProductFacts } from "./product-facts.tsx";
import { productOptions } from "./product-query.ts";
import { ProductTrail } from "./product-trail.tsx";
import { StructuredData } from "./structured-data.tsx";
import { initialVariant } from "./variant-choice.ts";

export default function ProductPage() {
  const { slug = "" } = useParams();
  const { data, error, refetch } = useQuery(productOptions(useMarket(), slug));
  usePageMeta(data?.name, data?.description);
  if (error instanceof CallFailed && error.status === 404) return <NotFoundPage />;
  return (
    <div className="shell flex flex-col gap-5 py-6 md:py-8">
      {data ? (
        <ProductView key={slug} product={data} />
      ) : error ? (
        <FailureNotice error={error} onRetry={refetch} />
      ) : (
        <ProductSkeleton />
      )}
    </div>
  );
}

function ProductView({ product }: { product: Product }) {
  const { product: words } = useMessages();
  const [search, setSearch] = useSearchParams();
  const [sku, showAtOnce] = useOptimistic(search.get("variant"));
  const variant = initialVariant(product, sku);
  const choose = (chosen: string) =>
    startTransition(() => {
      showAtOnce(chosen);
      setSearch({ variant: chosen }, { replace: true, preventScrollReset: true });
    });
  return (
    <>
      <ProductTrail product={product} />
      <div className="grid gap-8 md:grid-cols-2 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:gap-14">
        <Gallery images={product.images} current={variant?.image ?? 0} />
        <div className="flex flex-col gap-8 md:sticky md:top-36 md:self-start">
          <BuyBox product={product} variant={variant} onChoose={choose} />
          <ProductFacts product={product} sku={variant?.sku} />
        </div>
      </div>
      {product.related.length > 0 && (
        <section aria-labelledby="related" className="pt-12 md:pt-20">
          <h2 id="related" className="mb-6 font-display text-display-m">
            {words.related}
          </h2>
          <ProductGrid products={product.related.slice(0, 4)} />
        </section>
      )}
      <StructuredData product={product} />
    </>
  );
}

const ProductSkeleton = () => (
  <>
    <Skeleton className="h-5 w-56" />
    <div className="grid gap-8 md:grid-cols-2 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:gap-14">
      <Skeleton className="aspect-square w-full rounded-lg" />
      <div className="flex flex-col gap-4">
        <Skeleton className="h-5 w-28" />
        <Skeleton className="h-12 w-3/4" />
        <Skeleton className="h-8 w-32" />
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-13 w-full" />
      </div>
    </div>
  </>
);
