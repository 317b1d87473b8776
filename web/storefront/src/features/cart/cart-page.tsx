import { useQuery } from "@tanstack/react-query";
import { buttonClass } from "@tradepost/ui/button";
import { Skeleton } from "@tradepost/ui/skeleton";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useFormat, useMarket, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { quoteOptions } from "../checkout/quote-query.ts";
import { QuoteTotals } from "../checkout/quote-totals.tsx";
import { CartLines } from "./cart-lines.tsx";
import { cartOptions } from "./cart-query.ts";
import { EmptyCart } from "./empty-cart.tsx";
import { FreeShippingBar } from "./free-shipping-bar.tsx";

export default function CartPage() {
  const { cart: words } = useMessages();
  const market = useMarket();
  const { data: cart, error, refetch } = useQuery(cartOptions(market));
  usePageMeta(words.title);
  return (
    <div className="shell py-6 md:py-10">
      <h1 className="mb-6 font-display text-display-m md:mb-8">{words.title}</h1>
      {error && !cart ? (
        <FailureNotice error={error} onRetry={refetch} />
      ) : !cart ? (
        <Skeleton className="h-64 w-full" />
      ) : cart.lines.length === 0 ? (
        <EmptyCart />
      ) : (
        <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-14">
          <CartLines lines={cart.lines} />
          <Summary key={market.currency} />
        </div>
      )}
    </div>
  );
}

function Summary() {
  const { cart: words, checkout } = useMessages();
  const { time } = useFormat();
  const market = useMarket();
  const { data: cart } = useQuery(cartOptions(market));
  const { data: quote } = useQuery(quoteOptions(market, cart, {}));
  return (
    <aside
      className="flex flex-col gap-4 self-start rounded-lg bg-surface p-6 lg:sticky lg:top-36"
      aria-label={checkout.total}
    >
      {quote?.freeShipping && <FreeShippingBar offer={quote.freeShipping} />}
      <QuoteTotals quote={quote} />
      <p className="text-ink-soft text-sm">{words.estimate}</p>
      <PageLink to="/checkout" className={buttonClass({ size: "l", wide: true })}>
        {words.toCheckout}
      </PageLink>
      {cart?.expiresAt && <p className="text-center text-ink-soft text-sm">{words.keptUntil(time(cart.expiresAt))}</p>}
    </aside>
  );
}
