import type { DemoAttribute, LocalText } from "./catalogue-types.ts";
import { COLOUR_FAMILIES } from "./palette.ts";

const word = (en: string, de: string): LocalText => ({ en, de });

/** The facts that products are filtered by, and what they are called. */
export const MATERIALS = {
  oak: word("Oak", "Eiche"),
  ash: word("Ash", "Esche"),
  beech: word("Beech", "Buche"),
  walnut: word("Walnut", "Nussbaum"),
  maple: word("Maple", "Ahorn"),
  cedar: word("Cedar", "Zeder"),
  birch: word("Birch plywood", "Birkensperrholz"),
  olive: word("Olive wood", "Olivenholz"),
  cork: word("Cork", "Kork"),
  rattan: word("Rattan & willow", "Rattan & Weide"),
  steel: word("Stainless steel", "Edelstahl"),
  carbon: word("Carbon steel", "Carbonstahl"),
  iron: word("Cast iron", "Gusseisen"),
  aluminium: word("Aluminium", "Aluminium"),
  brass: word("Brass", "Messing"),
  copper: word("Copper", "Kupfer"),
  zinc: word("Galvanised steel", "Verzinkter Stahl"),
  enamel: word("Enamelled steel", "Emaillierter Stahl"),
  stoneware: word("Stoneware", "Steinzeug"),
  porcelain: word("Porcelain", "Porzellan"),
  terracotta: word("Terracotta", "Terrakotta"),
  concrete: word("Concrete", "Beton"),
  marble: word("Marble", "Marmor"),
  glass: word("Glass", "Glas"),
  wax: word("Plant wax", "Pflanzenwachs"),
  beeswax: word("Beeswax", "Bienenwachs"),
  soap: word("Plant-oil soap", "Pflanzenölseife"),
  cotton: word("Organic cotton", "Bio-Baumwolle"),
  linen: word("Linen", "Leinen"),
  wool: word("Wool", "Wolle"),
  merino: word("Merino", "Merino"),
  alpaca: word("Alpaca", "Alpaka"),
  felt: word("Wool felt", "Wollfilz"),
  jute: word("Jute", "Jute"),
  leather: word("Leather", "Leder"),
  canvas: word("Waxed canvas", "Gewachstes Canvas"),
  nylon: word("Recycled nylon", "Recyceltes Nylon"),
  polyester: word("Recycled polyester", "Recyceltes Polyester"),
  plastic: word("Recycled plastic", "Recycelter Kunststoff"),
  silicone: word("Silicone", "Silikon"),
  paper: word("Paper", "Papier"),
  rubber: word("Natural rubber", "Naturkautschuk"),
} as const satisfies Record<string, LocalText>;

export const ROOMS = {
  "living-room": word("Living room", "Wohnzimmer"),
  bedroom: word("Bedroom", "Schlafzimmer"),
  kitchen: word("Kitchen", "Küche"),
  "dining-room": word("Dining room", "Esszimmer"),
  bathroom: word("Bathroom", "Badezimmer"),
  office: word("Office", "Arbeitszimmer"),
  hallway: word("Hallway", "Flur"),
  "kids-room": word("Kids' room", "Kinderzimmer"),
  outdoors: word("Outdoors", "Draußen"),
} as const satisfies Record<string, LocalText>;

export const FEATURES = {
  dimmable: word("Dimmable", "Dimmbar"),
  rechargeable: word("Rechargeable", "Aufladbar"),
  handmade: word("Made by hand", "Von Hand gefertigt"),
  dishwasher: word("Dishwasher safe", "Spülmaschinenfest"),
  induction: word("Induction", "Induktionsgeeignet"),
  oven: word("Oven safe", "Ofenfest"),
  washable: word("Machine washable", "Maschinenwaschbar"),
  weatherproof: word("Weatherproof", "Wetterfest"),
  waterproof: word("Waterproof", "Wasserdicht"),
  insulated: word("Insulated", "Isoliert"),
  "plastic-free": word("Plastic free", "Plastikfrei"),
  recycled: word("Recycled", "Recycelt"),
  repairable: word("Repairable", "Reparierbar"),
  refillable: word("Refillable", "Nachfüllbar"),
  foldable: word("Folds away", "Zusammenklappbar"),
  wireless: word("Wireless", "Kabellos"),
  "from-birth": word("From birth", "Ab Geburt"),
  "from-3": word("From 3 years", "Ab 3 Jahren"),
} as const satisfies Record<string, LocalText>;

export type MaterialKey = keyof typeof MATERIALS;
export type RoomKey = keyof typeof ROOMS;
export type FeatureKey = keyof typeof FEATURES;

export const attributeLabels: Record<string, DemoAttribute> = {
  material: { label: word("Material", "Material"), values: MATERIALS },
  colour: { label: word("Colour", "Farbe"), values: COLOUR_FAMILIES },
  room: { label: word("Room", "Raum"), values: ROOMS },
  feature: { label: word("Feature", "Eigenschaft"), values: FEATURES },
};

export const OPTION_LABELS = {
  colour: word("Colour", "Farbe"),
  size: word("Size", "Größe"),
  capacity: word("Capacity", "Fassungsvermögen"),
  scent: word("Scent", "Duft"),
  ruling: word("Ruling", "Lineatur"),
  pack: word("Pack", "Packung"),
  layout: word("Layout", "Tastaturlayout"),
  length: word("Length", "Länge"),
  nib: word("Nib width", "Federbreite"),
} as const satisfies Record<string, LocalText>;

/** Option values whose label cannot be derived from the value itself. */
const VALUE_WORDS: Record<string, LocalText> = {
  small: word("Small", "Klein"),
  medium: word("Medium", "Mittel"),
  large: word("Large", "Groß"),
  "one-size": word("One size", "Einheitsgröße"),
  lined: word("Lined", "Liniert"),
  dotted: word("Dot grid", "Punktraster"),
  plain: word("Plain", "Blanko"),
  fig: word("Fig & cedar", "Feige & Zeder"),
  rosemary: word("Rosemary", "Rosmarin"),
  smoke: word("Birch smoke", "Birkenrauch"),
  unscented: word("Unscented", "Ohne Duft"),
  lavender: word("Lavender", "Lavendel"),
  orange: word("Orange & clove", "Orange & Nelke"),
  "iso-de": word("German (ISO)", "Deutsch (ISO)"),
  "iso-uk": word("British (ISO)", "Britisch (ISO)"),
  "ansi-us": word("American (ANSI)", "Amerikanisch (ANSI)"),
  single: word("Single", "Einzeln"),
  "two-person": word("2 people", "2 Personen"),
  "three-person": word("3 people", "3 Personen"),
};

/** What an option value is called: `24cm` → 24 cm, `1.5l` → 1.5 l / 1,5 l, `50x70cm` → 50 × 70 cm, `xl` → XL. */
export function optionValueLabel(value: string): LocalText {
  const known = VALUE_WORDS[value];
  if (known) return known;
  const pack = /^set-(\d+)$/.exec(value);
  if (pack) return word(`Set of ${pack[1]}`, `${pack[1]}er-Set`);
  const measure = /^(\d[\dx.-]*)(cm|mm|ml|l|m|kg|g)$/.exec(value);
  if (measure) {
    const en = `${measure[1]?.replaceAll("x", " × ").replaceAll("-", "–")} ${measure[2]}`;
    return word(en, en.replaceAll(".", ","));
  }
  const plain = value.replaceAll("-", "–").toUpperCase();
  return word(plain, plain);
}
