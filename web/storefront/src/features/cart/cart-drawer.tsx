import { useQuery } from "@tanstack/react-query";
import { buttonClass } from "@tradepost/ui/button";
import { Modal } from "@tradepost/ui/modal";
import { Skeleton } from "@tradepost/ui/skeleton";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useFormat, useMarket, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { useSignal } from "../../app/signal.ts";
import { cartDrawer } from "./cart-drawer-state.ts";
import { CartLines } from "./cart-lines.tsx";
import { cartOptions } from "./cart-query.ts";
import { EmptyCart } from "./empty-cart.tsx";

const close = () => cartDrawer.set(false);

/** The cart beside the page one is on. */
export default function CartDrawer() {
  const open = useSignal(cartDrawer);
  const { cart: words, shop } = useMessages();
  const { money } = useFormat();
  const { data: cart, error, refetch } = useQuery(cartOptions(useMarket()));
  const filled = cart && cart.lines.length > 0;
  return (
    <Modal
      open={open}
      onClose={close}
      title={words.title}
      closeLabel={shop.close}
      place="right"
      footer={
        filled && (
          <div className="flex flex-col gap-3">
            <p className="flex justify-between font-semibold text-lg">
              <span>{words.subtotal}</span>
              <span className="tabular-nums">{money(cart.subtotal)}</span>
            </p>
            <p className="text-ink-soft text-sm">{words.note}</p>
            <PageLink to="/checkout" onClick={close} className={buttonClass({ size: "l", wide: true })}>
              {words.toCheckout}
            </PageLink>
            <PageLink to="/cart" onClick={close} className={buttonClass({ look: "quiet", wide: true })}>
              {words.toCart}
            </PageLink>
          </div>
        )
      }
    >
      {error && !cart ? (
        <FailureNotice error={error} onRetry={refetch} />
      ) : !cart ? (
        <Skeleton className="h-24 w-full" />
      ) : filled ? (
        <CartLines lines={cart.lines} onLeave={close} />
      ) : (
        <EmptyCart onLeave={close} />
      )}
    </Modal>
  );
}
