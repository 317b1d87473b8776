import type { Order } from "@tradepost/contracts/order";
import { Button } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { useFormat, useMessages } from "../../app/market.tsx";
import { AddressText } from "../orders/address-text.tsx";

/** What an order that waits for its payment was placed with, and the way to change it: giving it up. */
export function DetailsSummary({ order, onWithdraw }: { order: Order; onWithdraw?: (() => void) | undefined }) {
  const { checkout: words } = useMessages();
  const { time } = useFormat();
  return (
    <section className="flex flex-col gap-5" aria-label={words.review}>
      <Notice tone="good" title={words.orderHeld(order.number)}>
        {order.payBy && words.payBy(time(order.payBy))}
      </Notice>
      <dl className="grid gap-x-6 gap-y-4 rounded-lg border border-line bg-surface p-5 sm:grid-cols-2">
        <div>
          <dt className="font-semibold text-sm">{words.contact}</dt>
          <dd className="mt-1 text-ink-soft">{order.email}</dd>
          <dt className="mt-4 font-semibold text-sm">{words.shipping}</dt>
          <dd className="mt-1 text-ink-soft">{order.shippingOption.name}</dd>
        </div>
        <div>
          <dt className="font-semibold text-sm">{words.shippingAddress}</dt>
          <dd className="mt-1 text-ink-soft">
            <AddressText address={order.shippingAddress} />
          </dd>
        </div>
        {onWithdraw && (
          <div className="sm:col-span-2">
            <Button look="outline" size="s" onClick={onWithdraw}>
              {words.changeDetails}
            </Button>
          </div>
        )}
      </dl>
    </section>
  );
}
