import type { Product, Variant } from "@tradepost/contracts/product";

type WithVariants = Pick<Product, "variants">;

/** The variant the address names, else the first that can be bought, else the first. */
export const initialVariant = ({ variants }: WithVariants, sku: string | null): Variant | undefined =>
  variants.find((variant) => variant.sku === sku) ?? variants.find(({ available }) => available > 0) ?? variants[0];

/**
 * The variant after choosing `value`: the one that keeps all other options; where that isn't made, the one that keeps
 * most of them, in stock before sold out.
 */
export function chooseOption({ variants }: WithVariants, from: Variant, option: string, value: string) {
  const kept = ({ options }: Variant) =>
    Object.keys(from.options).filter((name) => name !== option && options[name] === from.options[name]).length;
  return variants
    .filter(({ options }) => options[option] === value)
    .sort((a, b) => kept(b) - kept(a) || Number(b.available > 0) - Number(a.available > 0))[0];
}

/** How it stands with a value of an option, all other options being as they are chosen. */
export function valueState({ variants }: WithVariants, from: Variant, option: string, value: string) {
  const wanted = { ...from.options, [option]: value };
  const variant = variants.find(({ options }) => Object.keys(wanted).every((name) => options[name] === wanted[name]));
  if (!variant) return "not-made";
  return variant.available > 0 ? "available" : "sold-out";
}
