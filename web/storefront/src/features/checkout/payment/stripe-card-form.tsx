import type { PaymentHandle } from "@tradepost/contracts/payment";
import { Button } from "@tradepost/ui/button";
import { Notice } from "@tradepost/ui/notice";
import { Skeleton } from "@tradepost/ui/skeleton";
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import { useMarket, useMessages } from "../../../app/market.tsx";
import { loadStripe, type StripeElements, type StripeJs } from "./load-stripe.ts";
import type { PaymentForm } from "./payment-form.ts";
import { declineOf, outcomeOf } from "./payment-outcome.ts";

/** Stripe's Payment Element for a placed order; card data stays within Stripe's own frame. */
export default function StripeCardForm({ ref, payment }: { ref: Ref<PaymentForm>; payment: PaymentHandle }) {
  const { card: words } = useMessages().checkout;
  const { failure } = useMessages();
  const { locale } = useMarket();
  const target = useRef<HTMLDivElement>(null);
  const opened = useRef<{ stripe: StripeJs; elements: StripeElements }>(undefined);
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  const [tries, setTries] = useState(0);

  // Another try is another run.
  useEffect(() => {
    let left = false;
    let unmount = () => {};
    setState("loading");
    loadStripe(payment.publishableKey)
      .then((stripe) => {
        if (left || !target.current) return;
        const elements = stripe.elements({ clientSecret: payment.clientSecret, locale, appearance: appearance() });
        const element = elements.create("payment", { layout: "tabs" });
        element.mount(target.current);
        unmount = () => element.destroy();
        opened.current = { stripe, elements };
        setState("ready");
      })
      .catch(() => !left && setState("failed"));
    return () => {
      left = true;
      opened.current = undefined;
      unmount();
    };
  }, [payment.publishableKey, payment.clientSecret, locale, tries]);

  useImperativeHandle(ref, () => ({
    check: () => opened.current !== undefined,
    confirm: async (_payment, returnUrl) => {
      if (!opened.current) return { kind: "declined", decline: "unreachable" };
      const { stripe, elements } = opened.current;
      const submitted = await elements.submit();
      if (submitted.error) return { kind: "declined", decline: declineOf(submitted.error) };
      const result = await stripe.confirmPayment({
        elements,
        confirmParams: { return_url: returnUrl },
        redirect: "if_required",
      });
      if (result.paymentIntent) return outcomeOf(result.paymentIntent);
      if (result.error?.type === "api_connection_error") return { kind: "declined", decline: "unreachable" };
      return { kind: "declined", decline: declineOf(result.error) };
    },
  }));

  return (
    <div className="rounded-lg border border-line bg-surface p-5">
      {state === "loading" && (
        <div role="status">
          <span className="sr-only">{words.loading}</span>
          <Skeleton className="h-56 w-full" />
        </div>
      )}
      {state === "failed" && (
        <Notice
          tone="error"
          actions={
            <Button look="outline" size="s" onClick={() => setTries(tries + 1)}>
              {failure.retry}
            </Button>
          }
        >
          {words.loadFailed}
        </Notice>
      )}
      <div ref={target} />
      <p className="mt-4 text-ink-soft text-sm">{words.stripeNote}</p>
    </div>
  );
}

/** The shop's own colours, as they are computed in this theme, for the frame that its style sheet cannot reach. */
function appearance(): object {
  const root = getComputedStyle(document.body);
  return {
    theme: "stripe",
    variables: {
      fontFamily: root.fontFamily,
      colorText: root.color,
      colorBackground: root.backgroundColor,
      borderRadius: "8px",
    },
  };
}
