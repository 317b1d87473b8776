import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";

const TONES: Record<"info" | "good" | "warning" | "error", { look: string; icon: IconName }> = {
  info: { look: "bg-sunken text-ink", icon: "info" },
  good: { look: "bg-accent-soft text-accent-strong", icon: "check" },
  warning: { look: "bg-notice-soft text-notice", icon: "warning" },
  error: { look: "bg-sale-soft text-sale", icon: "warning" },
};

interface NoticeProps {
  tone?: keyof typeof TONES;
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

/** A message in the page. Errors and warnings are announced as soon as they appear. */
export function Notice({ tone = "info", title, children, actions, className }: NoticeProps) {
  const { look, icon } = TONES[tone];
  return (
    <div
      role={tone === "error" || tone === "warning" ? "alert" : "status"}
      className={classNames("flex gap-3 rounded-md p-4", look, className)}
    >
      <span className="mt-0.5">
        <Icon name={icon} />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="text-ink">{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-3 text-ink">{actions}</div>}
      </div>
    </div>
  );
}
