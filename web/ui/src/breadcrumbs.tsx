import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

interface Crumb {
  key: string;
  content: ReactNode;
  /** Left out on small screens. */
  wideOnly?: boolean;
}

/** The way to a page; the last item is the page itself. */
export function Breadcrumbs({ label, items }: { label: string; items: Crumb[] }) {
  return (
    <nav aria-label={label} className="text-ink-soft text-sm">
      <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
        {items.map((item, index) => (
          <li
            key={item.key}
            className={classNames(
              "flex items-center gap-1.5 [&_a]:hover:underline [&_a]:hover:underline-offset-4",
              item.wideOnly && "max-sm:hidden",
            )}
          >
            {index > 0 && <Icon name="chevron" size={12} />}
            {item.content}
          </li>
        ))}
      </ol>
    </nav>
  );
}
