import type { ProductSummary } from "@tradepost/contracts/product";
import { classNames } from "@tradepost/ui/class-names";
import { ProductCard, ProductCardSkeleton } from "./product-card.tsx";

const EAGER = 4;

/** Products in a grid; skeletons of the same size while they are on their way. */
export function ProductGrid({
  products,
  expected = 8,
  eager = false,
  className,
}: {
  products: ProductSummary[] | undefined;
  expected?: number;
  eager?: boolean;
  className?: string;
}) {
  return (
    <ul
      aria-busy={products === undefined}
      className={classNames("grid grid-cols-2 gap-x-4 gap-y-9 md:gap-x-6", className ?? "md:grid-cols-4")}
    >
      {products
        ? products.map((product, index) => (
            <li key={product.id}>
              <ProductCard product={product} eager={eager && index < EAGER} />
            </li>
          ))
        : Array.from({ length: expected }, (_, index) => (
            <li key={index}>
              <ProductCardSkeleton />
            </li>
          ))}
    </ul>
  );
}
