import { z } from "zod";

/** The countries the shop ships to (ISO 3166-1 alpha-2). */
export const COUNTRIES = [
  "AT",
  "BE",
  "BG",
  "CH",
  "CY",
  "CZ",
  "DE",
  "DK",
  "EE",
  "ES",
  "FI",
  "FR",
  "GB",
  "GR",
  "HR",
  "HU",
  "IE",
  "IT",
  "LT",
  "LU",
  "LV",
  "MT",
  "NL",
  "NO",
  "PL",
  "PT",
  "RO",
  "SE",
  "SI",
  "SK",
  "US",
  "CA",
  "AU",
  "NZ",
  "JP",
] as const;
export const Country = z.enum(COUNTRIES);
export type Country = z.output<typeof Country>;

const line = (max: number) => z.string().trim().min(1).max(max);

/** A postal address. `phone` is E.164, e.g. `+4930123456`. */
export const Address = z.object({
  name: line(120),
  line1: line(160),
  line2: line(160).optional(),
  city: line(120),
  region: line(120).optional(),
  postalCode: line(20),
  country: Country,
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, "must be an international number such as +4930123456")
    .optional(),
});
export type Address = z.output<typeof Address>;

export const Email = z.email().max(254);
