import type { Country } from "@tradepost/contracts/address";
import type { Currency } from "@tradepost/contracts/money";
import type { Quote, QuoteLine } from "@tradepost/contracts/order";
import type { StockLine, StockShortage, VariantDetails } from "@tradepost/contracts/product";
import type { Sql } from "@tradepost/postgres/sql";
import { AppError } from "@tradepost/service-runtime/app-error";
import { type Caller, cartEmpty } from "../domain/caller.ts";
import { buildQuote, priceLine } from "../domain/quote.ts";
import { homeCountry } from "../domain/shipping.ts";
import { findPromotions } from "../storage/promotion-repository.ts";

export interface ResolvedCart {
  id: string;
  lines: StockLine[];
}

export interface CreateQuoteDeps {
  sql: Sql;
  /** Null when the caller's cart does not exist (any more). */
  resolveCart: (caller: { userId: string | null; guestCartId: string | undefined }) => Promise<ResolvedCart | null>;
  lookUpVariants: (
    skus: string[],
    market: { currency: Currency; locale: Caller["locale"] },
  ) => Promise<VariantDetails[]>;
  now: () => Date;
}

export interface QuoteRequest {
  currency: Currency;
  country?: Country | undefined;
  shippingOptionId?: string | undefined;
  promotionCodes?: readonly string[] | undefined;
}

/**
 * What the caller's cart costs today: the product service is the only source of prices. Throws 409 `cart.empty`,
 * `cart.expired` or `stock.insufficient` (for what is no longer sold) and 422 `promotion.unknown`.
 */
export const createQuote =
  ({ sql, resolveCart, lookUpVariants, now }: CreateQuoteDeps) =>
  async (caller: Caller, request: QuoteRequest): Promise<{ quote: Quote; cartId: string }> => {
    const cart = await resolveCart(caller);
    if (!cart && caller.guestCartId) throw new AppError(409, "cart.expired", "The cart has expired; fill it again");
    if (!cart || cart.lines.length === 0) throw cartEmpty();
    const market = { currency: request.currency, locale: caller.locale };
    const variants = await lookUpVariants(
      cart.lines.map(({ sku }) => sku),
      market,
    );
    const quote = buildQuote({
      ...market,
      lines: priceLines(cart.lines, variants),
      promotions: await promotionsFor(sql, request.promotionCodes ?? [], now()),
      country: request.country ?? homeCountry,
      shippingOptionId: request.shippingOptionId,
      today: now(),
    });
    return { quote, cartId: cart.id };
  };

function priceLines(lines: readonly StockLine[], variants: readonly VariantDetails[]): QuoteLine[] {
  const bySku = new Map(variants.map((variant) => [variant.sku, variant]));
  const gone = lines.filter(({ sku }) => !bySku.has(sku));
  if (gone.length > 0)
    throw stockInsufficient(gone.map(({ sku, quantity }) => ({ sku, requested: quantity, available: 0 })));
  return lines.flatMap(({ sku, quantity }) => {
    const variant = bySku.get(sku);
    return variant ? [priceLine(variant, quantity)] : [];
  });
}

async function promotionsFor(sql: Sql, codes: readonly string[], at: Date) {
  const promotions = await findPromotions(sql, codes, at);
  const known = new Set(promotions.map(({ code }) => code));
  const unknown = codes.findIndex((code) => !known.has(code.trim().toUpperCase()));
  if (unknown >= 0)
    throw new AppError(422, "promotion.unknown", "This code is not valid", {
      errors: [{ path: `promotionCodes.${unknown}`, message: "is not a valid code" }],
    });
  return promotions;
}

/** Names each line that cannot be had as asked, and what is left of it. */
export const stockInsufficient = (lines: readonly StockShortage[]) =>
  new AppError(409, "stock.insufficient", "Not everything in the cart is available as asked", { extra: { lines } });
