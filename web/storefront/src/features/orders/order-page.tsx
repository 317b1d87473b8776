import { useQuery } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import type { Order } from "@tradepost/contracts/order";
import { buttonClass } from "@tradepost/ui/button";
import { Skeleton } from "@tradepost/ui/skeleton";
import { useEffect } from "react";
import { useLocation, useParams } from "react-router";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useFormat, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { CancelOrder } from "./cancel-order.tsx";
import { CancelReason } from "./cancel-reason.tsx";
import { orderToken, rememberOrder } from "./order-access.ts";
import { OrderProgress } from "./order-progress.tsx";
import { orderOptions } from "./order-queries.ts";
import { OrderSheet } from "./order-sheet.tsx";
import { OrderStatusBadge } from "./order-status-badge.tsx";

/** One order: a shopper's own, or a guest's by its private link. */
export default function OrderPage() {
  const { order: words } = useMessages();
  const { orderId = "" } = useParams();
  const token = orderToken(orderId, useLocation().hash);
  const { data: order, error, refetch } = useQuery(orderOptions(orderId, token));
  useEffect(() => {
    if (order && token) rememberOrder({ id: order.id, number: order.number, token });
  }, [order, token]);
  const hidden = error instanceof CallFailed && error.status < 500 && error.status !== 429;
  usePageMeta(order ? words.title(order.number) : hidden ? words.notFoundTitle : undefined);
  return (
    <div className="shell flex flex-col gap-8 py-8 md:py-12">
      {order ? (
        <OrderView order={order} token={token} />
      ) : hidden ? (
        <OrderHidden />
      ) : error ? (
        <FailureNotice error={error} onRetry={refetch} />
      ) : (
        <Skeleton className="h-96 w-full" />
      )}
    </div>
  );
}

function OrderView({ order, token }: { order: Order; token: string | undefined }) {
  const { order: words } = useMessages();
  const { moment } = useFormat();
  return (
    <>
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div className="flex flex-col gap-2">
          <h1 className="font-display text-display-m">{words.title(order.number)}</h1>
          <p className="flex flex-wrap items-center gap-3 text-ink-soft">
            <OrderStatusBadge status={order.status} />
            {words.placedAt(moment(order.placedAt))}
          </p>
          <CancelReason order={order} />
        </div>
        <div className="flex flex-wrap gap-3">
          {order.status === "awaiting_payment" && (
            <PageLink to={`/checkout/pay/${order.id}${token ? `#token=${token}` : ""}`} className={buttonClass()}>
              {words.payNow}
            </PageLink>
          )}
          <CancelOrder order={order} token={token} />
        </div>
      </header>
      <OrderProgress status={order.status} />
      <OrderSheet order={order} />
    </>
  );
}

function OrderHidden() {
  const { order: words, shop } = useMessages();
  const { pathname } = useLocation();
  return (
    <section className="flex max-w-xl flex-col items-start gap-4">
      <h1 className="font-display text-display-m">{words.notFoundTitle}</h1>
      <p className="text-ink-soft text-lg">{words.notFound}</p>
      <PageLink to={`/sign-in?${new URLSearchParams({ next: pathname })}`} className={buttonClass()}>
        {shop.signIn}
      </PageLink>
    </section>
  );
}
