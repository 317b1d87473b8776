import { queryOptions } from "@tanstack/react-query";

/** Where payments are confirmed: a sandbox's address, or null for Stripe itself. */
export interface ShopConfig {
  stripeApiUrl: string | null;
}

export const STRIPE_API_URL = "https://api.stripe.com";

export const shopConfigOptions = queryOptions({
  queryKey: ["shop-config"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<ShopConfig> => {
    const answer = await fetch("/config.json", { signal });
    if (!answer.ok) throw new Error(`/config.json answered ${answer.status}`);
    const config: Partial<ShopConfig> = await answer.json();
    return { stripeApiUrl: config.stripeApiUrl ?? null };
  },
});
