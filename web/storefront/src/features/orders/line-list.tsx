import type { QuoteLine } from "@tradepost/contracts/order";
import { useFormat, useMessages } from "../../app/market.tsx";

/** What is or was bought, to read. */
export function LineList({ lines }: { lines: QuoteLine[] }) {
  const { order: words } = useMessages();
  const { money } = useFormat();
  return (
    <ul aria-label={words.items} className="flex flex-col gap-4">
      {lines.map((line) => (
        <li key={line.sku} className="flex gap-4">
          <img
            src={line.image.thumbnailUrl}
            alt=""
            width={64}
            height={64}
            loading="lazy"
            className="size-16 shrink-0 rounded-md bg-sunken object-cover"
          />
          <div className="min-w-0 flex-1">
            <p className="font-medium leading-snug">{line.name}</p>
            <p className="text-ink-soft text-sm">
              {[line.optionsText, `${line.quantity} × ${money(line.unitPrice)}`].filter(Boolean).join(" · ")}
            </p>
          </div>
          <p className="shrink-0 tabular-nums">{money(line.lineTotal)}</p>
        </li>
      ))}
    </ul>
  );
}
