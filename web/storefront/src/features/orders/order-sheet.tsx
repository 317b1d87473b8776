import type { Order, Shipment } from "@tradepost/contracts/order";
import { Notice } from "@tradepost/ui/notice";
import type { ReactNode } from "react";
import { useFormat, useMessages } from "../../app/market.tsx";
import { QuoteTotals } from "../checkout/quote-totals.tsx";
import { AddressText } from "./address-text.tsx";
import { LineList } from "./line-list.tsx";

/** An order in full: its items, its sums, where it goes. */
export function OrderSheet({ order }: { order: Order }) {
  const { order: words, checkout } = useMessages();
  const { days } = useFormat();
  const { estimatedDelivery: delivery } = order.shippingOption;
  return (
    <div className="grid gap-8 rounded-lg bg-surface p-5 md:p-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-14">
      <div className="flex flex-col gap-6">
        <Part title={words.items}>
          <LineList lines={order.lines} />
        </Part>
        <div className="border-line border-t pt-6">
          <QuoteTotals quote={order} />
        </div>
        <Refunds order={order} />
      </div>
      <div className="grid content-start gap-6 sm:grid-cols-2 lg:grid-cols-1">
        <Part title={words.deliverTo}>
          <AddressText address={order.shippingAddress} />
        </Part>
        <Part title={words.shippingBy}>
          <p>{order.shippingOption.name}</p>
          {order.shipments.length === 0 && (
            <p className="text-ink-soft">{checkout.arrives(days(delivery.from, delivery.to))}</p>
          )}
          {order.shipments.map((shipment) => (
            <ShipmentText key={shipment.id} shipment={shipment} />
          ))}
        </Part>
        <Part title={words.billTo}>
          <AddressText address={order.billingAddress} />
          <p className="mt-1 text-ink-soft">{order.email}</p>
        </Part>
      </div>
    </div>
  );
}

function Refunds({ order: { refunds, undeliveredRefunds = [] } }: { order: Order }) {
  const { order: words } = useMessages();
  const { money, moment } = useFormat();
  if (refunds.length + undeliveredRefunds.length === 0) return null;
  return (
    <Part title={words.refunds}>
      <ul className="flex flex-col gap-1">
        {refunds.map(({ amount, at }) => (
          <li key={at}>{words.refunded(money(amount), moment(at))}</li>
        ))}
      </ul>
      {undeliveredRefunds.map(({ amount, at }) => (
        <Notice key={at} tone="warning">
          {words.undelivered(money(amount), moment(at))}
        </Notice>
      ))}
    </Part>
  );
}

const CARRIERS: Record<Shipment["carrier"], string> = { fedex: "FedEx", ups: "UPS", dhl: "DHL", other: "" };

/** A parcel on its way, or arrived: who carries it and how to follow it. */
function ShipmentText({ shipment }: { shipment: Shipment }) {
  const { order: words } = useMessages();
  const { moment } = useFormat();
  const { carrier, trackingNumber, trackingUrl, shippedAt, deliveredAt } = shipment;
  return (
    <div className="mt-1 flex flex-col gap-1">
      <p className="text-ink-soft">
        {deliveredAt ? words.deliveredOn(moment(deliveredAt)) : words.shippedOn(moment(shippedAt))}
      </p>
      <p>
        {CARRIERS[carrier]}{" "}
        {trackingUrl ? (
          <a href={trackingUrl} target="_blank" rel="noreferrer" className="underlined font-medium">
            {words.trackParcel(trackingNumber)}
          </a>
        ) : (
          trackingNumber
        )}
      </p>
    </div>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="flex flex-col gap-2">
    <h2 className="font-semibold">{title}</h2>
    {children}
  </section>
);
