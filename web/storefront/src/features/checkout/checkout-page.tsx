import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useState } from "react";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMarket, useMessages } from "../../app/market.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { meOptions } from "../account/use-me.ts";
import { cartOptions } from "../cart/cart-query.ts";
import { EmptyCart } from "../cart/empty-cart.tsx";
import { CheckoutForm } from "./checkout-form.tsx";
import { shopConfigOptions } from "./payment/shop-config.ts";
import { usePendingOrder } from "./use-pending-order.ts";

export default function CheckoutPage() {
  const { checkout: words } = useMessages();
  usePageMeta(words.title);
  return (
    <div className="shell py-6 md:py-10">
      <h1 className="mb-6 font-display text-display-m md:mb-8">{words.title}</h1>
      <CheckoutWhenReady />
    </div>
  );
}

function CheckoutWhenReady() {
  const me = useQuery(meOptions);
  const cart = useQuery(cartOptions(useMarket()));
  const config = useQuery(shopConfigOptions);
  const pending = usePendingOrder();
  // A cart that expires under the form leaves the form, which says so and keeps what was typed.
  const [started, setStarted] = useState(false);
  if (!started && cart.data && cart.data.lines.length > 0) setStarted(true);
  const failed = [cart, config, me].find(({ isError, data }) => isError && data === undefined);
  if (failed) return <FailureNotice error={failed.error} onRetry={failed.refetch} />;
  if (!cart.data || !config.data || me.data === undefined || pending === "loading") return <CheckoutSkeleton />;
  if (!pending && !started) return <EmptyCart />;
  return <CheckoutForm me={me.data} config={config.data} {...(pending && { pending })} />;
}

const CheckoutSkeleton = () => (
  <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-14">
    <div className="flex flex-col gap-6">
      {[1, 2, 3].map((section) => (
        <Skeleton key={section} className="h-56 w-full rounded-lg" />
      ))}
    </div>
    <Skeleton className="h-96 w-full rounded-lg" />
  </div>
);
