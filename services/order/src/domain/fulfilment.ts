import type { Carrier } from "@tradepost/contracts/order";
import { AppError } from "@tradepost/service-runtime/app-error";
import type { Move, Order } from "./order.ts";

/** Where each carrier shows where a parcel is; the number is appended. */
const TRACKING_PAGES: Record<Carrier, string | null> = {
  fedex: "https://www.fedex.com/fedextrack/?trknbr=",
  ups: "https://www.ups.com/track?tracknum=",
  dhl: "https://www.dhl.com/global-en/home/tracking.html?tracking-id=",
  other: null,
};

/** Carriers' names as shoppers know them; null for one that the shop has no name of. */
export const CARRIER_NAMES: Record<Carrier, string | null> = { fedex: "FedEx", ups: "UPS", dhl: "DHL", other: null };

/** The carrier's page about a parcel, or null where there is none. */
export function trackingUrlOf(carrier: Carrier, trackingNumber: string): string | null {
  const page = TRACKING_PAGES[carrier];
  return page === null ? null : page + encodeURIComponent(trackingNumber);
}

/** How an order leaves the house whole, in one parcel. Throws 409 `order.not_shippable` unless it is confirmed. */
export function ship({ status }: Order, carrier: Carrier): Move[] {
  if (status !== "confirmed")
    throw new AppError(409, "order.not_shippable", "Only a confirmed order can be shipped", {
      extra: { orderStatus: status },
    });
  return [
    { to: "fulfilling", reason: "made ready" },
    { to: "shipped", reason: `handed to ${CARRIER_NAMES[carrier] ?? "the carrier"}` },
  ];
}

/** How an order arrives. Throws 409 `order.not_shipped` unless it is on its way. */
export function deliver({ status }: Order): Move {
  if (status !== "shipped")
    throw new AppError(409, "order.not_shipped", "Only an order that is on its way can arrive", {
      extra: { orderStatus: status },
    });
  return { to: "delivered", reason: "delivered" };
}
