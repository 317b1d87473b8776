import { minorDigits } from "@tradepost/contracts/money";
import type { ProductPage } from "@tradepost/contracts/product";
import { TextField } from "@tradepost/ui/field";
import { type FormEvent, useState } from "react";
import { useMarket, useMessages } from "../../app/market.tsx";
import { without } from "./narrowing.ts";
import type { Narrowed } from "./use-narrowing.ts";

/** From and up to, in whole units of the currency; takes effect on Enter or when a field is left. */
export function PriceFilter({ page, narrowing, narrow }: Narrowed & { page: ProductPage }) {
  const { listing: words } = useMessages();
  const { currency } = useMarket();
  const unit = 10 ** minorDigits(currency);
  const typedOf = (amount: number | undefined) => (amount === undefined ? "" : String(amount / unit));
  const [from, setFrom] = useState(typedOf(narrowing.minPrice));
  const [to, setTo] = useState(typedOf(narrowing.maxPrice));
  // Set here and not by a key: the field that has just got the focus must stay.
  const inForce = `${narrowing.minPrice}-${narrowing.maxPrice}`;
  const [shown, setShown] = useState(inForce);
  if (inForce !== shown) {
    setShown(inForce);
    setFrom(typedOf(narrowing.minPrice));
    setTo(typedOf(narrowing.maxPrice));
  }

  const apply = (event?: FormEvent) => {
    event?.preventDefault();
    const [minPrice, maxPrice] = [amountOf(from, unit), amountOf(to, unit)];
    if (minPrice === narrowing.minPrice && maxPrice === narrowing.maxPrice) return;
    narrow({
      ...without(narrowing, "minPrice", "maxPrice"),
      ...(minPrice !== undefined && { minPrice }),
      ...(maxPrice !== undefined && { maxPrice }),
    });
  };
  const bounds = page.priceRange;
  return (
    <form onSubmit={apply} className="grid grid-cols-2 gap-3 pt-1">
      <TextField
        label={words.minPrice}
        note={currency}
        inputMode="numeric"
        value={from}
        placeholder={bounds ? String(Math.floor(bounds.min.amount / unit)) : ""}
        onChange={(event) => setFrom(event.target.value)}
        onBlur={() => apply()}
      />
      <TextField
        label={words.maxPrice}
        note={currency}
        inputMode="numeric"
        value={to}
        placeholder={bounds ? String(Math.ceil(bounds.max.amount / unit)) : ""}
        onChange={(event) => setTo(event.target.value)}
        onBlur={() => apply()}
      />
      <button type="submit" className="sr-only" tabIndex={-1}>
        {words.price}
      </button>
    </form>
  );
}

/** Typed text in whole units as minor units; a decimal comma is understood, nonsense is no bound. */
export function amountOf(typed: string, unit: number): number | undefined {
  const number = Number(typed.trim().replace(",", "."));
  return typed.trim() === "" || !Number.isFinite(number) || number < 0 ? undefined : Math.round(number * unit);
}
