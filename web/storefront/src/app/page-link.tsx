import { type ComponentProps, useRef } from "react";
import { NavLink } from "react-router";
import { useMarket } from "./market.tsx";
import { preparePage } from "./prepare-page.ts";

/** As long as a pointer rests on a link that someone is about to click. */
const DWELL_MS = 120;

/** A link within the shop that loads its target as soon as the visitor seems to mean it. */
export function PageLink({ to, ...rest }: Omit<ComponentProps<typeof NavLink>, "to"> & { to: string }) {
  const market = useMarket();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const prepare = () => preparePage(to, market);
  const approach = () => {
    timer.current = setTimeout(prepare, DWELL_MS);
  };
  const leave = () => clearTimeout(timer.current);
  return (
    <NavLink
      end
      {...rest}
      to={to}
      onPointerEnter={approach}
      onPointerLeave={leave}
      onFocus={approach}
      onBlur={leave}
      onTouchStart={prepare}
    />
  );
}
