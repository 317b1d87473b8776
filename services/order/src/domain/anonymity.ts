import type { Address } from "@tradepost/contracts/address";
import type { OrderStatus } from "@tradepost/contracts/order";
import type { Order } from "./order.ts";

/** Stands where something was about a person. It is no e-mail address, so nothing can be sent to it. */
export const ERASED = "erased";

/** Nothing is delivered any more; what is not sent back yet is looked at apart from this. */
export const ENDED_STATUSES = ["rejected", "cancelled", "delivered", "returned"] as const satisfies OrderStatus[];

export const isAnonymous = ({ email }: Pick<Order, "email">): boolean => email === ERASED;

/** What tax law asks of a place: country, region, and the first two characters of the postal code. */
export const anonymousAddress = ({ country, region, postalCode }: Address): Address => ({
  ...{ name: ERASED, line1: ERASED, city: ERASED, postalCode: postalCode.slice(0, 2), country },
  ...(region === undefined ? {} : { region }),
});
