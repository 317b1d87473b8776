import type { Country } from "@tradepost/contracts/address";

/**
 * Standard VAT rates in basis points (1900 = 19 %) where the shop's prices contain the tax.
 * Source: European Commission, VAT rates in the member states; HMRC (GB); ESTV (CH); Skatteetaten (NO).
 */
const VAT_BPS: Partial<Record<Country, number>> = {
  AT: 2000,
  BE: 2100,
  BG: 2000,
  CH: 810,
  CY: 1900,
  CZ: 2100,
  DE: 1900,
  DK: 2500,
  EE: 2400,
  ES: 2100,
  FI: 2550,
  FR: 2000,
  GB: 2000,
  GR: 2400,
  HR: 2500,
  HU: 2700,
  IE: 2300,
  IT: 2200,
  LT: 2100,
  LU: 1700,
  LV: 2100,
  MT: 1800,
  NL: 2100,
  NO: 2500,
  PL: 2300,
  PT: 2300,
  RO: 2100,
  SE: 2500,
  SI: 2200,
  SK: 2300,
};

export interface Tax {
  taxCents: number;
  taxIncluded: boolean;
}

/** The tax contained in a gross amount: `gross × rate / (1 + rate)`, half up. Exports elsewhere are untaxed. */
export function taxOn(grossCents: number, country: Country): Tax {
  const bps = VAT_BPS[country];
  if (bps === undefined) return { taxCents: 0, taxIncluded: false };
  return { taxCents: roundHalfUp(BigInt(grossCents) * BigInt(bps), BigInt(10_000 + bps)), taxIncluded: true };
}

/** `numerator / denominator` rounded half up, exact beyond 2⁵³. */
export const roundHalfUp = (numerator: bigint, denominator: bigint): number =>
  Number((2n * numerator + denominator) / (2n * denominator));
