import { Button, buttonClass } from "@tradepost/ui/button";
import { Component, type ReactNode } from "react";
import { useLocation } from "react-router";
import { useMessages } from "./market.tsx";

/** Catches what a page throws while it is drawn; another address is another try. */
export function ErrorBoundary({ children }: { children: ReactNode }) {
  return <Boundary key={useLocation().pathname}>{children}</Boundary>;
}

class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <CrashPage /> : this.props.children;
  }
}

function CrashPage() {
  const { failure } = useMessages();
  return (
    <div className="shell flex flex-col items-start gap-4 py-16">
      <h1 className="font-display text-display-m">{failure.crashTitle}</h1>
      <p className="text-ink-soft text-lg">{failure.crash}</p>
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => location.reload()}>{failure.reload}</Button>
        <a href="/" className={buttonClass({ look: "outline" })}>
          {failure.toHome}
        </a>
      </div>
    </div>
  );
}
