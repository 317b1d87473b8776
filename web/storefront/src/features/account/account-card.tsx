import type { ReactNode } from "react";

/** The narrow page of the sign-in and register forms. */
export const AccountCard = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="shell flex justify-center py-10 md:py-20">
    <div className="flex w-full max-w-md flex-col gap-6 rounded-lg bg-surface p-6 md:p-10">
      <h1 className="font-display text-display-m">{title}</h1>
      {children}
    </div>
  </div>
);
