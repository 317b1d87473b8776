import { invalidRequest } from "./errors.ts";

const currencies = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()));

/** Smallest charges other than 50, in minor units; from https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts. */
const minimums: Record<string, number> = {
  aed: 200,
  czk: 1500,
  dkk: 250,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  mxn: 1000,
  myr: 200,
  nok: 300,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1000,
};
const maximum = 99_999_999;

/** Throws unless Stripe would charge this amount, in minor units. */
export function checkAmount(amount: number, currency: string): void {
  if (amount < 1) {
    throw invalidRequest("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  }
  const minimum = minimums[currency] ?? 50;
  if (amount < minimum) {
    throw invalidRequest(`Amount must be at least ${written(minimum, currency)}`, {
      code: "amount_too_small",
      param: "amount",
    });
  }
  if (amount > maximum) {
    const message = `Amount must be no more than ${written(maximum, currency)}`;
    throw invalidRequest(message, { code: "amount_too_large", param: "amount" });
  }
}

/** The currency in lower case, or Stripe's refusal. */
export function readCurrency(currency: string): string {
  const lower = currency.toLowerCase();
  if (currencies.has(lower)) return lower;
  throw invalidRequest(`Invalid currency: ${lower}. Stripe does not support this currency.`, { param: "currency" });
}

/** An amount as Stripe writes it in messages, such as `$0.50 usd`. */
export function written(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return `${format.format(amount / 10 ** digits)} ${currency}`;
}
