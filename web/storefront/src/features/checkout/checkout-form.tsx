import { useQuery } from "@tanstack/react-query";
import type { Cart } from "@tradepost/contracts/cart";
import type { Money } from "@tradepost/contracts/money";
import type { User } from "@tradepost/contracts/user";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useMarket } from "../../app/market.tsx";
import { cartOptions } from "../cart/cart-query.ts";
import { useSettled } from "../catalogue/use-settled.ts";
import { addressErrors, toAddress } from "./address-draft.ts";
import { type CheckoutDraft, type DraftErrors, draftErrors, initialDraft, keepDraft } from "./checkout-draft.ts";
import type { Placed } from "./checkout-stage.ts";
import { ContactSection } from "./contact-section.tsx";
import { DeliverySection } from "./delivery-section.tsx";
import { DetailsSummary } from "./details-summary.tsx";
import { OrderReview } from "./order-review.tsx";
import type { PaymentForm } from "./payment/payment-form.ts";
import type { ShopConfig } from "./payment/shop-config.ts";
import { PaymentSection } from "./payment-section.tsx";
import { quoteOptions } from "./quote-query.ts";
import { ShippingSection } from "./shipping-section.tsx";
import { TroubleNotice } from "./trouble-notice.tsx";
import { useCheckout } from "./use-checkout.ts";

const SETTLE_MS = 350;

interface CheckoutFormProps {
  me: User | null;
  config: ShopConfig;
  /** An order to go on with. */
  pending?: Placed;
}

/** The one page of checkout: who, where to, how, and the payment; beside it what it costs. */
export function CheckoutForm({ me, config, pending }: CheckoutFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const paymentForm = useRef<PaymentForm>(null);
  const [draft, setDraft] = useState(initialDraft);
  const [shownErrors, setShownErrors] = useState<DraftErrors>({});
  const [refusals, setRefusals] = useState(0);
  const [wanted, setWanted] = useState<Money>();
  const { stage, dispatch, place, pay, withdraw } = useCheckout(
    paymentForm,
    pending && { name: "awaiting", placed: pending },
  );
  const { data: cart } = useQuery(cartOptions(useMarket()));
  const { quote, settledQuote } = useDraftQuote(draft, cart);
  const signedIn = me !== null;
  const placed = "placed" in stage ? stage.placed : undefined;

  const change = (patch: Partial<CheckoutDraft>) => {
    const next = { ...draft, ...patch };
    setDraft(next);
    keepDraft(next);
    // What is already marked as wrong is unmarked as soon as it is right; nothing new is marked while typing.
    const wrong = draftErrors(next, signedIn);
    setShownErrors((shown) => Object.fromEntries(Object.entries(shown).filter(([field]) => wrong[field])));
    setWanted(undefined);
    dispatch({ name: "edited" });
  };
  const refused = stage.name === "editing" && stage.trouble?.kind === "fields" ? stage.trouble.errors : undefined;
  useEffect(() => {
    if (!refused) return;
    setShownErrors(refused);
    setRefusals((count) => count + 1);
  }, [refused]);
  // Only what is refused moves the focus, never a field that is put right while another one is still wrong.
  useEffect(() => {
    if (refusals > 0) focusFirstError(form.current);
  }, [refusals]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (stage.name === "awaiting") {
      if (paymentForm.current?.check()) void pay(stage.placed);
      return;
    }
    const errors = draftErrors(draft, signedIn);
    setShownErrors(errors);
    const cardReady = paymentForm.current?.check() ?? true;
    if (Object.keys(errors).length > 0 || !cardReady) return setRefusals((count) => count + 1);
    if (stage.name === "editing") setWanted(quote.data?.total);
  };
  // A click while the total is being worked out again counts once it is known, unless it is not the one that was shown.
  useEffect(() => {
    if (!wanted || (!settledQuote && quote.data)) return;
    setWanted(undefined);
    if (!settledQuote) return;
    const { total } = settledQuote;
    if (total.amount === wanted.amount) void place(draft, settledQuote, signedIn);
    else dispatch({ name: "refused", trouble: { kind: "quote", before: wanted, now: total } });
  }, [wanted, settledQuote, quote.data, place, dispatch, draft, signedIn]);

  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:items-start lg:gap-14">
      <OrderReview
        quote={placed ? placed.order : quote.data}
        promotion={
          placed ? undefined : { codes: draft.promotionCodes, onChange: (promotionCodes) => change({ promotionCodes }) }
        }
      />
      <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-10 lg:col-start-1 lg:row-start-1">
        {placed ? (
          <DetailsSummary
            order={placed.order}
            onWithdraw={stage.name === "awaiting" ? () => void withdraw(placed) : undefined}
          />
        ) : (
          <>
            <ContactSection me={me} draft={draft} errors={shownErrors} onChange={change} />
            <DeliverySection signedIn={signedIn} draft={draft} errors={shownErrors} onChange={change} />
            <ShippingSection draft={draft} quote={quote} onChange={change} />
          </>
        )}
        <TroubleNotice stage={stage} quoteError={quote.error} cart={cart} draft={draft} onChange={change} />
        <PaymentSection
          ref={paymentForm}
          stage={stage}
          config={config}
          total={placed?.order.total ?? quote.data?.total}
          waiting={!placed && quote.data === undefined}
        />
      </form>
    </div>
  );
}

/**
 * The quote to show; the address counts once it is complete and typing has paused. `settledQuote` is the one for all that
 * the draft says now, undefined while it is being worked out.
 */
function useDraftQuote(draft: CheckoutDraft, cart: Cart | undefined) {
  const market = useMarket();
  const settled = useSettled(draft.shipping, SETTLE_MS);
  const complete = Object.keys(addressErrors(settled)).length === 0;
  const quote = useQuery(
    quoteOptions(market, cart, {
      ...(complete && { shippingAddress: toAddress(settled) }),
      ...(complete && draft.shippingOptionId && { shippingOptionId: draft.shippingOptionId }),
      ...(draft.promotionCodes.length > 0 && { promotionCodes: draft.promotionCodes }),
    }),
  );
  const isSettled = settled === draft.shipping && !quote.isPlaceholderData && !quote.isFetching;
  return { quote, settledQuote: isSettled ? quote.data : undefined };
}

const focusFirstError = (form: HTMLFormElement | null) =>
  requestAnimationFrame(() => form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
