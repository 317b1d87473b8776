import { buttonClass } from "@tradepost/ui/button";
import { Icon } from "@tradepost/ui/icon";
import { Notice } from "@tradepost/ui/notice";
import { useSyncExternalStore } from "react";
import { useLocation } from "react-router";
import { sessionEndNotice } from "../features/account/session-end.ts";
import { useMessages } from "./market.tsx";
import { PageLink } from "./page-link.tsx";
import { useSignal } from "./signal.ts";

const watchConnection = (notify: () => void) => {
  addEventListener("online", notify);
  addEventListener("offline", notify);
  return () => {
    removeEventListener("online", notify);
    removeEventListener("offline", notify);
  };
};

export function OfflineNotice() {
  const { shop } = useMessages();
  const online = useSyncExternalStore(watchConnection, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <p className="shell flex items-center gap-3 bg-notice-soft py-3 font-medium text-notice">
          <Icon name="offline" />
          {shop.offline}
        </p>
      )}
    </div>
  );
}

/** Tells a shopper whose session has ended; on the pages that ask for a sign-in anyway it would be in the way. */
export function SessionEndNotice() {
  const { shop } = useMessages();
  const { pathname } = useLocation();
  const ended = useSignal(sessionEndNotice);
  if (!ended || pathname === "/sign-in" || pathname === "/register" || pathname === "/checkout") return null;
  return (
    <div className="shell pt-4">
      <Notice
        tone="warning"
        title={shop.signedOutTitle}
        actions={
          <PageLink to={`/sign-in?${new URLSearchParams({ next: pathname })}`} className={buttonClass({ size: "s" })}>
            {shop.signInAgain}
          </PageLink>
        }
      >
        {shop.signedOut}
      </Notice>
    </div>
  );
}
