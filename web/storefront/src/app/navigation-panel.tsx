import { useQuery } from "@tanstack/react-query";
import { Icon } from "@tradepost/ui/icon";
import { Modal } from "@tradepost/ui/modal";
import { categoriesOptions } from "../features/catalogue/catalogue-queries.ts";
import { useMarket, useMessages } from "./market.tsx";
import { PageLink } from "./page-link.tsx";
import { SettingsFields } from "./settings-fields.tsx";

/** All categories, the orders, the settings. */
export default function NavigationPanel({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { shop, order } = useMessages();
  return (
    <Modal open={open} onClose={onClose} title={shop.menu} closeLabel={shop.close} place="left">
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
