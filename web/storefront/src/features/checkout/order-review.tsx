import type { Quote } from "@tradepost/contracts/order";
import { Icon } from "@tradepost/ui/icon";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useFormat, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { useWideScreen } from "../../app/use-wide-screen.ts";
import { LineList } from "../orders/line-list.tsx";
import { PromotionField } from "./promotion-field.tsx";
import { QuoteTotals } from "./quote-totals.tsx";

export type Reviewed = Pick<Quote, "lines" | "subtotal" | "discounts" | "shipping" | "tax" | "taxIncluded" | "total">;

interface OrderReviewProps {
  quote: Reviewed | undefined;
  /** Discount codes and how to change them; left out once the order is placed. */
  promotion?: { codes: string[]; onChange: (codes: string[]) => void } | undefined;
}

/** What is bought and what it costs; folded on small screens, beside the form on wide ones. */
export function OrderReview({ quote, promotion }: OrderReviewProps) {
  const { checkout: words } = useMessages();
  const { money } = useFormat();
  const wide = useWideScreen();
  const count = quote?.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <aside aria-label={words.review} className="rounded-lg bg-surface lg:sticky lg:top-36 lg:col-start-2">
      {wide ? (
        <div className="flex flex-col gap-6 p-6">
          <div className="flex items-baseline justify-between gap-4">
            <h2 className="font-display text-display-s">{words.review}</h2>
            {promotion && (
              <PageLink to="/cart" className="underlined text-sm">
                {words.edit}
              </PageLink>
            )}
          </div>
          <Contents quote={quote} promotion={promotion} />
        </div>
      ) : (
        <details className="group">
          <summary className="flex min-h-14 list-none items-center gap-3 px-5 font-semibold">
            <span className="flex-1">
              {words.review}
              {count !== undefined && <span className="font-normal text-ink-soft"> · {words.items(count)}</span>}
            </span>
            <span className="tabular-nums">{quote && money(quote.total)}</span>
            <span className="transition-transform group-open:rotate-180">
              <Icon name="down" size={18} />
            </span>
          </summary>
          <div className="flex flex-col gap-5 px-5 pt-2 pb-5">
            <Contents quote={quote} promotion={promotion} />
          </div>
        </details>
      )}
    </aside>
  );
}

function Contents({ quote, promotion }: OrderReviewProps) {
  if (!quote) return <Skeleton className="h-64 w-full" />;
  return (
    <>
      <LineList lines={quote.lines} />
      {promotion && <PromotionField {...promotion} />}
      <QuoteTotals quote={quote} />
    </>
  );
}
