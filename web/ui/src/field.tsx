import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

interface FieldFrame {
  label: string;
  /** What is wrong with the value; shown beneath and linked to the input. */
  error?: string | undefined;
  hint?: string | undefined;
  /** Shown after the label, e.g. "optional". */
  note?: string | undefined;
  className?: string;
}

const INPUT =
  "min-h-12 w-full rounded-md border bg-surface px-3.5 text-base text-ink transition-colors placeholder:text-ink-soft hover:border-ink focus:border-accent";

const inputClass = (error: string | undefined) => classNames(INPUT, error ? "border-sale" : "border-line-strong");

function Frame({
  id,
  label,
  error,
  hint,
  note,
  className,
  children,
}: FieldFrame & { id: string; children: ReactNode }) {
  return (
    <div className={classNames("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="flex items-baseline justify-between gap-3 font-medium text-sm">
        {label}
        {note && <span className="font-normal text-ink-soft">{note}</span>}
      </label>
      {children}
      {hint && !error && (
        <p id={`${id}-hint`} className="text-ink-soft text-sm">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="font-medium text-sale text-sm">
          {error}
        </p>
      )}
    </div>
  );
}

const described = (id: string, error?: string, hint?: string) => ({
  "aria-invalid": error ? true : undefined,
  "aria-describedby": error ? `${id}-error` : hint ? `${id}-hint` : undefined,
});

/** A labelled text input with its error beside it. */
export function TextField({
  label,
  error,
  hint,
  note,
  className,
  ...input
}: FieldFrame & Omit<ComponentProps<"input">, "className">) {
  const id = useId();
  return (
    <Frame {...{ id, label, error, hint, note }} {...(className ? { className } : {})}>
      <input {...input} id={id} {...described(id, error, hint)} className={inputClass(error)} />
    </Frame>
  );
}

/** A native select in the shop's look. Its name comes from a label or `aria-label`. */
export function Select({ className, ...select }: ComponentProps<"select">) {
  return (
    <span className="relative block">
      <select {...select} className={classNames(inputClass(undefined), "appearance-none pe-10", className)} />
      <span className="pointer-events-none absolute inset-y-0 end-3.5 grid place-items-center">
        <Icon name="down" size={15} />
      </span>
    </span>
  );
}

/** A labelled select. */
export function SelectField({
  label,
  error,
  hint,
  note,
  className,
  ...select
}: FieldFrame & Omit<ComponentProps<"select">, "className">) {
  const id = useId();
  return (
    <Frame {...{ id, label, error, hint, note }} {...(className ? { className } : {})}>
      <Select {...select} id={id} {...described(id, error, hint)} />
    </Frame>
  );
}
