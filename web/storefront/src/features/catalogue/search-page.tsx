import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { useMarket, useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { categoriesOptions } from "./catalogue-queries.ts";
import { Listing } from "./listing.tsx";
import { useNarrowing } from "./use-narrowing.ts";

export default function SearchPage() {
  const { search: words } = useMessages();
  const query = useSearchParams()[0].get("q")?.trim().slice(0, 120) ?? "";
  const narrowed = useNarrowing({ q: query });
  const title = query === "" ? words.emptyTitle : words.title(query);
  usePageMeta(title);
  return (
    <div className="shell flex flex-col gap-6 py-6 md:gap-8 md:py-10">
      <h1 className="font-display text-display-m">{title}</h1>
      {query === "" ? (
        <Help text={words.emptyText} />
      ) : (
        <Listing
          key={query}
          {...narrowed}
          nothing={
            <section className="flex flex-col gap-3">
              <h2 className="font-semibold text-xl">{words.noneTitle(query)}</h2>
              <Help text={words.noneText} />
            </section>
          }
        />
      )}
    </div>
  );
}

function Help({ text }: { text: string }) {
  const { data: categories = [] } = useQuery(categoriesOptions(useMarket()));
  return (
    <>
      <p className="max-w-[60ch] text-ink-soft text-lg">{text}</p>
      <ul className="mt-2 flex flex-wrap gap-2">
        {categories
          .filter((category) => category.parentId === null)
          .map((category) => (
            <li key={category.id}>
              <PageLink
                to={`/category/${category.slug}`}
                className="inline-flex min-h-11 items-center rounded-full border border-line-strong px-5 font-medium hover:border-ink"
              >
                {category.name}
              </PageLink>
            </li>
          ))}
      </ul>
    </>
  );
}
