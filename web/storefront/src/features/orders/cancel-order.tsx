import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import { cancelOrder, type Order, type OrderStatus } from "@tradepost/contracts/order";
import { Button } from "@tradepost/ui/button";
import { Modal } from "@tradepost/ui/modal";
import { Notice } from "@tradepost/ui/notice";
import { useState } from "react";
import { call } from "../../app/api.ts";
import { failureText } from "../../app/failure-notice.tsx";
import { useMessages } from "../../app/market.tsx";
import { tokenHeader } from "./order-access.ts";
import { ORDERS_KEY, orderOptions } from "./order-queries.ts";

const CANCELLABLE: readonly OrderStatus[] = ["awaiting_payment", "confirmed"];

/** Cancels an order that has not shipped, after asking. */
export function CancelOrder({ order, token }: { order: Order; token: string | undefined }) {
  const messages = useMessages();
  const { order: words, shop } = messages;
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () =>
      call(
        cancelOrder,
        { params: { orderId: order.id }, idempotencyKey: `cancel-${order.id}` },
        { headers: tokenHeader(token) },
      ),
    onSuccess: (cancelled) => {
      client.setQueryData(orderOptions(order.id, token).queryKey, cancelled);
      setAsking(false);
      return client.invalidateQueries({ queryKey: ORDERS_KEY });
    },
  });
  if (!CANCELLABLE.includes(order.status)) return null;
  const tooLate = cancel.error instanceof CallFailed && cancel.error.problem.code === "order.not_cancellable";
  return (
    <>
      <Button look="outline" aria-haspopup="dialog" onClick={() => setAsking(true)}>
        {words.cancel}
      </Button>
      <Modal open={asking} onClose={() => setAsking(false)} title={words.cancelTitle} closeLabel={shop.close}>
        <div className="flex flex-col gap-5">
          <p>{words.cancelText}</p>
          {cancel.error && (
            <Notice tone="error">{tooLate ? words.cancelTooLate : failureText(cancel.error, messages)}</Notice>
          )}
          <div className="flex flex-wrap gap-3">
            <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
              {words.cancelConfirm}
            </Button>
            <Button look="outline" onClick={() => setAsking(false)}>
              {words.cancelKeep}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
