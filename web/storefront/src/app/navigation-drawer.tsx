import { useQuery } from "@tanstack/react-query";
import { IconButton } from "@tradepost/ui/button";
import { Icon } from "@tradepost/ui/icon";
import { Modal } from "@tradepost/ui/modal";
import { useEffect, useState } from "react";
import { useLocation } from "react-router";
import { categoriesOptions } from "../features/catalogue/catalogue-queries.ts";
import { useMarket, useMessages } from "./market.tsx";
import { PageLink } from "./page-link.tsx";
import { SettingsFields } from "./settings-fields.tsx";

/** The menu of small screens: all categories, the orders, the settings. */
export function NavigationDrawer() {
  const { shop, order } = useMessages();
  const [open, setOpen] = useState(false);
  const { pathname, search } = useLocation();
  // Whatever the new address is, the menu has done its work.
  useEffect(() => setOpen(false), [pathname, search]);
  return (
    <div className="md:hidden">
      <IconButton label={shop.openMenu} aria-haspopup="dialog" className="-ms-2.5" onClick={() => setOpen(true)}>
        <Icon name="menu" size={24} />
      </IconButton>
      <Modal open={open} onClose={() => setOpen(false)} title={shop.menu} closeLabel={shop.close} place="left">
        <nav aria-label={shop.categories} className="flex flex-col">
          <DrawerLink to="/shop?sort=newest">{shop.newIn}</DrawerLink>
          <DrawerLink to="/shop">{shop.all}</DrawerLink>
          <CategoryTree />
          <DrawerLink to="/account/orders">{order.list}</DrawerLink>
        </nav>
        <div className="mt-8">
          <SettingsFields />
        </div>
      </Modal>
    </div>
  );
}

const DrawerLink = ({ to, children }: { to: string; children: string }) => (
  <PageLink to={to} className="flex min-h-12 items-center border-line border-b font-medium">
    {children}
  </PageLink>
);

function CategoryTree() {
  const { data: categories = [] } = useQuery(categoriesOptions(useMarket()));
  return categories
    .filter((category) => category.parentId === null)
    .map((top) => (
      <details key={top.id} className="group border-line border-b">
        <summary className="flex min-h-12 list-none items-center justify-between font-medium">
          {top.name}
          <span className="transition-transform group-open:rotate-180">
            <Icon name="down" size={16} />
          </span>
        </summary>
        <ul className="pb-3">
          {[top, ...categories.filter((one) => one.parentId === top.id)].map((category) => (
            <li key={category.id}>
              <PageLink to={`/category/${category.slug}`} className="flex min-h-11 items-center ps-4 text-ink-soft">
                {category.name}
              </PageLink>
            </li>
          ))}
        </ul>
      </details>
    ));
}
