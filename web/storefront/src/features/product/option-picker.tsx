import type { Product, Variant } from "@tradepost/contracts/product";
import { classNames } from "@tradepost/ui/class-names";
import { useId } from "react";
import { useMessages } from "../../app/market.tsx";
import { chooseOption, valueState } from "./variant-choice.ts";

interface OptionPickerProps {
  product: Product;
  option: Product["options"][number];
  variant: Variant;
  onChoose: (sku: string) => void;
}

/** The values of one option as radio buttons: colours as swatches, everything else as words. */
export function OptionPicker({ product, option, variant, onChoose }: OptionPickerProps) {
  const { product: words } = useMessages();
  const name = useId();
  const chosen = option.values.find(({ value }) => value === variant.options[option.name]);
  return (
    <fieldset>
      <legend className="mb-2.5 text-sm">
        <span className="font-semibold">{option.label}</span>
        {chosen && <span className="text-ink-soft">: {chosen.label}</span>}
      </legend>
      <div className="flex flex-wrap gap-2.5">
        {option.values.map(({ value, label, swatch }) => {
          const state = valueState(product, variant, option.name, value);
          return (
            <label
              key={value}
              title={state === "sold-out" ? `${label} (${words.soldOut})` : label}
              className={classNames(
                "relative grid min-h-11 min-w-11 place-items-center border border-line-strong transition-colors hover:border-ink",
                "has-checked:border-accent has-checked:outline-2 has-checked:outline-accent has-focus-visible:outline-4",
                swatch ? "rounded-full bg-surface p-1" : "rounded-md bg-surface px-4 font-medium",
                state !== "available" && "border-dashed text-ink-soft",
                state !== "available" && !swatch && "line-through",
              )}
            >
              <input
                type="radio"
                name={name}
                className="absolute inset-0 size-full cursor-pointer appearance-none rounded-[inherit] focus-visible:outline-none"
                checked={value === variant.options[option.name]}
                onChange={() => {
                  const next = chooseOption(product, variant, option.name, value);
                  if (next) onChoose(next.sku);
                }}
              />
              {swatch ? (
                <>
                  <span
                    className={classNames(
                      "size-9 rounded-full border border-line-strong",
                      state !== "available" && "opacity-40",
                    )}
                    style={{ backgroundColor: swatch }}
                  />
                  <span className="sr-only">{label}</span>
                </>
              ) : (
                label
              )}
              {state === "sold-out" && <span className="sr-only"> ({words.soldOut})</span>}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
