import type { PaymentHandle } from "@tradepost/contracts/payment";
import type { PaymentOutcome } from "./payment-outcome.ts";

/** What checkout needs of a form that takes a card, be it the sandbox's or Stripe's. */
export interface PaymentForm {
  /** Whether it is filled in; shows what is missing and puts the focus there. */
  check: () => boolean;
  confirm: (payment: PaymentHandle, returnUrl: string) => Promise<PaymentOutcome>;
}
