import type { Money } from "@tradepost/contracts/money";
import type { PlaceOrder } from "@tradepost/contracts/order";
import { inThisTab, readStored, writeStored } from "../../app/stored.ts";
import {
  type AddressDraft,
  addressErrors,
  emailError,
  emptyAddress,
  type FieldError,
  likelyCountry,
  toAddress,
} from "./address-draft.ts";

/** Everything the shopper enters at checkout except the card, which is never stored. */
export interface CheckoutDraft {
  email: string;
  shipping: AddressDraft;
  billingIsShipping: boolean;
  billing: AddressDraft;
  /** Text messages about the order to the shipping address's phone. */
  smsUpdates: boolean;
  shippingOptionId: string | null;
  promotionCodes: string[];
}
/** By the field's place in the draft: `email`, `shipping.city`, `billing.name`. */
export type DraftErrors = Partial<Record<string, FieldError>>;

const KEY = "tradepost.checkout";

export function initialDraft(): CheckoutDraft {
  const country = likelyCountry(navigator.languages);
  const fresh: CheckoutDraft = {
    email: "",
    shipping: emptyAddress(country),
    billingIsShipping: true,
    billing: emptyAddress(country),
    smsUpdates: false,
    shippingOptionId: null,
    promotionCodes: [],
  };
  return { ...fresh, ...readStored<Partial<CheckoutDraft>>(inThisTab, KEY) };
}

export const keepDraft = (draft: CheckoutDraft | undefined): void => writeStored(inThisTab, KEY, draft);

/** What is missing or wrong; a signed-in shopper needs no e-mail address. */
export function draftErrors(draft: CheckoutDraft, signedIn: boolean): DraftErrors {
  const errors: DraftErrors = {};
  const email = signedIn ? undefined : emailError(draft.email);
  if (email) errors.email = email;
  for (const [field, error] of Object.entries(addressErrors(draft.shipping))) errors[`shipping.${field}`] = error;
  if (draft.smsUpdates && draft.shipping.phone.trim() === "") errors["shipping.phone"] = "required";
  if (draft.billingIsShipping) return errors;
  for (const [field, error] of Object.entries(addressErrors(draft.billing))) errors[`billing.${field}`] = error;
  return errors;
}

/** The order to place, at the total that the shopper sees. */
export function toPlaceOrder(
  draft: CheckoutDraft,
  seen: { total: Money; shippingOptionId: string },
  signedIn: boolean,
): PlaceOrder {
  return {
    ...(!signedIn && { email: draft.email.trim() }),
    shippingAddress: toAddress(draft.shipping),
    ...(!draft.billingIsShipping && { billingAddress: toAddress(draft.billing) }),
    shippingOptionId: seen.shippingOptionId,
    ...(draft.promotionCodes.length > 0 && { promotionCodes: draft.promotionCodes }),
    expectedTotal: seen.total,
    ...(draft.smsUpdates && { smsUpdates: true }),
  };
}
