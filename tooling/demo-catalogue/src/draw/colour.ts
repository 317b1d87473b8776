import { type ColourKey, PALETTE } from "../palette.ts";

type Lch = [lightness: number, chroma: number, hue: number];

export const hexOf = (key: ColourKey): string => PALETTE[key].hex;

const channels = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);

const linear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

const gamma = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/** Lightness (0 to 1), chroma and hue in radians: Björn Ottosson's OKLCH. */
function lchOf(hex: string): Lch {
  const [r = 0, g = 0, b = 0] = channels(hex).map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, Math.hypot(a, bb), Math.atan2(bb, a)];
}

/** The hex colour of an OKLCH tone; what lies outside sRGB is cut off. */
export function lch(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const byte = (v: number) => Math.round(Math.min(1, Math.max(0, gamma(v))) * 255);
  return `#${rgb.map((v) => byte(v).toString(16).padStart(2, "0")).join("")}`;
}

export const lightnessOf = (hex: string): number => lchOf(hex)[0];

/** Lighter by `amount` (0 to 1), as in more light: dark things gain less than pale ones. */
export function tint(hex: string, amount: number): string {
  const [l, c, h] = lchOf(hex);
  return lch(l + (1 - l) * amount * (0.4 + 0.6 * l), c * (1 - 0.45 * amount), h);
}

/** Darker by `amount` (0 to 1), as in shadow: pale things lose less and warm up a little. */
export function shade(hex: string, amount: number): string {
  const [l, c, h] = lchOf(hex);
  const loss = amount * (l > 0.75 ? 1 - (l - 0.75) * 1.5 : 1);
  if (c < 0.03) return lch(l * (1 - loss), c + 0.012 * amount, c < 0.006 ? 1.1 : h);
  return lch(l * (1 - loss), c * (1 - 0.2 * amount), h);
}

export function mix(from: string, to: string, share: number): string {
  const second = channels(to);
  const mixed = channels(from).map((v, index) => Math.round((v + ((second[index] ?? 0) - v) * share) * 255));
  return `#${mixed.map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}

export function alpha(hex: string, opacity: number): string {
  const [r = 0, g = 0, b = 0] = channels(hex).map((v) => Math.round(v * 255));
  return `rgba(${r},${g},${b},${opacity.toFixed(2)})`;
}

/** A second tone that reads on the first: darker on pale things, lighter on dark ones. */
export const contrast = (hex: string, amount = 0.4): string =>
  lightnessOf(hex) > 0.5 ? shade(hex, amount) : tint(hex, amount);
