import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

export interface ButtonLook {
  look?: "solid" | "outline" | "quiet";
  size?: "m" | "l" | "s";
  wide?: boolean;
}

const LOOKS = {
  solid: "bg-accent text-on-accent hover:bg-accent-strong",
  outline: "border border-line-strong text-ink hover:border-ink hover:bg-sunken",
  quiet: "text-ink hover:bg-sunken",
};
const SIZES = { s: "min-h-9 px-3 text-sm", m: "min-h-11 px-5 text-base", l: "min-h-13 px-7 text-lg" };

/** The classes of a button, for links that look like one. */
export const buttonClass = ({ look = "solid", size = "m", wide = false }: ButtonLook = {}): string =>
  classNames(
    "inline-flex select-none items-center justify-center gap-2 rounded-md font-semibold leading-tight transition-colors",
    "aria-disabled:cursor-not-allowed aria-disabled:opacity-55 disabled:cursor-not-allowed disabled:opacity-55",
    LOOKS[look],
    SIZES[size],
    wide && "w-full",
  );

/** A button. `busy` keeps it focusable and says so to assistive technology, but a click does nothing. */
export function Button({
  look = "solid",
  size = "m",
  wide = false,
  busy = false,
  className,
  onClick,
  type = "button",
  ...rest
}: ComponentProps<"button"> & ButtonLook & { busy?: boolean }) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
      className={classNames(buttonClass({ look, size, wide }), className)}
    />
  );
}

/** A square button that shows only an icon; `label` names it. */
export function IconButton({ label, className, ...rest }: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={classNames(
        "relative inline-grid size-11 shrink-0 place-items-center rounded-md text-ink transition-colors hover:bg-sunken",
        className,
      )}
    />
  );
}
