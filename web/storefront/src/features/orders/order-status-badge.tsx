import type { OrderStatus } from "@tradepost/contracts/order";
import { Badge } from "@tradepost/ui/badge";
import { useMessages } from "../../app/market.tsx";

const TONES: Record<OrderStatus, "plain" | "good" | "warning" | "error"> = {
  placing: "plain",
  rejected: "error",
  awaiting_payment: "warning",
  confirmed: "good",
  fulfilling: "good",
  shipped: "good",
  delivered: "good",
  cancelled: "error",
  return_requested: "warning",
  returned: "plain",
};

export function OrderStatusBadge({ status }: { status: OrderStatus }) {
  const { order: words } = useMessages();
  return <Badge tone={TONES[status]}>{words.statuses[status]}</Badge>;
}
