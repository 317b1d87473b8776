import { classNames } from "./class-names.ts";

/** A quiet placeholder of the shape of what is coming; give it its size by class. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span
    aria-hidden="true"
    className={classNames(
      "block animate-shimmer rounded-md bg-[length:220%_100%] bg-[linear-gradient(100deg,var(--color-sunken)_40%,var(--color-line)_50%,var(--color-sunken)_60%)]",
      className,
    )}
  />
);
