import type { ProductSummary } from "@tradepost/contracts/product";
import { Badge } from "@tradepost/ui/badge";
import { Skeleton } from "@tradepost/ui/skeleton";
import { Stars } from "@tradepost/ui/stars";
import { useFormat, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { Price } from "../product/price.tsx";

/** One product in a list. The whole card leads to the product; its link carries the name. */
export function ProductCard({ product, eager = false }: { product: ProductSummary; eager?: boolean }) {
  const { product: words } = useMessages();
  const soldOut = product.available === 0;
  return (
    <article className="group relative flex h-full flex-col gap-3">
      <div className="relative overflow-hidden rounded-lg bg-sunken">
        <img
          src={product.image.thumbnailUrl}
          srcSet={`${product.image.thumbnailUrl} 480w, ${product.image.url} 1200w`}
          sizes="(min-width: 1280px) 290px, (min-width: 768px) 31vw, 46vw"
          alt={product.image.alt}
          width={480}
          height={480}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
          className="aspect-square w-full object-cover transition-transform duration-700 ease-calm group-hover:scale-[1.03]"
        />
        <div className="absolute start-3 top-3">
          {soldOut ? <Badge>{words.soldOut}</Badge> : product.compareAtPrice && <Badge tone="sale">{words.sale}</Badge>}
        </div>
      </div>
      <div className="flex flex-1 flex-col gap-1">
        <p className="text-ink-soft text-sm">{product.brand}</p>
        <h3 className="font-medium leading-snug">
          <PageLink
            to={`/product/${product.slug}`}
            className="after:absolute after:inset-0 after:rounded-lg group-hover:underline group-hover:underline-offset-4"
          >
            {product.name}
          </PageLink>
        </h3>
        <div className="mt-auto flex flex-wrap items-center justify-between gap-x-3 gap-y-1 pt-1">
          <Price price={product.price} compareAt={product.compareAtPrice} varies={product.priceVaries} />
          <CardRating product={product} />
        </div>
        <Swatches colours={product.swatches} />
      </div>
    </article>
  );
}

function CardRating({ product: { rating } }: { product: ProductSummary }) {
  const { product: words } = useMessages();
  const { number } = useFormat();
  if (!rating || rating.count === 0) return null;
  return (
    <span className="flex items-center gap-1.5 text-ink-soft text-sm">
      <Stars average={rating.average} label={words.rating(number(rating.average), rating.count)} size={13} />
      <span aria-hidden="true">{words.ratingShort(rating.count)}</span>
    </span>
  );
}

const SHOWN_SWATCHES = 5;

function Swatches({ colours }: { colours: string[] }) {
  const { product: words } = useMessages();
  if (colours.length < 2) return null;
  return (
    <span role="img" aria-label={words.colours(colours.length)} className="mt-1 flex items-center gap-1.5">
      {colours.slice(0, SHOWN_SWATCHES).map((colour) => (
        <span
          key={colour}
          className="size-3.5 rounded-full border border-line-strong"
          style={{ backgroundColor: colour }}
        />
      ))}
      {colours.length > SHOWN_SWATCHES && (
        <span className="text-ink-soft text-2xs">+{colours.length - SHOWN_SWATCHES}</span>
      )}
    </span>
  );
}

export const ProductCardSkeleton = () => (
  <div className="flex flex-col gap-3">
    <Skeleton className="aspect-square w-full rounded-lg" />
    <Skeleton className="h-4 w-1/3" />
    <Skeleton className="h-5 w-4/5" />
    <Skeleton className="h-5 w-1/4" />
  </div>
);
