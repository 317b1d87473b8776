import type { OrderStatus } from "@tradepost/contracts/order";
import { classNames } from "@tradepost/ui/class-names";
import { Icon } from "@tradepost/ui/icon";
import { useMessages } from "../../app/market.tsx";

const STEPS = ["confirmed", "fulfilling", "shipped", "delivered"] as const satisfies OrderStatus[];

/** How far an order has come; nothing for one that has left this path. */
export function OrderProgress({ status }: { status: OrderStatus }) {
  const { order: words } = useMessages();
  const reached = (STEPS as readonly OrderStatus[]).indexOf(status);
  if (reached < 0) return null;
  return (
    <ol aria-label={words.progress} className="grid grid-cols-4">
      {STEPS.map((step, index) => {
        const done = index <= reached;
        return (
          <li
            key={step}
            aria-current={index === reached ? "step" : undefined}
            className="relative flex flex-col items-center gap-2 text-center text-sm"
          >
            {index > 0 && (
              <span
                aria-hidden="true"
                className={classNames("absolute end-1/2 top-4 -z-10 h-0.5 w-full", done ? "bg-accent" : "bg-line")}
              />
            )}
            <span
              className={classNames(
                "grid size-8 place-items-center rounded-full border-2",
                done ? "border-accent bg-accent text-on-accent" : "border-line bg-paper text-ink-soft",
              )}
            >
              {done ? <Icon name="check" size={16} /> : <span className="size-2 rounded-full bg-current" />}
            </span>
            <span className={classNames("leading-tight", index === reached ? "font-semibold" : "text-ink-soft")}>
              {words.statuses[step]}
              <span className="sr-only">
                {index === reached ? ` (${words.current})` : done ? ` (${words.done})` : ""}
              </span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
