import { useMessages } from "../../app/market.tsx";
import { usePageMeta } from "../../app/page-meta.ts";
import { Listing } from "./listing.tsx";
import { useNarrowing } from "./use-narrowing.ts";

export default function ShopPage() {
  const { shop, listing } = useMessages();
  const narrowed = useNarrowing({});
  usePageMeta(shop.all, shop.tagline);
  return (
    <div className="shell flex flex-col gap-6 py-6 md:gap-8 md:py-10">
      <h1 className="font-display text-display-m">{shop.all}</h1>
      <Listing {...narrowed} nothing={<p className="rounded-lg bg-sunken p-8">{listing.emptyCategory}</p>} />
    </div>
  );
}
