import type { CatalogueCategory, CatalogueOption, CatalogueProduct, LocalText } from "./catalogue.ts";
import type { CatalogueFile, FileCategory, FileProduct } from "./catalogue-file.ts";

/** When something was last changed is for the database to say. */
type New<T> = Omit<T, "updatedAt">;

export interface Catalogue {
  categories: New<CatalogueCategory>[];
  products: New<CatalogueProduct>[];
  /** What each SKU starts with. */
  stock: { sku: string; onHand: number }[];
}

/** The file's catalogue with its references resolved. Throws `Error` that names a reference to nothing. */
export function readCatalogue({ categories, products, attributeLabels }: CatalogueFile): Catalogue {
  const idBySlug = new Map(categories.map(({ slug, id }) => [slug, id]));
  const categoryId = (slug: string, owner: string): string => {
    const id = idBySlug.get(slug);
    if (id === undefined) throw new Error(`${owner}: there is no category ${slug}`);
    return id;
  };
  return {
    categories: categories.map((category) => toCategory(category, categoryId)),
    products: products.map((product) => toProduct(product, categoryId, attributeLabels)),
    stock: products.flatMap(({ variants }) => variants.map(({ sku, stock }) => ({ sku, onHand: stock }))),
  };
}

type CategoryId = (slug: string, owner: string) => string;

const toCategory = (
  { parentSlug, image, ...category }: FileCategory,
  categoryId: CategoryId,
): New<CatalogueCategory> => ({
  ...category,
  parentId: parentSlug === null ? null : categoryId(parentSlug, `category ${category.slug}`),
  image: image ?? null,
});

function toProduct(
  { categorySlugs, attributes, variants, createdAt, ...product }: FileProduct,
  categoryId: CategoryId,
  labels: CatalogueFile["attributeLabels"],
): New<CatalogueProduct> {
  return {
    ...product,
    categoryIds: categorySlugs.map((slug) => categoryId(slug, `product ${product.slug}`)),
    attributes: Object.entries(attributes).map(([name, values]) => ({
      name,
      label: labels[name]?.label ?? { en: name },
      values: values.map((value) => ({
        value,
        label: labels[name]?.values[value] ?? optionLabel(product.options, name, value) ?? { en: value },
      })),
    })),
    variants: variants.map(({ stock: _, ...variant }) => variant),
    createdAt: new Date(createdAt),
  };
}

const optionLabel = (options: readonly CatalogueOption[], name: string, value: string): LocalText | undefined =>
  options.find((option) => option.name === name)?.values.find((known) => known.value === value)?.label;
