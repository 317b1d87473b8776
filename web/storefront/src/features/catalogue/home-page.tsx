import { useQuery } from "@tanstack/react-query";
import type { ProductSort } from "@tradepost/contracts/product";
import { buttonClass } from "@tradepost/ui/button";
import { Icon, type IconName } from "@tradepost/ui/icon";
import { FailureNotice } from "../../app/failure-notice.tsx";
import { useMarket, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { shelfOptions } from "./catalogue-queries.ts";
import { Collections } from "./collections.tsx";
import { HERO, NARROW_SCREEN } from "./hero-picture.ts";
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

function Hero() {
  const { home } = useMessages();
  return (
    <section className="shell pt-4 md:pt-6">
      <div className="relative isolate flex flex-col md:min-h-[min(38rem,72vh)] md:justify-end md:overflow-hidden md:rounded-lg md:bg-sunken">
        <picture>
          <source media={NARROW_SCREEN} srcSet={HERO.narrowUrl} />
          <img
            src={HERO.url}
            alt=""
            width={1600}
            height={900}
            fetchPriority="high"
            className="aspect-[4/3] w-full rounded-lg bg-sunken object-cover md:absolute md:inset-0 md:-z-10 md:aspect-auto md:h-full md:rounded-none"
          />
        </picture>
        <div className="mt-6 flex max-w-xl flex-col items-start gap-4 md:m-8 md:gap-5 md:rounded-lg md:bg-paper md:p-9">
          <h1 className="text-balance font-display text-display-l">{home.heroTitle}</h1>
          <p className="max-w-[46ch] text-ink-soft md:text-lg">{home.heroText}</p>
          <div className="mt-1 flex flex-wrap gap-3">
            <PageLink to="/shop?sort=newest" className={buttonClass({ size: "m" })}>
              {home.heroAction}
            </PageLink>
            <PageLink to="/shop" className={buttonClass({ look: "outline" })}>
              {home.heroSecond}
            </PageLink>
          </div>
        </div>
      </div>
    </section>
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
