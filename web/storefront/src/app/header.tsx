import { useQuery } from "@tanstack/react-query";
import { Icon } from "@tradepost/ui/icon";
import { useMe } from "../features/account/use-me.ts";
import { CartButton } from "../features/cart/cart-button.tsx";
import { categoriesOptions } from "../features/catalogue/catalogue-queries.ts";
import { SearchBox } from "../features/catalogue/search-box.tsx";
import { Logo } from "./logo.tsx";
import { useMarket, useMessages } from "./market.tsx";
import { NavigationDrawer } from "./navigation-drawer.tsx";
import { PageLink } from "./page-link.tsx";

export function Header() {
  const { shop } = useMessages();
  return (
    <header className="sticky top-0 z-20 border-line border-b bg-paper max-md:static">
      <div className="shell flex flex-wrap items-center gap-x-2 gap-y-2 py-2.5 md:flex-nowrap md:gap-x-6">
        <NavigationDrawer />
        <PageLink to="/" aria-label={`${shop.name}: ${shop.home}`} className="me-auto rounded-sm py-1 md:me-0">
          <Logo />
        </PageLink>
        <div className="order-last w-full md:order-none md:mx-auto md:max-w-xl md:flex-1">
          <SearchBox />
        </div>
        <div className="flex items-center gap-1">
          <AccountLink />
          <CartButton />
        </div>
      </div>
      <CategoryBar />
    </header>
  );
}

function AccountLink() {
  const { shop } = useMessages();
  const me = useMe();
  return (
    <PageLink
      to={me ? "/account" : "/sign-in"}
      className="inline-flex min-h-11 items-center gap-2 rounded-md px-2.5 font-medium text-sm hover:bg-sunken"
    >
      <Icon name="person" size={22} />
      <span className="max-lg:sr-only">{me ? shop.account : shop.signIn}</span>
    </PageLink>
  );
}

/** The top categories, on screens that have room for them; elsewhere they are in the drawer. */
function CategoryBar() {
  const { shop } = useMessages();
  const { data: categories } = useQuery(categoriesOptions(useMarket()));
  const link =
    "inline-flex min-h-11 items-center border-transparent border-b-2 px-1 font-medium text-sm transition-colors hover:border-ink aria-[current=page]:border-accent";
  return (
    <nav aria-label={shop.categories} className="shell hidden min-h-11 md:block">
      <ul className="flex flex-wrap gap-x-5 lg:gap-x-7">
        {categories
          ?.filter((category) => category.parentId === null)
          .map((category) => (
            <li key={category.id}>
              <PageLink to={`/category/${category.slug}`} className={link}>
                {category.name}
              </PageLink>
            </li>
          ))}
      </ul>
    </nav>
  );
}
