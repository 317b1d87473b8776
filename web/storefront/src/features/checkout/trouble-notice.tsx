import { useQuery } from "@tanstack/react-query";
import { CallFailed } from "@tradepost/api-client/call-error";
import type { Cart } from "@tradepost/contracts/cart";
import { Button, buttonClass } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { failureText } from "../../app/failure-notice.tsx";
import { useFormat, useMarket } from "../../app/market.tsx";
import { PageLink } from "../../app/page-link.tsx";
import { quantityOf } from "../cart/cart-arithmetic.ts";
import { cartOptions } from "../cart/cart-query.ts";
import { useSetQuantity } from "../cart/use-cart-changes.ts";
import type { CheckoutDraft } from "./checkout-draft.ts";
import type { CheckoutStage } from "./checkout-stage.ts";
import { type OrderTrouble, orderTrouble, type Shortage } from "./order-trouble.ts";

interface TroubleNoticeProps {
  stage: CheckoutStage;
  /** Why there is no quote. */
  quoteError: unknown;
  cart: Cart | undefined;
  draft: CheckoutDraft;
  onChange: (patch: Partial<CheckoutDraft>) => void;
}

/** Why the order was not placed, or cannot be, and what to do about it. */
export function TroubleNotice({ stage, quoteError, cart, draft, onChange }: TroubleNoticeProps) {
  const { messages, currency } = useMarket();
  const { money } = useFormat();
  const { checkout: words, failure, cart: cartWords } = messages;
  if (stage.name !== "editing") return null;
  const gone: OrderTrouble | undefined = cart?.lines.length === 0 ? { kind: "cart-gone", expired: true } : undefined;
  const unquoted = quoteError ? orderTrouble(quoteError, { amount: 0, currency }) : undefined;
  const trouble = stage.trouble ?? gone ?? unquoted;
  switch (trouble?.kind) {
    case undefined:
      return null;
    case "fields":
      return <Notice tone="error">{words.errors.summary(Object.keys(trouble.errors).length)}</Notice>;
    case "quote":
      return <Notice tone="warning">{words.errors.quoteChanged(money(trouble.before), money(trouble.now))}</Notice>;
    case "stock":
      return <StockNotice shortages={trouble.shortages} />;
    case "cart-gone":
      return (
        <Notice
          tone="warning"
          title={trouble.expired ? words.errors.cartExpiredTitle : cartWords.emptyTitle}
          actions={
            <PageLink to="/shop" className={buttonClass({ look: "outline", size: "s" })}>
              {cartWords.toShop}
            </PageLink>
          }
        >
          {words.errors.cartExpired}
        </Notice>
      );
    case "session":
      return (
        <Notice
          tone="warning"
          title={words.errors.sessionTitle}
          actions={
            <PageLink to="/sign-in?next=/checkout" className={buttonClass({ size: "s" })}>
              {words.signIn}
            </PageLink>
          }
        >
          {words.errors.session}
        </Notice>
      );
    case "promotion":
      return (
        <Notice
          tone="error"
          actions={
            <Button
              look="outline"
              size="s"
              onClick={() => onChange({ promotionCodes: draft.promotionCodes.slice(0, -1) })}
            >
              {words.removePromotion(draft.promotionCodes.at(-1) ?? "")}
            </Button>
          }
        >
          {words.promotionUnknown}
        </Notice>
      );
    case "shipping":
      return <Notice tone="error">{words.errors.shippingUnavailable}</Notice>;
    case "in-progress":
      return <Notice tone="warning">{words.errors.inProgress}</Notice>;
    case "other": {
      const { error } = trouble;
      const reference = error instanceof CallFailed && error.status >= 500 ? error.problem.requestId : undefined;
      return (
        <Notice tone="error" title={failure.title}>
          {failureText(error, messages)}
          {reference && <p className="mt-1 text-ink-soft text-sm">{failure.requestId(reference)}</p>}
        </Notice>
      );
    }
  }
}

/** What is left of each line, and one click that makes the cart fit. */
function StockNotice({ shortages }: { shortages: Shortage[] }) {
  const market = useMarket();
  const { errors: words } = market.messages.checkout;
  const { data: cart } = useQuery(cartOptions(market));
  const { mutate } = useSetQuantity();
  const name = (sku: string) => cart?.lines.find((line) => line.sku === sku)?.name ?? sku;
  const open = shortages.filter(({ sku, available }) => quantityOf(cart, sku) > available);
  if (open.length === 0) return null;
  return (
    <Notice
      tone="warning"
      title={words.stockTitle}
      actions={
        <Button
          size="s"
          onClick={() => {
            for (const { sku, available } of open) mutate({ sku, quantity: available });
          }}
        >
          {words.stockFix}
        </Button>
      }
    >
      <ul>
        {open.map(({ sku, available }) => (
          <li key={sku}>{words.stockLine(name(sku), available)}</li>
        ))}
      </ul>
    </Notice>
  );
}
