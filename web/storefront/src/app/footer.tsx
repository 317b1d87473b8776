import { useQuery } from "@tanstack/react-query";
import { categoriesOptions } from "../features/catalogue/catalogue-queries.ts";
import { Logo } from "./logo.tsx";
import { useMarket, useMessages } from "./market.tsx";
import { PageLink } from "./page-link.tsx";
import { SettingsFields } from "./settings-fields.tsx";

export function Footer() {
  const { shop, order, account } = useMessages();
  const { data: categories = [] } = useQuery(categoriesOptions(useMarket()));
  const tops = categories.filter((category) => category.parentId === null);
  return (
    <footer className="mt-20 border-line border-t bg-sunken md:mt-28">
      <div className="shell grid gap-10 py-12 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1.2fr]">
        <div className="flex flex-col items-start gap-4">
          <Logo />
          <p className="max-w-[32ch] text-ink-soft">{shop.tagline}</p>
          <p className="text-ink-soft text-sm">{shop.footerNote}</p>
        </div>
        <FooterLinks title={shop.footerShop} links={tops.map(({ slug, name }) => [`/category/${slug}`, name])} />
        <FooterLinks
          title={shop.footerHelp}
          links={[
            ["/account/orders", order.list],
            ["/account", account.title],
            ["/cart", shop.cart],
          ]}
        />
        <section aria-label={shop.footerSettings}>
          <SettingsFields />
        </section>
      </div>
    </footer>
  );
}

function FooterLinks({ title, links }: { title: string; links: [to: string, label: string][] }) {
  return (
    <nav aria-label={title}>
      <h2 className="eyebrow mb-2">{title}</h2>
      <ul className="grid grid-cols-2 gap-x-4 sm:block">
        {links.map(([to, label]) => (
          <li key={to}>
            <PageLink to={to} className="inline-flex min-h-10 items-center hover:underline hover:underline-offset-4">
              {label}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
