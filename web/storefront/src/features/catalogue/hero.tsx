import { buttonClass } from "@tradepost/ui/button";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";

/** The start page's opening, with the shop's own picture. */
export function Hero() {
  const { home } = useMessages();
  return (
    <section className="shell pt-4 md:pt-6">
      <div className="relative isolate flex flex-col md:min-h-[min(38rem,72vh)] md:justify-end md:overflow-hidden md:rounded-lg md:bg-sunken">
        <HeroPicture />
        <div className="mt-6 flex max-w-xl flex-col items-start gap-4 md:m-8 md:gap-5 md:rounded-lg md:bg-paper md:p-9">
          <h1 className="text-balance font-display text-display-l">{home.heroTitle}</h1>
          <p className="max-w-[46ch] text-ink-soft md:text-lg">{home.heroText}</p>
          <div className="mt-1 flex flex-wrap gap-3">
            <PageLink to="/shop?sort=newest" className={buttonClass()}>
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

/** The shop's own picture, wide or tall: its address is known before anything is asked, so it is there first. */
function HeroPicture() {
  return (
    <picture className="aspect-[4/3] w-full overflow-hidden rounded-lg bg-sunken md:absolute md:inset-0 md:-z-10 md:aspect-auto md:rounded-none">
      <source media="(min-width: 48rem)" srcSet="/media/hero/hero-1600.webp" width={1600} height={900} />
      <img
        src="/media/hero/hero-800.webp"
        alt=""
        width={800}
        height={1000}
        fetchPriority="high"
        className="size-full object-cover object-top md:object-center"
      />
    </picture>
  );
}
