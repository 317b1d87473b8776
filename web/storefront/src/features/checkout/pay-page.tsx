import { useQuery } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { Skeleton } from "@tradepost/ui/skeleton";
import { type FormEvent, useRef } from "react";
import { Navigate, useLocation, useParams, useSearchParams } from "react-router";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { orderPath, orderToken } from "../orders/order-access.ts";
import { orderOptions, orderPaymentOptions } from "../orders/order-queries.ts";
import type { Placed } from "./checkout-stage.ts";
import { DetailsSummary } from "./details-summary.tsx";
import { OrderReview } from "./order-review.tsx";
import type { PaymentForm } from "./payment/payment-form.ts";
import { DECLINES } from "./payment/payment-outcome.ts";
import { type ShopConfig, shopConfigOptions } from "./payment/shop-config.ts";
import { PaymentSection } from "./payment-section.tsx";
import { useCheckout } from "./use-checkout.ts";

/** Pays an order that still waits for it: after a closed tab, or a bank that said no. */
export default function PayPage() {
  const { checkout: words } = useMessages();
  const { orderId = "" } = useParams();
  const token = orderToken(orderId, useLocation().hash);
  const order = useQuery(orderOptions(orderId, token));
  const payment = useQuery(orderPaymentOptions(orderId, token));
  const config = useQuery(shopConfigOptions);
  usePageMeta(words.payment);
  const error = order.error ?? payment.error ?? config.error;
  if (error instanceof CallFailed && error.status < 500) return <Navigate to={orderPath(orderId, token)} replace />;
  return (
    <div className="shell py-6 md:py-10">
      <h1 className="mb-6 font-display text-display-m md:mb-8">{words.payment}</h1>
      {error ? (
        <FailureNotice error={error} onRetry={() => Promise.all([order.refetch(), payment.refetch()])} />
      ) : order.data && payment.data && config.data ? (
        <PayForm placed={{ order: order.data, payment: payment.data }} config={config.data} />
      ) : (
        <Skeleton className="h-96 w-full" />
      )}
    </div>
  );
}

function PayForm({ placed, config }: { placed: Placed; config: ShopConfig }) {
  const form = useRef<PaymentForm>(null);
  const failed = useSearchParams()[0].get("declined");
  const decline = DECLINES.find((one) => one === failed);
  const { stage, pay } = useCheckout(form, {
    name: "awaiting",
    placed,
    ...(decline && { trouble: { kind: "declined", decline } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.current?.check()) void pay(placed);
  };
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:items-start lg:gap-14">
      <OrderReview quote={placed.order} />
      <form noValidate onSubmit={submit} className="flex flex-col gap-10 lg:col-start-1 lg:row-start-1">
        <DetailsSummary order={placed.order} />
        <PaymentSection ref={form} stage={stage} config={config} total={placed.order.total} waiting={false} />
      </form>
    </div>
  );
}
