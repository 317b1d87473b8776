import { useState } from "react";
import { Icon } from "./icon.tsx";

interface QuantityStepperProps {
  value: number;
  min?: number;
  max: number;
  onChange: (value: number) => void;
  labels: { group: string; decrease: string; increase: string };
}

const STEP =
  "grid size-11 place-items-center text-ink transition-colors hover:bg-sunken disabled:text-line-strong disabled:opacity-60";

/** Minus, a number that can be typed, plus. A typed number counts on blur or Enter and is kept within bounds. */
export function QuantityStepper({ value, min = 1, max, onChange, labels }: QuantityStepperProps) {
  const [typed, setTyped] = useState(String(value));
  const [shownValue, setShownValue] = useState(value);
  if (value !== shownValue) {
    setShownValue(value);
    setTyped(String(value));
  }
  const commit = () => {
    const wanted = Math.round(Number(typed));
    const fit = Number.isFinite(wanted) && typed !== "" ? Math.min(Math.max(wanted, min), Math.max(max, min)) : value;
    setTyped(String(fit));
    if (fit !== value) onChange(fit);
  };
  return (
    <fieldset className="inline-flex items-stretch overflow-hidden rounded-md border border-line-strong bg-surface">
      <legend className="sr-only">{labels.group}</legend>
      <button
        type="button"
        aria-label={labels.decrease}
        className={STEP}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      >
        <Icon name="minus" size={16} />
      </button>
      <input
        aria-label={labels.group}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value.replace(/\D/g, "").slice(0, 2))}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit()}
        className="w-10 border-0 bg-transparent text-center font-medium tabular-nums"
      />
      <button
        type="button"
        aria-label={labels.increase}
        className={STEP}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      >
        <Icon name="plus" size={16} />
      </button>
    </fieldset>
  );
}
