import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

/** After a navigation, puts the focus at the start of the new page and has its title read out. */
export function RouteFocus() {
  const { pathname } = useLocation();
  const shownPath = useRef(pathname);
  const [title, setTitle] = useState("");
  useEffect(() => {
    if (shownPath.current === pathname) return;
    shownPath.current = pathname;
    document.getElementById("main")?.focus({ preventScroll: true });
    // The page sets its title in an effect of its own, or when its data has come.
    const timer = setTimeout(() => setTitle(document.title), 400);
    return () => clearTimeout(timer);
  }, [pathname]);
  return (
    <p aria-live="polite" className="sr-only">
      {title}
    </p>
  );
}
