import type { Quote } from "@tradepost/contracts/order";
import { Icon } from "@tradepost/ui/icon";
import { useFormat, useMessages } from "../../app/market.tsx";

/** How far the cart is from free shipping. */
export function FreeShippingBar({ offer }: { offer: NonNullable<Quote["freeShipping"]> }) {
  const { cart: words } = useMessages();
  const { money } = useFormat();
  const { from, remaining } = offer;
  const reached = remaining.amount === 0;
  return (
    <div className="flex flex-col gap-3 rounded-md bg-accent-soft px-4 py-3 text-accent-strong">
      <p className="flex items-center gap-2 font-medium text-sm">
        <Icon name={reached ? "check" : "truck"} />
        {reached ? words.freeShippingReached : words.freeShippingMissing(money(remaining))}
      </p>
      {!reached && (
        <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-line">
          <span
            className="block h-full rounded-full bg-accent transition-[width] duration-500"
            style={{ width: `${Math.round((1 - remaining.amount / from.amount) * 100)}%` }}
          />
        </span>
      )}
    </div>
  );
}
