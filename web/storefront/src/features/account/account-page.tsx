import type { User } from "@tradepost/contracts/user";
import { Button, buttonClass } from "@tradepost/ui/button";
import { Skeleton } from "@tradepost/ui/skeleton";
import { Navigate, useNavigate } from "react-router";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { AddressBook } from "./address-book.tsx";
import { PasswordForm } from "./password-form.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { SessionList } from "./session-list.tsx";
import { useMe, useSignOut } from "./use-me.ts";

export default function AccountPage() {
  const { account: words } = useMessages();
  const me = useMe();
  usePageMeta(words.title);
  if (me === null) return <Navigate to="/sign-in?next=/account" replace />;
  return (
    <div className="shell flex flex-col gap-10 py-8 md:py-12">
      {me ? <AccountView me={me} /> : <Skeleton className="h-96 w-full" />}
    </div>
  );
}

function AccountView({ me }: { me: User }) {
  const { account: words } = useMessages();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <>
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="font-display text-display-m">{words.greeting(me.name)}</h1>
          <p className="text-ink-soft">{me.email}</p>
        </div>
        <Button
          look="outline"
          busy={signOut.isPending}
          onClick={() => signOut.mutate(undefined, { onSuccess: () => navigate("/") })}
        >
          {words.signOut}
        </Button>
      </header>
      <section className="flex flex-wrap items-center justify-between gap-4 rounded-lg bg-accent-soft p-6">
        <div>
          <h2 className="font-display text-display-s">{words.orders}</h2>
          <p className="text-ink-soft">{words.ordersText}</p>
        </div>
        <PageLink to="/account/orders" className={buttonClass()}>
          {words.orders}
        </PageLink>
      </section>
      <div className="grid gap-10 lg:grid-cols-2 lg:gap-14">
        <AddressBook />
        <SessionList />
        <ProfileForm me={me} />
        <PasswordForm me={me} />
      </div>
    </>
  );
}
