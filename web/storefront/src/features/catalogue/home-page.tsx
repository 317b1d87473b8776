import { useQuery } from "@tanstack/react-query";
import type { ProductSort } from "@tradepost/contracts/product";
import { Icon, type IconName } from "@tradepost/ui/icon";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMarket, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { shelfOptions } from "./catalogue-queries.ts";
import { Collections } from "./collections.tsx";
import { Hero } from "./hero.tsx";
import { ProductGrid } from "./product-grid.tsx";

export default function HomePage() {
  const { home, shop } = useMessages();
  usePageMeta("", shop.tagline);
  return (
    <>
      <Hero />
      <Collections />
      <Shelf title={home.newIn} sort="newest" />
      <Promises />
      <Shelf title={home.bestRated} sort="rating" />
    </>
  );
}

function Shelf({ title, sort }: { title: string; sort: ProductSort }) {
  const { home } = useMessages();
  const { data, error, refetch } = useQuery(shelfOptions(useMarket(), sort));
  return (
    <section className="shell pt-16 md:pt-24" aria-label={title}>
      <div className="mb-6 flex items-baseline justify-between gap-4 md:mb-8">
        <h2 className="font-display text-display-m">{title}</h2>
        <PageLink to={`/shop?sort=${sort}`} className="underlined shrink-0 font-medium">
          {home.seeAll}
          <span className="sr-only">: {title}</span>
        </PageLink>
      </div>
      {error ? <FailureNotice error={error} onRetry={refetch} /> : <ProductGrid products={data} />}
    </section>
  );
}

const PROMISE_ICONS = { guest: "person", secure: "lock", exact: "truck" } as const satisfies Record<string, IconName>;

function Promises() {
  const { promises } = useMessages().home;
  return (
    <section className="shell pt-16 md:pt-24">
      <ul className="grid gap-px overflow-hidden rounded-lg bg-line md:grid-cols-3">
        {(["guest", "secure", "exact"] as const).map((name) => (
          <li key={name} className="flex gap-4 bg-accent-soft p-6 md:p-8">
            <span className="text-accent">
              <Icon name={PROMISE_ICONS[name]} size={26} />
            </span>
            <div>
              <h2 className="font-semibold">{promises[name][0]}</h2>
              <p className="mt-1 text-ink-soft">{promises[name][1]}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
