import { buttonClass } from "@tradepost/ui/button";
import { Icon } from "@tradepost/ui/icon";
import { useMessages } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";

export function EmptyCart({ onLeave }: { onLeave?: () => void }) {
  const { cart: words } = useMessages();
  return (
    <div className="flex flex-col items-center gap-3 rounded-lg bg-sunken px-6 py-14 text-center">
      <Icon name="bag" size={40} />
      <p className="font-display text-display-s">{words.emptyTitle}</p>
      <p className="max-w-[38ch] text-ink-soft">{words.emptyText}</p>
      <PageLink to="/shop?sort=newest" onClick={onLeave} className={`${buttonClass()} mt-3`}>
        {words.toShop}
      </PageLink>
    </div>
  );
}
