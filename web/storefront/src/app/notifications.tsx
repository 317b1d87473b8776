import { IconButton } from "@tradepost/ui/button";
import { Icon } from "@tradepost/ui/icon";
import { useEffect } from "react";
import { useMessages } from "./market.tsx";
import { createSignal, useSignal } from "./signal.ts";

interface Notification {
  text: string;
  action?: { label: string; run: () => void };
}

const SHOWN_MS = 8000;
const shown = createSignal<Notification | undefined>(undefined);

/** Tells the visitor something in passing, with one thing to do about it; a newer message replaces it. */
export const notify = (notification: Notification): void => shown.set(notification);

export function Notifications() {
  const notification = useSignal(shown);
  const { shop } = useMessages();
  useEffect(() => {
    if (!notification) return;
    const timer = setTimeout(() => shown.set(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notification]);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex justify-center p-4 pb-[max(1rem,env(safe-area-inset-bottom))]"
    >
      {notification && (
        <div className="pointer-events-auto flex max-w-lg animate-rise items-center gap-3 rounded-lg bg-ink py-1.5 ps-5 pe-1.5 text-paper shadow-lift">
          <p className="min-w-0 flex-1">{notification.text}</p>
          {notification.action && (
            <button
              type="button"
              className="min-h-11 px-3 font-semibold underline underline-offset-4"
              onClick={() => {
                notification.action?.run();
                shown.set(undefined);
              }}
            >
              {notification.action.label}
            </button>
          )}
          <IconButton
            label={shop.close}
            className="text-paper hover:bg-transparent"
            onClick={() => shown.set(undefined)}
          >
            <Icon name="close" size={16} />
          </IconButton>
        </div>
      )}
    </div>
  );
}
