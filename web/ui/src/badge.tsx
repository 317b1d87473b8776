import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

const TONES = {
  plain: "bg-sunken text-ink",
  sale: "bg-sale text-paper",
  good: "bg-accent-soft text-accent-strong",
  warning: "bg-notice-soft text-notice",
  error: "bg-sale-soft text-sale",
};

/** A short label such as "Sale" or an order's status. */
export const Badge = ({ tone = "plain", children }: { tone?: keyof typeof TONES; children: ReactNode }) => (
  <span
    className={classNames(
      "inline-flex items-center whitespace-nowrap rounded-full px-2.5 py-1 font-semibold text-2xs leading-none",
      TONES[tone],
    )}
  >
    {children}
  </span>
);
