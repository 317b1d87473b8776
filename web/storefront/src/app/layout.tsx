import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { meOptions } from "../features/account/use-me.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import { useMessages } from "./market.tsx";
import { Notifications } from "./notifications.tsx";
import { RouteFocus } from "./route-focus.tsx";
import { ScrollMemory } from "./scroll-memory.tsx";
import { OfflineNotice, SessionEndNotice } from "./site-notices.tsx";

/** What is around every page. */
export function Layout({ children }: { children: ReactNode }) {
  const { shop } = useMessages();
  useQuery(meOptions);
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only rounded-md bg-accent px-4 py-3 font-semibold text-on-accent focus:not-sr-only focus:absolute focus:z-50 focus:m-3"
      >
        {shop.skipToContent}
      </a>
      <Header />
      <OfflineNotice />
      <SessionEndNotice />
      <main id="main" tabIndex={-1} className="min-h-dvh flex-1">
        <ErrorBoundary>{children}</ErrorBoundary>
      </main>
      <Footer />
      <Notifications />
      <RouteFocus />
      <ScrollMemory />
    </div>
  );
}
