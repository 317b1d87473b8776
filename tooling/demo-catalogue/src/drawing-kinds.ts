import type { ColourKey } from "./palette.ts";

/** How a body's skin looks: what light does on it, and its texture. */
export type Surface = "matte" | "glazed" | "speckled" | "ribbed" | "banded" | "dipped" | "metal" | "wood" | "glass";

/** How cloth is woven, knitted or printed. */
export type Weave = "plain" | "waffle" | "stripes" | "check" | "herringbone" | "rib" | "cable" | "terry" | "dots";

/**
 * Sizes are units of a 1000 × 1000 canvas and speak of the thing alone, upright and seen from the front; 700 fills the
 * picture. The main colour comes with each picture; `accent` is the second colour: a lid, a handle, a stripe, a stand.
 */
interface Sized {
  width: number;
  height: number;
}

interface Accented {
  accent: ColourKey;
}

interface HomeKinds {
  /** A lamp on a table or floor; `height` is all of it, `width` is the shade's. */
  lamp: Sized &
    Accented & { shade: "dome" | "drum" | "cone" | "globe"; stand: "column" | "ball" | "tripod" | "arm" | "arc" };
  "pendant-lamp": Sized & Accented & { shade: "dome" | "globe" | "cone" | "basket" };
  /** A portable light or candle lantern with a carrying handle. */
  lantern: Sized & Accented & { body: "frame" | "capsule" | "storm" };
  vase: Sized & { profile: "bottle" | "belly" | "cylinder" | "flared" | "amphora"; surface: Surface; count: 1 | 3 };
  candle: Sized & { form: "pillar" | "taper" | "jar" | "tealight"; count: 1 | 2 | 3 | 4 };
  candlestick: Sized & Accented & { arms: 1 | 3 };
  cushion: Sized & Accented & { shape: "rectangle" | "round"; weave: Weave; trim: "none" | "piping" | "tassels" };
  /** A rug or mat lying flat, seen slightly from above. */
  rug: Sized & Accented & { shape: "rectangle" | "round"; weave: Weave | "braid" | "slats"; fringe: boolean };
  /** Cloth: throws, towels, napkins, bed linen. */
  textile: Sized & Accented & { form: "folded" | "stack" | "hung" | "rolled" | "bed"; weave: Weave; fringe: boolean };
  stool: Sized & { seat: "round" | "square" | "step"; legs: 3 | 4 };
  /** Side tables, benches and risers. */
  table: Sized & Accented & { top: "round" | "rectangle" | "tray"; legs: "splayed" | "straight" | "slab" };
  chair: Sized & Accented & { back: "spindles" | "ladder" | "panel" | "sling" };
  shelf: Sized & { style: "wall" | "ladder" | "frame" | "pegs"; boards: 1 | 2 | 3 | 4 | 5 };
  mirror: Sized & Accented & { shape: "round" | "arch" | "rectangle"; stand: boolean };
  clock: Sized & Accented & { case: "round" | "square"; feet: boolean };
}

interface KitchenKinds {
  /** A pan or wok from the side; `width` without the handle, `height` is its depth. */
  pan: Sized & Accented & { wall: "straight" | "sloped" | "round"; handle: "long" | "short" | "loops" };
  /** Pots with or without a lid. */
  pot: Sized & Accented & { handles: "loops" | "long" | "bail"; lid: boolean; surface: Surface };
  /** Shallow open things: oven dishes, soap dishes, trays. */
  dish: Sized & { shape: "rectangle" | "oval" | "round"; handles: boolean; surface: Surface; ridges: boolean };
  /** Plates, as a pile of `count`. */
  plate: Sized & Accented & { rim: "coupe" | "flat" | "raised"; surface: Surface; count: 1 | 2 | 4 };
  bowl: Sized & Accented & { profile: "round" | "wide" | "footed"; surface: Surface; inside: "empty" | "pestle" };
  glass: Sized & { profile: "tumbler" | "highball" | "wine" | "carafe"; surface: "plain" | "ribbed"; count: 1 | 2 };
  cutlery: Sized & Accented & { style: "slim" | "round" | "handled"; pieces: 3 | 4 | 5 };
  /** Cups of any use: mugs, espresso cups, tooth cups, pen cups. */
  mug: Sized &
    Accented & { handle: "round" | "square" | "none"; surface: Surface; contents: "none" | "pens" | "brush" };
  teapot: Sized & Accented & { spout: "short" | "gooseneck"; handle: "side" | "top"; surface: Surface };
  dripper: Sized & Accented & { server: "carafe" | "mug" | "none"; surface: Surface };
  "french-press": Sized & Accented & { frame: "bands" | "solid" };
  /** Coffee and pepper mills. */
  mill: Sized & Accented & { crank: boolean; profile: "straight" | "waisted" };
  knife: Sized & Accented & { blade: "chef" | "santoku" | "paring" | "bread" };
  board: Sized & { shape: "rectangle" | "round" | "paddle"; wood: "plain" | "end-grain" | "groove" };
  utensils: Sized & Accented & { heads: ("spoon" | "spatula" | "slotted" | "whisk" | "ladle")[] };
  jar: Sized & Accented & { lid: "flat" | "knob" | "clip" | "cork"; surface: Surface; fill: "none" | "half" | "full" };
  /** Boxes and cases, from bread bins to letter trays and magazine files. */
  box: Sized & Accented & { lid: "flat" | "roll" | "clips" | "none"; tiers: 1 | 2 | 3; surface: Surface };
  basket: Sized & Accented & { weave: "willow" | "wire" | "rope" | "cloth"; handles: "none" | "ears" | "hoop" };
  bottle: Sized & Accented & { top: "cork" | "screw" | "loop" | "pump" | "pourer"; surface: Surface };
}

interface BathAndDeskKinds {
  soap: Sized & { form: "bar" | "round" | "rope"; count: 1 | 2 | 3 };
  brush: Sized & Accented & { form: "nail" | "body" | "dish" };
  notebook: Sized & Accented & { binding: "thread" | "ring" | "staple"; count: 1 | 2 | 3; band: boolean };
  pens: Sized & Accented & { tip: "nib" | "ball" | "pencil"; count: 1 | 3 | 6 };
  /** Sheets, envelopes and cards in a fan. */
  paper: Sized & Accented & { form: "letters" | "cards" };
  /** Desk scissors and secateurs. */
  scissors: Sized & Accented & { blades: "long" | "bypass" };
  /** Book ends with a few books between them. */
  bookends: Sized & Accented & { shape: "arch" | "angle" };
  headphones: Sized & Accented & { form: "over-ear" | "buds" };
  speaker: Sized & Accented & { form: "box" | "cylinder" | "radio"; drivers: 1 | 2 };
  charger: Sized & Accented & { form: "pad" | "stand" | "cable" | "bank" };
  keyboard: Sized & Accented & { rows: 4 | 5 };
}

interface OutdoorKinds {
  backpack: Sized & Accented & { top: "zip" | "roll" | "flap"; pockets: 0 | 1 | 2 };
  bag: Sized & Accented & { form: "tote" | "duffel" | "pouch" | "crossbody" };
  suitcase: Sized & Accented & { ribs: number; wheels: boolean };
  tent: Sized & Accented & { form: "dome" | "tunnel" | "teepee" };
  "sleeping-bag": Sized & Accented & { form: "mummy" | "roll" };
  /** Garden pots; `plant` is what grows in it. */
  planter: Sized & {
    profile: "tapered" | "cylinder" | "belly" | "bowl" | "trough";
    surface: Surface;
    under: "none" | "saucer" | "legs" | "cord";
    plant: "none" | "herbs" | "fern" | "cactus" | "trailing" | "tree";
  };
  "garden-tool": Sized & Accented & { head: "trowel" | "fork" | "rake" | "spade" | "hoe" };
  "watering-can": Sized & Accented & { spout: "long" | "rose" };
  /** A pair of gloves or mittens. */
  gloves: Sized & Accented & { form: "fingers" | "mittens"; weave: Weave };
}

interface KidsAndApparelKinds {
  /** Loose wooden shapes: building blocks, domino stones, spinning tops. */
  blocks: Sized & Accented & { shape: "cubes" | "mixed" | "planks" | "tops"; count: number };
  stacker: Sized & Accented & { form: "rings" | "rainbow" | "bars"; count: number };
  "toy-vehicle": Sized & Accented & { form: "car" | "lorry" | "train"; wagons: 0 | 1 | 2 };
  plush: Sized & Accented & { animal: "bear" | "rabbit" | "whale" | "fox" };
  "night-light": Sized & Accented & { form: "moon" | "cloud" | "house" };
  /** Clothes on a flat ground; `width` is between the shoulders or hips. */
  garment: Sized &
    Accented & {
      cut: "tee" | "sweater" | "hoodie" | "shirt" | "jacket" | "robe" | "trousers";
      sleeves: "none" | "short" | "long";
      weave: Weave;
      pockets: 0 | 1 | 2;
    };
  beanie: Sized & Accented & { weave: Weave; cuff: boolean; pompom: boolean };
  cap: Sized & Accented & { form: "brim" | "bucket" };
  socks: Sized & Accented & { weave: Weave };
  scarf: Sized & Accented & { weave: Weave; fringe: boolean; form: "long" | "loop" };
}

type Kinds = HomeKinds & KitchenKinds & BathAndDeskKinds & OutdoorKinds & KidsAndApparelKinds;

export type DrawingKind = keyof Kinds;

/** The parameters of one kind, e.g. `Drawing<"mug">`. */
export type Drawing<Kind extends DrawingKind = DrawingKind> = { [K in Kind]: { kind: K } & Kinds[K] }[Kind];
