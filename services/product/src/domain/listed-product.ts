import type { FACET_FIELDS } from "@tradepost/contracts/product";
import type { CatalogueImage, CatalogueProduct, CatalogueVariant, LocalText } from "./catalogue.ts";

/** What of a product stays in memory: enough to find and list it. */
export interface ListedProduct
  extends Pick<
    CatalogueProduct,
    "id" | "slug" | "brand" | "name" | "categoryIds" | "rating" | "createdAt" | "updatedAt"
  > {
  image: CatalogueImage;
  swatches: string[];
  variants: Pick<CatalogueVariant, "sku" | "prices">[];
}

export type FacetField = (typeof FACET_FIELDS)[number];

export function toListed(product: CatalogueProduct): ListedProduct {
  const { id, slug, brand, name, categoryIds, rating, createdAt, updatedAt } = product;
  const [image] = product.images;
  if (!image || product.variants.length === 0) throw new Error(`product ${slug} needs an image and a variant`);
  return {
    id,
    slug,
    brand,
    name,
    categoryIds,
    rating,
    createdAt,
    updatedAt,
    image,
    swatches: product.options.flatMap(({ values }) => values.flatMap(({ swatch }) => swatch ?? [])),
    variants: product.variants.map(({ sku, prices }) => ({ sku, prices })),
  };
}

/** The values a product is found under: an attribute of that name, else what the option of that name can be. */
export function facetValues(product: CatalogueProduct, field: FacetField): { value: string; label: LocalText }[] {
  if (field === "brand") return [{ value: product.brand, label: { en: product.brand } }];
  const named = ({ name }: { name: string }) => name === field;
  return (product.attributes.find(named) ?? product.options.find(named))?.values ?? [];
}
