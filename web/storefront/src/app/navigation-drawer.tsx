import { IconButton } from "@tradepost/ui/button";
import { Icon } from "@tradepost/ui/icon";
import { lazy, Suspense, useEffect, useState } from "react";
import { useLocation } from "react-router";
import { useMessages } from "./market.tsx";

const loadPanel = () => import("./navigation-panel.tsx");
const NavigationPanel = lazy(loadPanel);

/** The menu of small screens; what it opens is loaded when it is meant. */
export function NavigationDrawer() {
  const { shop } = useMessages();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const { pathname, search } = useLocation();
  // Whatever the new address is, the menu has done its work.
  useEffect(() => setOpen(false), [pathname, search]);
  return (
    <div className="md:hidden">
      <IconButton
        label={shop.openMenu}
        aria-haspopup="dialog"
        className="-ms-2.5"
        onPointerEnter={() => void loadPanel()}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        <Icon name="menu" size={24} />
      </IconButton>
      {wanted && (
        <Suspense>
          <NavigationPanel open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
