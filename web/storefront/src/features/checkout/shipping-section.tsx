import type { UseQueryResult } from "@tanstack/react-query";
import type { Quote } from "@tradepost/contracts/order";
import { RadioCard } from "@tradepost/ui/choice";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useFormat, useMessages } from "../../app/market.tsx";
import { addressErrors } from "./address-draft.ts";
import type { CheckoutDraft } from "./checkout-draft.ts";
import { CheckoutSection } from "./checkout-section.tsx";

interface ShippingSectionProps {
  draft: CheckoutDraft;
  quote: UseQueryResult<Quote>;
  onChange: (patch: Partial<CheckoutDraft>) => void;
}

/** The ways to ship to the address, each with its price and its days. */
export function ShippingSection({ draft, quote, onChange }: ShippingSectionProps) {
  const { checkout: words } = useMessages();
  const { money, days } = useFormat();
  const complete = Object.keys(addressErrors(draft.shipping)).length === 0;
  const offered = quote.data?.shippingOptions.some(({ id }) => id === draft.shippingOptionId);
  const chosen = offered ? draft.shippingOptionId : quote.data?.shippingOptionId;
  return (
    <CheckoutSection title={words.shipping}>
      {!complete ? (
        <p className="rounded-md bg-sunken px-4 py-3.5 text-ink-soft">{words.shippingPending}</p>
      ) : !quote.data ? (
        !quote.isError && <Skeleton className="h-20 w-full" />
      ) : (
        <fieldset className="flex flex-col gap-3">
          <legend className="sr-only">{words.shipping}</legend>
          {quote.data.shippingOptions.map(({ id, name, price, estimatedDelivery: { from, to } }) => (
            <RadioCard
              key={id}
              name="shipping-option"
              value={id}
              checked={id === chosen}
              onChange={() => onChange({ shippingOptionId: id })}
            >
              <span className="flex min-w-0 flex-1 flex-col">
                <span className="font-medium">{name}</span>
                <span className="text-ink-soft text-sm">{words.arrives(days(from, to))}</span>
              </span>
              <span className="font-medium tabular-nums">{price.amount === 0 ? words.free : money(price)}</span>
            </RadioCard>
          ))}
        </fieldset>
      )}
    </CheckoutSection>
  );
}
