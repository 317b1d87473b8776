import type { Quote } from "@tradepost/contracts/order";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useFormat, useMessages } from "../../app/market.tsx";

type Totals = Pick<Quote, "subtotal" | "discounts" | "shipping" | "tax" | "taxIncluded" | "total">;

/** The sums of a quote or an order, down to the total. */
export function QuoteTotals({ quote }: { quote: Totals | undefined }) {
  const { checkout: words, cart } = useMessages();
  const { money } = useFormat();
  if (!quote) return <Skeleton className="h-36 w-full" />;
  return (
    <dl className="flex flex-col gap-2.5">
      <Sum label={cart.subtotal} value={money(quote.subtotal)} />
      {quote.discounts.map(({ code, title, amount }) => (
        <Sum key={code} label={`${words.discount}: ${title}`} value={`−${money(amount)}`} />
      ))}
      <Sum label={words.shipping} value={quote.shipping.amount === 0 ? words.free : money(quote.shipping)} />
      {!quote.taxIncluded && <Sum label={words.tax} value={money(quote.tax)} />}
      <div className="mt-1 flex items-baseline justify-between gap-4 border-line border-t pt-4 font-semibold text-xl">
        <dt>{words.total}</dt>
        <dd className="tabular-nums">{money(quote.total)}</dd>
      </div>
      {quote.taxIncluded && (
        <div className="text-ink-soft text-sm">
          <dt className="sr-only">{words.tax}</dt>
          <dd>{words.taxIncluded(money(quote.tax))}</dd>
        </div>
      )}
    </dl>
  );
}

const Sum = ({ label, value }: { label: string; value: string }) => (
  <div className="flex justify-between gap-4">
    <dt className="text-ink-soft">{label}</dt>
    <dd className="tabular-nums">{value}</dd>
  </div>
);
