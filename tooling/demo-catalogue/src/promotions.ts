import { z } from "zod";
import { LocalText } from "./catalogue-types.ts";

const MinorUnits = z.int().positive();
const AmountIn = z.object({ EUR: MinorUnits, USD: MinorUnits, GBP: MinorUnits });

/** A code for the cart: takes either `percentBps` (1000 is 10 %) or a fixed amount off, from a minimum subtotal on. */
export const DemoPromotion = z
  .object({
    code: z.string().regex(/^[A-Z0-9]{4,20}$/),
    title: LocalText,
    percentBps: z.int().min(1).max(10_000).nullable(),
    amountOff: AmountIn.nullable(),
    minimum: AmountIn.partial(),
  })
  .refine(
    ({ percentBps, amountOff }) => (percentBps === null) !== (amountOff === null),
    "either a percentage or an amount",
  );
export type DemoPromotion = z.output<typeof DemoPromotion>;

export const promotions: DemoPromotion[] = [
  {
    code: "WELCOME10",
    title: { en: "10% off your order", de: "10 % auf die Bestellung" },
    percentBps: 1000,
    amountOff: null,
    minimum: {},
  },
  {
    code: "TABLE5",
    title: { en: "5.00 off from 40.00", de: "5,00 Rabatt ab 40,00" },
    percentBps: null,
    amountOff: { EUR: 500, USD: 500, GBP: 500 },
    minimum: { EUR: 4000, USD: 4000, GBP: 4000 },
  },
];
