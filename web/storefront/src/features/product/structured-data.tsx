import { minorDigits } from "@tradepost/contracts/money";
import type { Product } from "@tradepost/contracts/product";

/** What search engines read about a product (schema.org, JSON-LD). A data block: the page's CSP does not forbid it. */
export function StructuredData({ product }: { product: Product }) {
  return <script type="application/ld+json">{JSON.stringify(productData(product, location.origin))}</script>;
}

export function productData(product: Product, origin: string): object {
  const url = `${origin}/product/${product.slug}`;
  return {
    "@context": "https://schema.org",
    "@type": "Product",
    name: product.name,
    description: product.description,
    brand: { "@type": "Brand", name: product.brand },
    image: product.images.map((image) => new URL(image.url, origin).href),
    url,
    ...(product.rating &&
      product.rating.count > 0 && {
        aggregateRating: {
          "@type": "AggregateRating",
          ratingValue: product.rating.average,
          reviewCount: product.rating.count,
        },
      }),
    offers: product.variants.map(({ sku, price, available }) => ({
      "@type": "Offer",
      sku,
      url: `${url}?variant=${sku}`,
      price: (price.amount / 10 ** minorDigits(price.currency)).toFixed(minorDigits(price.currency)),
      priceCurrency: price.currency,
      availability: `https://schema.org/${available > 0 ? "InStock" : "OutOfStock"}`,
    })),
  };
}
