import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

type InputProps = Omit<ComponentProps<"input">, "type" | "className" | "children">;

/** A check box with its label; the whole row is the target. */
export function Checkbox({ children, className, ...input }: InputProps & { children: ReactNode; className?: string }) {
  return (
    <label className={classNames("flex min-h-9 items-center gap-3 text-base", className)}>
      <input {...input} type="checkbox" className="size-5 shrink-0 accent-accent" />
      {children}
    </label>
  );
}

/** A radio button shown as a card that can hold more than a word. */
export function RadioCard({ children, className, ...input }: InputProps & { children: ReactNode; className?: string }) {
  return (
    <label
      className={classNames(
        "flex items-center gap-3 rounded-md border border-line-strong bg-surface p-4 transition-colors hover:border-ink",
        "has-checked:border-accent has-checked:bg-accent-soft has-checked:outline-1 has-checked:outline-accent has-focus-visible:outline-2",
        className,
      )}
    >
      <input {...input} type="radio" className="size-5 shrink-0 accent-accent focus-visible:outline-none" />
      {children}
    </label>
  );
}
