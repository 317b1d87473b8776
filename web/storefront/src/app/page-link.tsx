import type { ComponentProps } from "react";
import { NavLink } from "react-router";
import { useMarket } from "./market.tsx";
import { preparePage } from "./pages.ts";

/** A link within the shop that loads its target as soon as the visitor seems to mean it. */
export function PageLink({ to, ...rest }: Omit<ComponentProps<typeof NavLink>, "to"> & { to: string }) {
  const market = useMarket();
  const prepare = () => preparePage(to, market);
  return <NavLink end {...rest} to={to} onPointerEnter={prepare} onFocus={prepare} onTouchStart={prepare} />;
}
