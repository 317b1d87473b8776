/** What the shop uses of Stripe.js, which is loaded from Stripe alone (PCI SAQ A) and so has no package here. */
export interface StripeJs {
  elements(options: { clientSecret: string; locale: string; appearance: object }): StripeElements;
  confirmPayment(options: {
    elements: StripeElements;
    confirmParams: { return_url: string };
    redirect: "if_required";
  }): Promise<{ paymentIntent?: { status: string }; error?: { type?: string; code?: string; decline_code?: string } }>;
}
export interface StripeElements {
  create(type: "payment", options?: object): { mount(target: HTMLElement): void; destroy(): void };
  submit(): Promise<{ error?: { code?: string } }>;
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string) => StripeJs;
  }
}

const STRIPE_JS_URL = "https://js.stripe.com/v3/";
let loading: Promise<void> | undefined;

/** Loads Stripe.js once and opens it with the key. A failed load may be tried again. */
export async function loadStripe(publishableKey: string): Promise<StripeJs> {
  loading ??= addScript().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  await loading;
  if (!window.Stripe) throw new Error("Stripe.js has not defined Stripe");
  return window.Stripe(publishableKey);
}

const addScript = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = STRIPE_JS_URL;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error("Stripe.js could not be loaded"));
    });
    document.head.append(script);
  });
