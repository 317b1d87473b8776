import { useQuery } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { Skeleton } from "@tradepost/ui/skeleton";
import { Navigate, useSearchParams } from "react-router";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { NotFoundPage } from "../../app/not-found-page.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { confirmationPath, orderPath, orderToken } from "../orders/order-access.ts";
import { orderPaymentOptions } from "../orders/order-queries.ts";
import { STRIPE_API_URL, shopConfigOptions } from "./payment/shop-config.ts";
import { retrievePayment } from "./payment/stripe-wire.ts";

/** Where a bank's page leads back to: finds out what became of the payment and goes on from there. */
export default function ReturnPage() {
  const { checkout: words } = useMessages();
  const orderId = useSearchParams()[0].get("order");
  const token = orderId ? orderToken(orderId, "") : undefined;
  const payment = useQuery({ ...orderPaymentOptions(orderId ?? "", token), enabled: orderId !== null });
  const config = useQuery(shopConfigOptions);
  const apiUrl = config.data && (config.data.stripeApiUrl ?? STRIPE_API_URL);
  const outcome = useQuery({
    queryKey: ["payment-outcome", payment.data?.id, apiUrl],
    queryFn: () => (payment.data && apiUrl ? retrievePayment({ apiUrl }, payment.data) : null),
    enabled: payment.data !== undefined && apiUrl !== undefined,
    gcTime: 0,
  });
  usePageMeta(words.payment);

  if (!orderId) return <NotFoundPage />;
  if (payment.error instanceof CallFailed && payment.error.status < 500) {
    // Not payable any more: paid and confirmed meanwhile, or cancelled; the order's page tells.
    const to = payment.error.status === 409 ? confirmationPath(orderId, token) : orderPath(orderId, token);
    return <Navigate to={to} replace />;
  }
  if (outcome.data?.kind === "paid") return <Navigate to={confirmationPath(orderId, token)} replace />;
  if (outcome.data?.kind === "declined") {
    const decline = outcome.data.decline === "generic" ? "authentication" : outcome.data.decline;
    return <Navigate to={`/checkout/pay/${orderId}?declined=${decline}`} replace />;
  }
  if (outcome.data?.kind === "redirect")
    return <Navigate to={`/checkout/pay/${orderId}?declined=authentication`} replace />;
  const error = payment.error ?? config.error;
  return (
    <div className="shell flex flex-col gap-6 py-10">
      <h1 className="font-display text-display-m">{words.confirming}</h1>
      {error ? (
        <FailureNotice error={error} onRetry={payment.refetch} />
      ) : (
        <Skeleton className="h-40 w-full max-w-xl" />
      )}
    </div>
  );
}
