import { type ReactNode, useId } from "react";

/** One part of the checkout, with its heading. */
export function CheckoutSection({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="font-display text-display-s">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
