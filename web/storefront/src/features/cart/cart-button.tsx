import { useQuery } from "@tanstack/react-query";
import { IconButton } from "@tradepost/ui/button";
import { Icon } from "@tradepost/ui/icon";
import { lazy, Suspense, useEffect, useState } from "react";
import { useMarket, useMessages } from "../../app/market.tsx";
import { useSignal } from "../../app/signal.ts";
import { countItems } from "./cart-arithmetic.ts";
import { cartDrawer } from "./cart-drawer-state.ts";
import { cartOptions } from "./cart-query.ts";

const loadDrawer = () => import("./cart-drawer.tsx");
const CartDrawer = lazy(loadDrawer);

/** The cart in the header: how many items it holds, and the drawer that it opens. */
export function CartButton() {
  const { shop } = useMessages();
  const { data } = useQuery(cartOptions(useMarket()));
  const open = useSignal(cartDrawer);
  const [wanted, setWanted] = useState(false);
  const count = countItems(data);
  useEffect(() => {
    if (open) setWanted(true);
  }, [open]);
  return (
    <>
      <IconButton
        label={shop.cartWith(count)}
        aria-haspopup="dialog"
        onPointerEnter={() => void loadDrawer()}
        onClick={() => cartDrawer.set(true)}
      >
        <Icon name="bag" size={24} />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute end-0.5 top-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 font-semibold text-on-accent text-2xs tabular-nums"
          >
            {count}
          </span>
        )}
      </IconButton>
      {wanted && (
        <Suspense>
          <CartDrawer />
        </Suspense>
      )}
    </>
  );
}
