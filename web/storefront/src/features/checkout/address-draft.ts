import { type Address, COUNTRIES, type Country } from "@tradepost/contracts/address";

/** An address as it is typed: every field a text, perhaps empty. */
export interface AddressDraft {
  name: string;
  line1: string;
  line2: string;
  postalCode: string;
  city: string;
  region: string;
  country: Country;
  phone: string;
}
export type AddressField = keyof AddressDraft;
export type FieldError = "required" | "email" | "phone" | "tooLong" | "refused";
export type FieldErrors<Field extends string> = Partial<Record<Field, FieldError>>;

const MAX_LENGTH: Record<Exclude<AddressField, "country" | "phone">, number> = {
  name: 120,
  line1: 160,
  line2: 160,
  postalCode: 20,
  city: 120,
  region: 120,
};
const REQUIRED = ["name", "line1", "postalCode", "city"] as const;
const REGION_COUNTRIES: readonly Country[] = ["US", "CA", "AU", "JP"];

/** Where an address isn't complete without its state, province or prefecture. */
export const asksForRegion = (country: Country): boolean => REGION_COUNTRIES.includes(country);

export const emptyAddress = (country: Country): AddressDraft => ({
  name: "",
  line1: "",
  line2: "",
  postalCode: "",
  city: "",
  region: "",
  country,
  phone: "",
});

/** Whether nothing has been typed; a country is always chosen. */
export const isUntouched = ({ country: _, ...texts }: AddressDraft): boolean =>
  Object.values(texts).every((text) => text === "");

/** The country that a browser's languages suggest, where the shop ships there; else Germany. */
export function likelyCountry(languages: readonly string[]): Country {
  const regions = languages.map((language) => new Intl.Locale(language).region);
  return COUNTRIES.find((country) => regions.includes(country)) ?? "DE";
}

const phoneDigits = (typed: string) => typed.replace(/[\s()/.-]/g, "").replace(/^00/, "+");

export function addressErrors(draft: AddressDraft): FieldErrors<AddressField> {
  const errors: FieldErrors<AddressField> = {};
  for (const field of REQUIRED) if (draft[field].trim() === "") errors[field] = "required";
  if (asksForRegion(draft.country) && draft.region.trim() === "") errors.region = "required";
  for (const [field, max] of Object.entries(MAX_LENGTH) as [keyof typeof MAX_LENGTH, number][]) {
    if (draft[field].trim().length > max) errors[field] = "tooLong";
  }
  if (draft.phone.trim() !== "" && !/^\+[1-9]\d{6,14}$/.test(phoneDigits(draft.phone))) errors.phone = "phone";
  return errors;
}

/** The address to send; call it only when `addressErrors` finds none. */
export function toAddress(draft: AddressDraft): Address {
  const [line2, region, phone] = [draft.line2.trim(), draft.region.trim(), phoneDigits(draft.phone)];
  return {
    name: draft.name.trim(),
    line1: draft.line1.trim(),
    ...(line2 && { line2 }),
    city: draft.city.trim(),
    ...(region && { region }),
    postalCode: draft.postalCode.trim(),
    country: draft.country,
    ...(phone && { phone }),
  };
}

export const toDraft = ({ line2 = "", region = "", phone = "", ...address }: Address): AddressDraft => ({
  ...address,
  line2,
  region,
  phone,
});

const LOOKS_LIKE_EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

export function emailError(typed: string): FieldError | undefined {
  if (typed.trim() === "") return "required";
  return typed.length <= 254 && LOOKS_LIKE_EMAIL.test(typed.trim()) ? undefined : "email";
}
