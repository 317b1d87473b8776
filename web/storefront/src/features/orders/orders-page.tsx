import { useInfiniteQuery } from "@tanstack/react-query";
import type { listOrders } from "@tradepost/contracts/order";
import type { RouteOutput } from "@tradepost/contracts/route";
import { Button, buttonClass } from "@tradepost/ui/button";
import { Skeleton } from "@tradepost/ui/skeleton";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useFormat, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { AccountFrame } from "../account/account-frame.tsx";
import { knownOrders, orderPath } from "./order-access.ts";
import { ordersOptions } from "./order-queries.ts";
import { OrderStatusBadge } from "./order-status-badge.tsx";

type OrderSummary = RouteOutput<typeof listOrders>["items"][number];

export default function OrdersPage() {
  const { order: words } = useMessages();
  return (
    <AccountFrame title={words.list} guest={<GuestPage />}>
      {() => (
        <section aria-label={words.list} className="flex flex-col gap-8">
          <ShopperOrders />
        </section>
      )}
    </AccountFrame>
  );
}

function GuestPage() {
  const { order: words } = useMessages();
  return (
    <div className="shell flex flex-col gap-8 py-8 md:py-12">
      <h1 className="font-display text-display-m">{words.list}</h1>
      <GuestOrders />
    </div>
  );
}

function ShopperOrders() {
  const { order: words, cart } = useMessages();
  const list = useInfiniteQuery(ordersOptions);
  const orders = list.data?.pages.flatMap((page) => page.items);
  if (list.error) return <FailureNotice error={list.error} onRetry={list.refetch} />;
  if (!orders) return <Skeleton className="h-64 w-full" />;
  if (orders.length === 0) {
    return (
      <div className="flex flex-col items-start gap-3 rounded-lg bg-sunken p-8">
        <h2 className="font-display text-display-s">{words.listEmptyTitle}</h2>
        <p className="text-ink-soft">{words.listEmpty}</p>
        <PageLink to="/shop?sort=newest" className={buttonClass()}>
          {cart.toShop}
        </PageLink>
      </div>
    );
  }
  return (
    <>
      <ul className="flex flex-col gap-4">
        {orders.map((order) => (
          <li key={order.id}>
            <OrderCard order={order} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          look="outline"
          className="self-center"
          busy={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          {words.loadMore}
        </Button>
      )}
    </>
  );
}

function OrderCard({ order }: { order: OrderSummary }) {
  const { order: words, checkout } = useMessages();
  const { money, moment } = useFormat();
  return (
    <article className="relative flex items-center gap-4 rounded-lg bg-surface p-4 transition-shadow hover:shadow-lift md:gap-6 md:p-5">
      <img
        src={order.image.thumbnailUrl}
        alt=""
        width={80}
        height={80}
        loading="lazy"
        className="size-16 shrink-0 rounded-md bg-sunken object-cover md:size-20"
      />
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">
          <PageLink to={orderPath(order.id)} className="after:absolute after:inset-0 after:rounded-lg">
            {words.title(order.number)}
          </PageLink>
        </h2>
        <p className="text-ink-soft text-sm">
          {moment(order.placedAt)} · {checkout.items(order.itemCount)}
        </p>
      </div>
      <div className="flex flex-col items-end gap-2">
        <span className="font-medium tabular-nums">{money(order.total)}</span>
        <OrderStatusBadge status={order.status} />
      </div>
    </article>
  );
}

function GuestOrders() {
  const { order: words, shop } = useMessages();
  const known = knownOrders();
  return (
    <>
      <section className="flex flex-col gap-3">
        <h2 className="font-semibold text-xl">{words.onThisDevice}</h2>
        <p className="text-ink-soft">{known.length > 0 ? words.onThisDeviceText : words.noneOnThisDevice}</p>
        <ul className="flex flex-col gap-2">
          {known.map(({ id, number, token }) => (
            <li key={id}>
              <PageLink to={orderPath(id, token)} className="underlined inline-flex min-h-11 items-center font-medium">
                {words.title(number)}
              </PageLink>
            </li>
          ))}
        </ul>
      </section>
      <p>
        <PageLink to="/sign-in?next=/account/orders" className={buttonClass({ look: "outline" })}>
          {shop.signIn}
        </PageLink>
      </p>
    </>
  );
}
