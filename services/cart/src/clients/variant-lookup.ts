import type { Client } from "@tradepost/api-client/client";
import type { Locale } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";
import { lookUpVariants, type VariantDetails } from "@tradepost/contracts/product";

export interface Market {
  currency: Currency;
  locale: Locale;
}
export type LookUpVariants = (skus: readonly string[], market: Market) => Promise<Map<string, VariantDetails>>;

const MAX_REMEMBERED = 20_000;

/**
 * Names, prices and availability from the product service, remembered for `trustMs`: a cart promises nothing, the order
 * prices and reserves afresh. SKUs that are not sold are missing from the answer.
 */
export function createVariantLookup(product: Client, trustMs = 2_000, now: () => number = Date.now): LookUpVariants {
  const remembered = new Map<string, { variant: VariantDetails | null; untilMs: number }>();
  const keyOf = (sku: string, { currency, locale }: Market) => `${sku} ${currency} ${locale}`;

  const fetchVariants = async (skus: readonly string[], market: Market) => {
    const { items } = await product(lookUpVariants, { body: { skus: [...skus], ...market } });
    const bySku = new Map(items.map((variant) => [variant.sku, variant]));
    if (remembered.size > MAX_REMEMBERED) remembered.clear();
    const untilMs = now() + trustMs;
    for (const sku of skus) remembered.set(keyOf(sku, market), { variant: bySku.get(sku) ?? null, untilMs });
  };

  return async (skus, market) => {
    const unknown = skus.filter((sku) => (remembered.get(keyOf(sku, market))?.untilMs ?? 0) <= now());
    if (unknown.length > 0) await fetchVariants(unknown, market);
    return new Map(
      skus.flatMap((sku) => {
        const variant = remembered.get(keyOf(sku, market))?.variant;
        return variant ? [[sku, variant] as const] : [];
      }),
    );
  };
}
