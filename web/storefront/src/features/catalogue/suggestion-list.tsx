import { classNames } from "@tradepost/ui/class-names";
import { Icon } from "@tradepost/ui/icon";
import { useFormat, useMessages } from "../../app/market.tsx";
import type { SuggestionOption } from "./suggestions.ts";

interface SuggestionListProps {
  id: string;
  options: SuggestionOption[];
  active: number;
  shown: boolean;
  onPick: (to: string) => void;
  onHover: (index: number) => void;
}

const KINDS = ["queries", "categories", "products"] as const;

/** The combobox's popup: options in groups. Focus stays in the text field; it points at the active option. */
export default function SuggestionList({ id, options, active, shown, onPick, onHover }: SuggestionListProps) {
  const { search: words } = useMessages();
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={words.label}
      hidden={!shown}
      className="absolute inset-x-0 top-full z-30 mt-2 max-h-[70dvh] overflow-y-auto rounded-lg border border-line bg-surface p-2 shadow-lift"
    >
      {KINDS.map((kind) => {
        const members = options
          .map((option, index) => ({ option, index }))
          .filter(({ option }) => option.kind === kind);
        return members.length === 0 ? null : (
          // biome-ignore lint/a11y/useSemanticElements: a listbox's group has no HTML element
          <div key={kind} role="group" aria-labelledby={`${id}-${kind}`}>
            <p id={`${id}-${kind}`} className="eyebrow px-3 pt-3 pb-1">
              {words[kind]}
            </p>
            {members.map(({ option, index }) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox that owns the focus
              <div
                key={option.to}
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                onPointerMove={() => onHover(index)}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onPick(option.to)}
                className={classNames(
                  "flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-3 py-1.5",
                  index === active && "bg-sunken",
                )}
              >
                <OptionContent option={option} />
              </div>
            ))}
          </div>
        );
      })}
    </div>
  );
}

function OptionContent({ option }: { option: SuggestionOption }) {
  const { money } = useFormat();
  if (option.kind !== "products") {
    return (
      <>
        <span className="text-ink-soft">
          <Icon name={option.kind === "queries" ? "search" : "chevron"} size={16} />
        </span>
        {option.text}
      </>
    );
  }
  const { image, name, price } = option.product;
  return (
    <>
      <img
        src={image.thumbnailUrl}
        alt=""
        width={44}
        height={44}
        className="size-11 rounded-sm bg-sunken object-cover"
      />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span className="text-ink-soft text-sm tabular-nums">{money(price)}</span>
    </>
  );
}
