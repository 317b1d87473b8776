import type { Money } from "@tradepost/contracts/money";
import { useFormat, useMessages } from "../../app/market.tsx";

interface PriceProps {
  price: Money;
  compareAt?: Money | undefined;
  varies?: boolean;
  large?: boolean;
}

/** A price; on sale with the former one struck out, which is also said in words. */
export function Price({ price, compareAt, varies = false, large = false }: PriceProps) {
  const { product: words } = useMessages();
  const { money } = useFormat();
  return (
    <p className={large ? "font-medium text-2xl tabular-nums" : "font-medium tabular-nums"}>
      {varies && <span className="font-normal text-ink-soft text-sm">{words.from} </span>}
      {compareAt ? (
        <>
          <span className="sr-only">{words.salePrice} </span>
          <span className="text-sale">{money(price)}</span> <span className="sr-only">{words.formerPrice} </span>
          <s className="font-normal text-ink-soft text-sm">{money(compareAt)}</s>
        </>
      ) : (
        money(price)
      )}
    </p>
  );
}
