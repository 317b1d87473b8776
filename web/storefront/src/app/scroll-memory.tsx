import { useEffect, useLayoutEffect, useRef } from "react";
import { useLocation, useNavigationType } from "react-router";
import { inThisTab, readStored, writeStored } from "./stored.ts";

const KEY = "tradepost.scroll";
const GIVE_UP_MS = 3000;

/** A new page starts at its top; going back or forward finds the place that was left, once the page is long enough. */
export function ScrollMemory(): null {
  const { key, pathname, hash } = useLocation();
  const navigation = useNavigationType();
  const places = useRef<Record<string, number> | null>(null);
  places.current ??= storedPlaces();
  const shownPath = useRef(pathname);

  useEffect(() => {
    history.scrollRestoration = "manual";
    const keep = () => writeStored(inThisTab, KEY, places.current);
    addEventListener("pagehide", keep);
    return () => removeEventListener("pagehide", keep);
  }, []);

  useLayoutEffect(() => {
    const samePage = shownPath.current === pathname;
    shownPath.current = pathname;
    const stopRestoring = navigation === "POP" ? scrollWhenLongEnough(places.current?.[key] ?? 0) : undefined;
    if (navigation !== "POP" && !samePage && !document.getElementById(hash.slice(1))) scrollTo(0, 0);
    const remember = () => {
      if (places.current) places.current[key] = Math.round(scrollY);
    };
    addEventListener("scroll", remember, { passive: true });
    return () => {
      stopRestoring?.();
      removeEventListener("scroll", remember);
    };
  }, [key, pathname, hash, navigation]);
  return null;
}

/** A page that was typed in or linked to from elsewhere starts at its top, even if this tab knows it. */
function storedPlaces(): Record<string, number> {
  const [load] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const stored = readStored<Record<string, number>>(inThisTab, KEY) ?? {};
  return load?.type === "navigate" ? {} : stored;
}

function scrollWhenLongEnough(y: number): () => void {
  const longEnough = () => document.documentElement.scrollHeight - innerHeight >= y;
  if (longEnough()) {
    scrollTo(0, y);
    return () => {};
  }
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  const observer = new ResizeObserver(() => {
    if (!longEnough()) return;
    scrollTo(0, y);
    stop();
  });
  const timer = setTimeout(stop, GIVE_UP_MS);
  observer.observe(document.body);
  return stop;
}
