import { MAX_LINE_QUANTITY } from "@tradepost/contracts/cart";
import type { Product, Variant } from "@tradepost/contracts/product";
import { Button } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { QuantityStepper } from "@tradepost/ui/quantity-stepper";
import { Stars } from "@tradepost/ui/stars";
import { useState } from "react";
import { failureText } from "../../app/failure-notice.tsx";
import { useFormat, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { useAddToCart } from "../cart/use-cart-changes.ts";
import { OptionPicker } from "./option-picker.tsx";
import { Price } from "./price.tsx";
import { StockLine } from "./stock-line.tsx";

interface BuyBoxProps {
  product: Product;
  variant: Variant | undefined;
  onChoose: (sku: string) => void;
}

/** What a product is called and costs, its variants, and the way into the cart. */
export function BuyBox({ product, variant, onChoose }: BuyBoxProps) {
  return (
    <section className="flex flex-col gap-6" aria-label={product.name}>
      <header className="flex flex-col gap-2">
        <PageLink
          to={`/shop?${new URLSearchParams({ brand: product.brand })}`}
          className="eyebrow self-start hover:underline"
        >
          {product.brand}
        </PageLink>
        <h1 className="text-balance font-display text-display-m">{product.name}</h1>
        <ProductRating product={product} />
      </header>
      {variant && (
        <>
          <Price price={variant.price} compareAt={variant.compareAtPrice} large />
          {product.options.map((option) => (
            <OptionPicker key={option.name} {...{ product, option, variant, onChoose }} />
          ))}
          <AddToCart key={variant.sku} product={product} variant={variant} />
        </>
      )}
    </section>
  );
}

function ProductRating({ product: { rating } }: { product: Product }) {
  const { product: words } = useMessages();
  const { number } = useFormat();
  if (!rating || rating.count === 0) return null;
  return (
    <p className="flex items-center gap-2 text-ink-soft text-sm">
      <Stars average={rating.average} label={words.rating(number(rating.average), rating.count)} />
      <span aria-hidden="true">
        {number(rating.average)} {words.ratingShort(rating.count)}
      </span>
    </p>
  );
}

function AddToCart({ product, variant }: { product: Product; variant: Variant }) {
  const messages = useMessages();
  const { product: words } = messages;
  const [quantity, setQuantity] = useState(1);
  const add = useAddToCart();
  const soldOut = variant.available === 0;
  return (
    <div className="flex flex-col gap-4">
      <StockLine available={variant.available} />
      <div className="flex gap-3">
        {!soldOut && (
          <QuantityStepper
            value={quantity}
            max={Math.min(variant.available, MAX_LINE_QUANTITY)}
            onChange={setQuantity}
            labels={{ group: words.quantity, decrease: words.decrease, increase: words.increase }}
          />
        )}
        <Button
          size="l"
          className="flex-1"
          disabled={soldOut}
          busy={add.isPending}
          onClick={() => add.mutate({ product, variant, quantity })}
        >
          {soldOut ? words.unavailable : words.addToCart}
        </Button>
      </div>
      {soldOut && <p className="text-ink-soft">{words.unavailableHint}</p>}
      {add.error && <Notice tone="error">{failureText(add.error, messages)}</Notice>}
    </div>
  );
}
