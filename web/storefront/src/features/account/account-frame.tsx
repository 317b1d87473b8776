import type { User } from "@tradepost/contracts/user";
import { Button } from "@tradepost/ui/button";
import { classNames } from "@tradepost/ui/class-names";
import { Skeleton } from "@tradepost/ui/skeleton";
import { type ReactNode, useState } from "react";
import { Navigate, useLocation } from "react-router";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { useSignal } from "../../app/signal.ts";
import { sessionEndNotice } from "./session-end.ts";
import { useMe, useSignOut } from "./use-me.ts";
import { VerifyNotice } from "./verify-notice.tsx";

interface AccountFrameProps {
  title: string;
  /** What whoever comes signed out sees; without it they are asked to sign in. */
  guest?: ReactNode;
  children: (me: User) => ReactNode;
}

/** What the pages of an account share: they belong to someone signed in, and lead to each other. */
export function AccountFrame({ title, guest, children }: AccountFrameProps) {
  const me = useMe();
  const { pathname } = useLocation();
  const [wasIn, setWasIn] = useState(false);
  const isEnded = useSignal(sessionEndNotice);
  usePageMeta(title);
  if (me && !wasIn) setWasIn(true);
  if (me === null) {
    // Whoever signs out here is done; whoever comes signed out, or whose session has ended, wants to go on.
    const isDone = wasIn && !isEnded;
    if (guest && !wasIn) return guest;
    return <Navigate to={isDone ? "/" : `/sign-in?${new URLSearchParams({ next: pathname })}`} replace />;
  }
  return (
    <div className="shell flex flex-col gap-10 py-8 md:py-12">
      {me ? (
        <>
          <AccountHeader me={me} />
          {!me.emailVerified && <VerifyNotice me={me} />}
          {children(me)}
        </>
      ) : (
        <Skeleton className="h-96 w-full" />
      )}
    </div>
  );
}

function AccountHeader({ me }: { me: User }) {
  const { account: words } = useMessages();
  const signOut = useSignOut();
  return (
    <header className="flex flex-col gap-6">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0">
          <h1 className="font-display text-display-m">{words.greeting(me.name)}</h1>
          <p className="break-words text-ink-soft">{me.email}</p>
        </div>
        <Button look="outline" busy={signOut.isPending} onClick={() => signOut.mutate()}>
          {words.signOut}
        </Button>
      </div>
      <nav aria-label={words.title} className="-mx-1 flex gap-1 overflow-x-auto border-line border-b px-1">
        {TABS.map(({ to, name }) => (
          <PageLink
            key={to}
            to={to}
            className={({ isActive }) =>
              classNames(
                "-mb-px inline-flex min-h-11 items-center whitespace-nowrap border-b-2 px-3 font-medium",
                isActive ? "border-accent text-ink" : "border-transparent text-ink-soft hover:text-ink",
              )
            }
          >
            {words.tabs[name]}
          </PageLink>
        ))}
      </nav>
    </header>
  );
}

const TABS = [
  { to: "/account", name: "overview" },
  { to: "/account/orders", name: "orders" },
  { to: "/account/security", name: "security" },
  { to: "/account/privacy", name: "privacy" },
] as const;
