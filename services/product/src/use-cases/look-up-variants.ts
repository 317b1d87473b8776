import type { VariantDetails } from "@tradepost/contracts/product";
import { type SoldProduct, toVariantDetails } from "../domain/product-page.ts";
import type { LocationStock } from "../domain/stock.ts";
import type { Market } from "../domain/summary.ts";

export interface LookUpDeps {
  productsOfSkus: (skus: readonly string[]) => Promise<SoldProduct[]>;
  stockOfSkus: (skus: readonly string[]) => Promise<LocationStock[]>;
}

/** Names, prices and availability straight from the database, in the order asked; unknown SKUs are left out. */
export const lookUpVariants =
  ({ productsOfSkus, stockOfSkus }: LookUpDeps) =>
  async (skus: readonly string[], market: Market): Promise<{ items: VariantDetails[] }> => {
    const wanted = [...new Set(skus)];
    const [products, stock] = await Promise.all([productsOfSkus(wanted), stockOfSkus(wanted)]);
    const available = new Map<string, number>();
    for (const level of stock) available.set(level.sku, (available.get(level.sku) ?? 0) + level.available);
    const known = new Map(
      products.flatMap((product) => product.variants.map((variant) => [variant.sku, { product, variant }] as const)),
    );
    const items = wanted.flatMap((sku) => {
      const found = known.get(sku);
      return found ? [toVariantDetails(found.product, found.variant, available.get(sku) ?? 0, market)] : [];
    });
    return { items };
  };
