import type { Order } from "@tradepost/contracts/order";
import { useMessages } from "../../app/market.tsx";

/** Why an order was cancelled, where there are words for it. */
export function CancelReason({ order: { cancelReason } }: { order: Pick<Order, "cancelReason"> }) {
  const { cancelReasons } = useMessages().order;
  const known = Object.keys(cancelReasons).find((reason) => reason === cancelReason);
  return known ? <p className="text-ink-soft">{cancelReasons[known as keyof typeof cancelReasons]}</p> : null;
}
