import { classNames } from "@tradepost/ui/class-names";
import { useMessages } from "../../app/market.tsx";

const LOW = 5;

/** Whether there is stock; says how much is left when that is little. */
export function StockLine({ available }: { available: number }) {
  const { product: words } = useMessages();
  const [text, look] =
    available === 0
      ? [words.soldOut, "text-sale"]
      : available <= LOW
        ? [words.lowStock(available), "text-notice"]
        : [words.inStock, "text-accent"];
  return (
    <p className={classNames("flex items-center gap-2 font-medium text-sm", look)}>
      <span aria-hidden="true" className="size-2 rounded-full bg-current" />
      {text}
    </p>
  );
}
