import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Order, OrderStatus } from "@tradepost/contracts/order";
import { buttonClass } from "@tradepost/ui/button";
import { Icon } from "@tradepost/ui/icon";
import { Notice } from "@tradepost/ui/notice";
import { Skeleton } from "@tradepost/ui/skeleton";
import { type ReactNode, useEffect, useState } from "react";
import { useLocation, useParams } from "react-router";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMarket, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { awaitTakenOut, type BoughtLine } from "../cart/await-taken-out.ts";
import { cartOptions } from "../cart/cart-query.ts";
import { CancelReason } from "../orders/cancel-reason.tsx";
import { orderPath, orderToken } from "../orders/order-access.ts";
import { orderOptions } from "../orders/order-queries.ts";
import { OrderSheet } from "../orders/order-sheet.tsx";
import { forgetCheckout } from "./use-checkout.ts";

const POLL_MS = 1000;
const POLL_SLOWLY_MS = 5000;
const LATE_MS = 25_000;
const WAITING: readonly OrderStatus[] = ["placing", "awaiting_payment"];
const OVER: readonly OrderStatus[] = ["cancelled", "rejected"];

/** After paying: waits for the shop's own word that the order is confirmed, and says so when that takes long. */
export default function ConfirmationPage() {
  const { confirmation: words } = useMessages();
  const { orderId = "" } = useParams();
  const token = orderToken(orderId, useLocation().hash);
  const late = useLate();
  const {
    data: order,
    error,
    refetch,
  } = useQuery({
    ...orderOptions(orderId, token),
    refetchInterval: ({ state: { data } }) =>
      data && WAITING.includes(data.status) ? (late ? POLL_SLOWLY_MS : POLL_MS) : false,
  });
  const waiting = order !== undefined && WAITING.includes(order.status);
  useCheckoutOver(order !== undefined && !waiting);
  useFreshCart(order && !waiting ? (OVER.includes(order.status) ? NOTHING : order.lines) : undefined);
  usePageMeta(order && (waiting ? words.waiting : OVER.includes(order.status) ? words.cancelledTitle : words.thanks));

  return (
    <div className="shell flex flex-col gap-8 py-8 md:py-14">
      {order ? (
        <>
          <Head order={order} late={late} />
          <OrderSheet order={order} />
          <p className="flex flex-wrap gap-3">
            <PageLink to={orderPath(orderId, token)} className={buttonClass()}>
              {words.track}
            </PageLink>
            <PageLink to="/" className={buttonClass({ look: "outline" })}>
              {words.keepShopping}
            </PageLink>
          </p>
        </>
      ) : error ? (
        <FailureNotice error={error} onRetry={refetch} />
      ) : (
        <Skeleton className="h-96 w-full" />
      )}
    </div>
  );
}

function Head({ order, late }: { order: Order; late: boolean }) {
  const { confirmation: words, order: orderWords } = useMessages();
  if (WAITING.includes(order.status)) {
    return late ? (
      <Headline title={words.lateTitle}>
        <Notice tone="info">{words.late}</Notice>
      </Headline>
    ) : (
      <Headline title={words.waiting}>
        <p className="text-ink-soft text-lg">{words.waitingText}</p>
      </Headline>
    );
  }
  if (OVER.includes(order.status))
    return (
      <Headline title={words.cancelledTitle}>
        <CancelReason order={order} />
      </Headline>
    );
  return (
    <Headline
      title={words.thanks}
      mark={
        <span className="grid size-14 animate-rise place-items-center rounded-full bg-accent text-on-accent">
          <Icon name="check" size={30} />
        </span>
      }
    >
      <p className="font-medium text-lg">{orderWords.title(order.number)}</p>
      <p className="text-ink-soft text-lg">{words.mailTo(order.email)}</p>
    </Headline>
  );
}

function Headline({ title, mark, children }: { title: string; mark?: ReactNode; children: ReactNode }) {
  return (
    <header aria-live="polite" className="flex max-w-2xl flex-col gap-3">
      {mark}
      <h1 className="text-balance font-display text-display-m">{title}</h1>
      {children}
    </header>
  );
}

function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  return late;
}

/** The next checkout starts anew. */
function useCheckoutOver(over: boolean): void {
  useEffect(() => {
    if (over) forgetCheckout();
  }, [over]);
}

const NOTHING: readonly BoughtLine[] = [];

/** Shows the cart as it is once `bought` has left it; goes on when the page is left. */
function useFreshCart(bought: readonly BoughtLine[] | undefined): void {
  const client = useQueryClient();
  const market = useMarket();
  useEffect(() => {
    if (bought) void awaitTakenOut(() => client.fetchQuery({ ...cartOptions(market), staleTime: 0 }), bought);
  }, [bought, client, market]);
}
