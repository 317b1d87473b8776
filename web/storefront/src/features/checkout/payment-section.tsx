import type { Money } from "@tradepost/contracts/money";
import { Button } from "@tradepost/ui/button";
import { Icon } from "@tradepost/ui/icon";
import { Notice } from "@tradepost/ui/notice";
import { Skeleton } from "@tradepost/ui/skeleton";
import { lazy, type Ref, Suspense } from "react";
import { failureText } from "../../app/failure-notice.tsx";
import { useFormat, useMarket, useMessages } from "../../app/market.tsx";
import { CheckoutSection } from "./checkout-section.tsx";
import type { CheckoutStage } from "./checkout-stage.ts";
import type { PaymentForm } from "./payment/payment-form.ts";
import type { PaymentTrouble } from "./payment/payment-outcome.ts";
import type { ShopConfig } from "./payment/shop-config.ts";

const SandboxCardForm = lazy(() => import("./payment/sandbox-card-form.tsx"));
const StripeCardForm = lazy(() => import("./payment/stripe-card-form.tsx"));

interface PaymentSectionProps {
  ref: Ref<PaymentForm>;
  stage: CheckoutStage;
  config: ShopConfig;
  total: Money | undefined;
  /** The total is being worked out. */
  waiting: boolean;
}

/** The card and the button that orders and pays. */
export function PaymentSection({ ref, stage, config, total, waiting }: PaymentSectionProps) {
  const { checkout: words } = useMessages();
  const { money } = useFormat();
  const placed = "placed" in stage ? stage.placed : undefined;
  const busy = stage.name !== "editing" && stage.name !== "awaiting";
  const amount = total ? money(total) : "…";
  const label = {
    editing: config.stripeApiUrl === null ? words.toPayment : words.placeOrder(amount),
    placing: words.placing,
    awaiting: words.pay(amount),
    paying: words.confirming,
    redirecting: words.redirecting,
    paid: words.confirming,
    withdrawing: words.changingDetails,
  }[stage.name];
  return (
    <CheckoutSection title={words.payment}>
      <Suspense fallback={<Skeleton className="h-64 w-full rounded-lg" />}>
        {config.stripeApiUrl !== null ? (
          <SandboxCardForm ref={ref} apiUrl={config.stripeApiUrl} />
        ) : (
          placed && <StripeCardForm ref={ref} payment={placed.payment} />
        )}
      </Suspense>
      {stage.name === "awaiting" && stage.trouble && <PaymentNotice trouble={stage.trouble} />}
      <Button type="submit" size="l" wide busy={busy || (stage.name === "editing" && waiting)}>
        <Icon name="lock" size={18} />
        {label}
      </Button>
      <p aria-live="polite" className="sr-only">
        {busy ? label : ""}
      </p>
      <p className="text-center text-ink-soft text-sm">{words.agreement}</p>
    </CheckoutSection>
  );
}

function PaymentNotice({ trouble }: { trouble: PaymentTrouble }) {
  const { messages } = useMarket();
  const { checkout: words } = messages;
  const text = trouble.kind === "declined" ? words.declined[trouble.decline] : failureText(trouble.error, messages);
  return <Notice tone="error">{text}</Notice>;
}
