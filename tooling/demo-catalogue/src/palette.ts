import type { LocalText } from "./catalogue-types.ts";

interface Colour extends LocalText {
  hex: string;
  /** The broad colour that a shopper filters by. */
  family: keyof typeof COLOUR_FAMILIES;
}

export const COLOUR_FAMILIES = {
  white: { en: "White", de: "Weiß" },
  beige: { en: "Beige", de: "Beige" },
  grey: { en: "Grey", de: "Grau" },
  black: { en: "Black", de: "Schwarz" },
  brown: { en: "Brown", de: "Braun" },
  red: { en: "Red", de: "Rot" },
  orange: { en: "Orange", de: "Orange" },
  yellow: { en: "Yellow", de: "Gelb" },
  green: { en: "Green", de: "Grün" },
  blue: { en: "Blue", de: "Blau" },
  pink: { en: "Pink", de: "Rosa" },
  metal: { en: "Metal", de: "Metall" },
  clear: { en: "Clear", de: "Transparent" },
} as const satisfies Record<string, LocalText>;

/** Every colour a thing of the shop can have: its name, its true tone in pictures and swatches, and its family. */
export const PALETTE = {
  chalk: { en: "Chalk", de: "Kreide", hex: "#f1ece2", family: "white" },
  snow: { en: "Snow", de: "Schnee", hex: "#f8f6f1", family: "white" },
  oat: { en: "Oat", de: "Hafer", hex: "#e2d4bb", family: "beige" },
  sand: { en: "Sand", de: "Sand", hex: "#d8c09a", family: "beige" },
  flax: { en: "Flax", de: "Flachs", hex: "#c9b48d", family: "beige" },
  pebble: { en: "Pebble", de: "Kiesel", hex: "#b9b4aa", family: "grey" },
  fog: { en: "Fog", de: "Nebel", hex: "#c8ced0", family: "grey" },
  slate: { en: "Slate", de: "Schiefer", hex: "#5b666d", family: "grey" },
  graphite: { en: "Graphite", de: "Graphit", hex: "#41464a", family: "grey" },
  ink: { en: "Ink", de: "Tinte", hex: "#26303f", family: "black" },
  coal: { en: "Coal", de: "Kohle", hex: "#2b2a2c", family: "black" },
  oak: { en: "Oak", de: "Eiche", hex: "#c99d67", family: "brown" },
  ash: { en: "Ash", de: "Esche", hex: "#dcbf94", family: "beige" },
  beech: { en: "Beech", de: "Buche", hex: "#d7a878", family: "beige" },
  walnut: { en: "Walnut", de: "Nussbaum", hex: "#7c5238", family: "brown" },
  cork: { en: "Cork", de: "Kork", hex: "#c39a6b", family: "brown" },
  chestnut: { en: "Chestnut", de: "Kastanie", hex: "#94532f", family: "brown" },
  cocoa: { en: "Cocoa", de: "Kakao", hex: "#5e4336", family: "brown" },
  terracotta: { en: "Terracotta", de: "Terrakotta", hex: "#c8704a", family: "orange" },
  apricot: { en: "Apricot", de: "Aprikose", hex: "#eca873", family: "orange" },
  rust: { en: "Rust", de: "Rost", hex: "#a94f2d", family: "orange" },
  brick: { en: "Brick", de: "Ziegel", hex: "#a84a3c", family: "red" },
  poppy: { en: "Poppy", de: "Mohn", hex: "#d2503f", family: "red" },
  beet: { en: "Beetroot", de: "Rote Bete", hex: "#7d2f45", family: "red" },
  blush: { en: "Blush", de: "Puder", hex: "#e8bfb0", family: "pink" },
  heather: { en: "Heather", de: "Heide", hex: "#b489a0", family: "pink" },
  honey: { en: "Honey", de: "Honig", hex: "#dfa23c", family: "yellow" },
  mustard: { en: "Mustard", de: "Senf", hex: "#c9922b", family: "yellow" },
  butter: { en: "Butter", de: "Butter", hex: "#f1d98b", family: "yellow" },
  sage: { en: "Sage", de: "Salbei", hex: "#a9b797", family: "green" },
  olive: { en: "Olive", de: "Olive", hex: "#7f8150", family: "green" },
  moss: { en: "Moss", de: "Moos", hex: "#5f7a50", family: "green" },
  pine: { en: "Pine", de: "Kiefer", hex: "#2f5646", family: "green" },
  mint: { en: "Mint", de: "Minze", hex: "#bcd9c7", family: "green" },
  sky: { en: "Sky", de: "Himmel", hex: "#a9c8dc", family: "blue" },
  lake: { en: "Lake", de: "See", hex: "#5f8fae", family: "blue" },
  denim: { en: "Denim", de: "Denim", hex: "#4b688c", family: "blue" },
  cobalt: { en: "Cobalt", de: "Kobalt", hex: "#2f55a0", family: "blue" },
  navy: { en: "Navy", de: "Marine", hex: "#29385a", family: "blue" },
  lagoon: { en: "Lagoon", de: "Lagune", hex: "#2f7f86", family: "blue" },
  steel: { en: "Steel", de: "Stahl", hex: "#c3c7c9", family: "metal" },
  brass: { en: "Brass", de: "Messing", hex: "#c9a35a", family: "metal" },
  copper: { en: "Copper", de: "Kupfer", hex: "#c37b55", family: "metal" },
  zinc: { en: "Zinc", de: "Zink", hex: "#a3abae", family: "metal" },
  iron: { en: "Iron", de: "Gusseisen", hex: "#37373a", family: "black" },
  clear: { en: "Clear", de: "Klar", hex: "#dbe8e6", family: "clear" },
  smoke: { en: "Smoke", de: "Rauch", hex: "#8d8f8c", family: "clear" },
} as const satisfies Record<string, Colour>;

export type ColourKey = keyof typeof PALETTE;
