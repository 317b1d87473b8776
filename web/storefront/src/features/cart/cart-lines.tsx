import { type CartLine, MAX_LINE_QUANTITY } from "@tradepost/contracts/cart";
import { QuantityStepper } from "@tradepost/ui/quantity-stepper";
import { useFormat, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { useRemoveLine, useSetQuantity } from "./use-cart-changes.ts";

/** The lines of a cart, with their quantities to change. */
export function CartLines({ lines, onLeave }: { lines: CartLine[]; onLeave?: () => void }) {
  const { cart: words } = useMessages();
  return (
    <ul aria-label={words.title} className="flex flex-col divide-y divide-line">
      {lines.map((line) => (
        <CartLineRow key={line.sku} line={line} {...(onLeave && { onLeave })} />
      ))}
    </ul>
  );
}

function CartLineRow({ line, onLeave }: { line: CartLine; onLeave?: () => void }) {
  const { cart: words, product } = useMessages();
  const { money } = useFormat();
  const { mutate } = useSetQuantity();
  const remove = useRemoveLine();
  const short = line.quantity > line.available;
  return (
    <li className="flex gap-4 py-5 first:pt-0 last:pb-0">
      <img
        src={line.image.thumbnailUrl}
        alt=""
        width={96}
        height={96}
        className="size-20 shrink-0 rounded-md bg-sunken object-cover md:size-24"
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex justify-between gap-3">
          <PageLink
            to={`/product/${line.slug}?variant=${line.sku}`}
            onClick={onLeave}
            className="font-medium leading-snug hover:underline hover:underline-offset-4"
          >
            {line.name}
          </PageLink>
          <p className="shrink-0 font-medium tabular-nums">{money(line.lineTotal)}</p>
        </div>
        <p className="text-ink-soft text-sm">
          {[line.optionsText, line.quantity > 1 && words.each(money(line.unitPrice))].filter(Boolean).join(" · ")}
        </p>
        <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <QuantityStepper
            value={line.quantity}
            max={Math.min(line.available, MAX_LINE_QUANTITY)}
            onChange={(quantity) => mutate({ sku: line.sku, quantity })}
            labels={{ group: words.quantityOf(line.name), decrease: product.decrease, increase: product.increase }}
          />
          <button
            type="button"
            aria-label={words.remove(line.name)}
            onClick={() => remove(line)}
            className="underlined min-h-11 text-ink-soft text-sm"
          >
            {words.removeShort}
          </button>
        </div>
        {short && (
          <p role="alert" className="font-medium text-sale text-sm">
            {words.onlyLeft(line.available)}
          </p>
        )}
      </div>
    </li>
  );
}
