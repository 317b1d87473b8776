import type { Country } from "@tradepost/contracts/address";
import type { Locale } from "@tradepost/contracts/market";
import type { Currency } from "@tradepost/contracts/money";
import type { Quote, QuoteLine } from "@tradepost/contracts/order";
import type { VariantDetails } from "@tradepost/contracts/product";
import { AppError } from "@tradepost/service-runtime/app-error";
import { discountsOn, type Promotion } from "./promotion.ts";
import { freeShippingFromCents, shippingOptions } from "./shipping.ts";
import { taxOn } from "./tax.ts";

export interface QuoteInput {
  lines: readonly QuoteLine[];
  promotions: readonly Promotion[];
  country: Country;
  currency: Currency;
  locale: Locale;
  shippingOptionId?: string | undefined;
  today: Date;
}

/**
 * What a cart costs, in integer minor units. Delivery is free by the value after discounts; tax is contained in goods
 * and delivery alike. Throws 422 `shipping.unavailable` for an option that does not exist in the country.
 */
export function buildQuote(input: QuoteInput): Quote {
  const { lines, currency, country } = input;
  const subtotalCents = lines.reduce((sum, line) => sum + line.lineTotal.amount, 0);
  const discounts = discountsOn(subtotalCents, input.promotions, input);
  const goodsCents = subtotalCents - discounts.reduce((sum, discount) => sum + discount.amount.amount, 0);
  const options = shippingOptions({ ...input, goodsCents });
  const option = options.find(({ id }) => id === (input.shippingOptionId ?? options[0]?.id));
  if (!option) throw new AppError(422, "shipping.unavailable", "This delivery option is not offered for the address");
  const grossCents = goodsCents + option.price.amount;
  const { taxCents, taxIncluded } = taxOn(grossCents, country);
  const money = (amount: number) => ({ amount, currency });
  const freeFromCents = freeShippingFromCents(country, currency);
  return {
    lines: [...lines],
    subtotal: money(subtotalCents),
    discounts,
    shippingOptions: options,
    shippingOptionId: option.id,
    shipping: option.price,
    tax: money(taxCents),
    taxIncluded,
    total: money(taxIncluded ? grossCents : grossCents + taxCents),
    freeShipping:
      freeFromCents === null
        ? null
        : { from: money(freeFromCents), remaining: money(Math.max(0, freeFromCents - goodsCents)) },
  };
}

/** A cart's line at today's price. */
export function priceLine(variant: VariantDetails, quantity: number): QuoteLine {
  const { sku, slug, name, optionsText, image, unitPrice } = variant;
  const lineTotal = { amount: unitPrice.amount * quantity, currency: unitPrice.currency };
  return { sku, slug, name, optionsText, image, unitPrice, quantity, lineTotal };
}
