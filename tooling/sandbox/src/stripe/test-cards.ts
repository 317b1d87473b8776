import type { Stripe } from "stripe";

export type Decline = { code: Stripe.PaymentIntent.LastPaymentError.Code; declineCode: string; message: string };

/** How a test card behaves; everything unsaid goes well. */
export type Behaviour = {
  decline?: Decline;
  /** `always`: every payment on session asks for 3-D Secure; `until_set_up`: not once it was saved for later use. */
  authentication?: "always" | "until_set_up";
  /** Saving it to a customer works, only charging it fails. */
  attachable?: true;
  dispute?: { reason: string; status: Stripe.Dispute.Status };
  refund?: "pending" | "fails";
  /** The bank takes its time: the intent is `processing` first. The sandbox's own, as Stripe's cards never are. */
  processing?: true;
};

export type TestCard = {
  number: string;
  /** Names usable as `pm_card_<name>` and `tok_<name>`. */
  names: string[];
  brand: "amex" | "diners" | "discover" | "jcb" | "mastercard" | "unionpay" | "visa";
  country?: string;
  funding?: "credit" | "debit" | "prepaid";
  what: string;
  behaviour: Behaviour;
};

/** What the sandbox keeps about a payment method's card: never the number. */
export type CardOnFile = {
  id: string;
  behaviour: Behaviour;
  setUp: boolean;
  /** Paid without belonging to a customer, or was detached: Stripe lets it be used no more. */
  spent: boolean;
};

const cardDeclined = (declineCode: string, message = "Your card was declined."): Behaviour => ({
  decline: { code: "card_declined", declineCode, message },
});
const failsAs = (code: "expired_card" | "incorrect_cvc" | "processing_error", message: string): Behaviour => ({
  decline: { code, declineCode: code, message },
});
const insufficientFunds = cardDeclined("insufficient_funds", "Your card has insufficient funds.");
const good = (number: string, brand: TestCard["brand"], names: string[], more: Partial<TestCard> = {}): TestCard => ({
  number,
  brand,
  names,
  what: "succeeds",
  behaviour: {},
  ...more,
});
const visa = (number: string, names: string[], what: string, behaviour: Behaviour): TestCard => ({
  number,
  names,
  brand: "visa",
  what,
  behaviour,
});

/** Stripe's test cards, from https://docs.stripe.com/testing, and two of the sandbox's own at the end. */
export const testCards: TestCard[] = [
  good("4242424242424242", "visa", ["visa"]),
  good("4000056655665556", "visa", ["visa_debit"], { funding: "debit" }),
  good("5555555555554444", "mastercard", ["mastercard"]),
  good("2223003122003222", "mastercard", ["mastercard_2series"]),
  good("5200828282828210", "mastercard", ["mastercard_debit"], { funding: "debit" }),
  good("5105105105105100", "mastercard", ["mastercard_prepaid"], { funding: "prepaid" }),
  good("378282246310005", "amex", ["amex"]),
  good("371449635398431", "amex", []),
  good("6011111111111117", "discover", ["discover"]),
  good("3056930009020004", "diners", ["diners"]),
  good("3566002020360505", "jcb", ["jcb"], { country: "JP" }),
  good("6200000000000005", "unionpay", ["unionpay"], { country: "CN" }),
  good("4000002760000016", "visa", ["de"], { country: "DE" }),
  good("4000002500000003", "visa", ["fr"], { country: "FR" }),
  good("4000008260000000", "visa", ["gb"], { country: "GB", funding: "debit" }),
  visa("4000000000000077", ["bypassPending"], "succeeds", {}),
  visa(
    "4000000000000002",
    ["chargeDeclined", "visa_chargeDeclined"],
    "generic decline",
    cardDeclined("generic_decline"),
  ),
  visa(
    "4000000000009995",
    ["chargeDeclinedInsufficientFunds", "visa_chargeDeclinedInsufficientFunds"],
    "insufficient funds",
    insufficientFunds,
  ),
  visa(
    "4000000000009987",
    ["chargeDeclinedLostCard", "visa_chargeDeclinedLostCard"],
    "lost card",
    cardDeclined("lost_card"),
  ),
  visa(
    "4000000000009979",
    ["chargeDeclinedStolenCard", "visa_chargeDeclinedStolenCard"],
    "stolen card",
    cardDeclined("stolen_card"),
  ),
  visa(
    "4000000000000069",
    ["chargeDeclinedExpiredCard"],
    "expired card",
    failsAs("expired_card", "Your card has expired."),
  ),
  visa(
    "4000000000000127",
    ["chargeDeclinedIncorrectCvc"],
    "incorrect security code",
    failsAs("incorrect_cvc", "Your card's security code is incorrect."),
  ),
  visa(
    "4000000000000119",
    ["chargeDeclinedProcessingError"],
    "processing error",
    failsAs("processing_error", "An error occurred while processing your card. Try again in a little bit."),
  ),
  visa(
    "4000000000006975",
    ["chargeDeclinedVelocityLimitExceeded", "visa_chargeDeclinedVelocityLimitExceeded"],
    "too many attempts",
    cardDeclined(
      "card_velocity_exceeded",
      "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
    ),
  ),
  visa("4100000000000019", ["radarBlock"], "blocked as fraudulent", cardDeclined("fraudulent")),
  visa("4000000000000341", ["chargeCustomerFail"], "can be saved, declines when charged", {
    ...cardDeclined("generic_decline"),
    attachable: true,
  }),
  visa("4000002760003184", ["authenticationRequired"], "always asks for 3-D Secure", { authentication: "always" }),
  visa("4000000000003220", ["threeDSecure2Required"], "asks for 3-D Secure", { authentication: "always" }),
  visa("4000000000003063", ["threeDSecureRequired"], "asks for 3-D Secure", { authentication: "always" }),
  visa("4000002500003155", ["authenticationRequiredOnSetup"], "asks for 3-D Secure unless set up before", {
    authentication: "until_set_up",
  }),
  visa(
    "4000008260003178",
    ["authenticationRequiredChargeDeclinedInsufficientFunds"],
    "3-D Secure, then insufficient funds",
    {
      ...insufficientFunds,
      authentication: "always",
      attachable: true,
    },
  ),
  visa("4000008400001629", ["threeDSecureRequiredChargeDeclined"], "3-D Secure, then declined", {
    ...cardDeclined("generic_decline"),
    authentication: "always",
    attachable: true,
  }),
  visa("4000000000000259", ["createDispute"], "succeeds, then disputed as fraudulent", {
    dispute: { reason: "fraudulent", status: "needs_response" },
  }),
  visa("4000000000002685", ["createDisputeProductNotReceived"], "succeeds, then disputed as not received", {
    dispute: { reason: "product_not_received", status: "needs_response" },
  }),
  visa("4000000000001976", ["createDisputeInquiry"], "succeeds, then inquired about", {
    dispute: { reason: "fraudulent", status: "warning_needs_response" },
  }),
  visa("4000000000007726", ["pendingRefund"], "succeeds; its refund is pending, then succeeds", { refund: "pending" }),
  visa("4000000000005126", ["refundFail"], "succeeds; its refund fails later", { refund: "fails" }),
  visa("4000000000008013", ["sandboxProcessing"], "is processing for a while, then succeeds", { processing: true }),
  visa("4000000000008021", ["sandboxProcessingDeclined"], "is processing for a while, then declines", {
    ...cardDeclined("generic_decline"),
    attachable: true,
    processing: true,
  }),
];

export function findCardByNumber(number: string): TestCard | undefined {
  return testCards.find((card) => card.number === number);
}

/** Finds the card that `pm_card_visa` or `tok_visa` stands for. */
export function findCardByName(name: string): TestCard | undefined {
  const [, short] = /^(?:pm_card|tok)_(.+)$/.exec(name) ?? [];
  return short === undefined ? undefined : testCards.find((card) => card.names.includes(short));
}
