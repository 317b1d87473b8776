import { startProviderSignIn } from "@tradepost/contracts/user-factors";
import { call } from "../../app/api.ts";

/** Why this browser was sent to a provider, and where it goes afterwards: a path of the shop. */
export interface Trip {
  purpose: "sign-in" | "link";
  next: string;
}

const KEY = "tradepost.provider-trip";

/** Leaves for the provider's page. */
export async function leaveFor(providerId: string, trip: Trip): Promise<void> {
  const { url } = await call(startProviderSignIn, { params: { providerId } });
  sessionStorage.setItem(KEY, JSON.stringify(trip));
  location.assign(url);
}

/** The trip that ends here; whoever comes without one wants to sign in. */
export function lastTrip(): Trip {
  const kept = sessionStorage.getItem(KEY);
  return kept ? (JSON.parse(kept) as Trip) : { purpose: "sign-in", next: "/account" };
}
