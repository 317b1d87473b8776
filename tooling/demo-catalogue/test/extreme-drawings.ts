import type { Drawing, DrawingKind } from "../src/drawing-kinds.ts";

type Words<Kind extends DrawingKind> = {
  [Key in Exclude<keyof Drawing<Kind>, "kind" | "width" | "height" | "accent">]: readonly Drawing<Kind>[Key][];
};

const SURFACES = ["matte", "glazed", "speckled", "ribbed", "banded", "dipped", "metal", "wood", "glass"] as const;
const WEAVES = ["plain", "waffle", "stripes", "check", "herringbone", "rib", "cable", "terry", "dots"] as const;
const YES_NO = [true, false] as const;

/** Every word and number that each parameter of each kind may be. */
const WORDS: { [Kind in DrawingKind]: Words<Kind> } = {
  lamp: { shade: ["dome", "drum", "cone", "globe"], stand: ["column", "ball", "tripod", "arm", "arc"] },
  "pendant-lamp": { shade: ["dome", "globe", "cone", "basket"] },
  lantern: { body: ["frame", "capsule", "storm"] },
  vase: { profile: ["bottle", "belly", "cylinder", "flared", "amphora"], surface: SURFACES, count: [1, 3] },
  candle: { form: ["pillar", "taper", "jar", "tealight"], count: [1, 2, 3, 4] },
  candlestick: { arms: [1, 3] },
  cushion: { shape: ["rectangle", "round"], weave: WEAVES, trim: ["none", "piping", "tassels"] },
  rug: { shape: ["rectangle", "round"], weave: [...WEAVES, "braid", "slats"], fringe: YES_NO },
  textile: { form: ["folded", "stack", "hung", "rolled", "bed"], weave: WEAVES, fringe: YES_NO },
  stool: { seat: ["round", "square", "step"], legs: [3, 4] },
  table: { top: ["round", "rectangle", "tray"], legs: ["splayed", "straight", "slab"] },
  chair: { back: ["spindles", "ladder", "panel", "sling"] },
  shelf: { style: ["wall", "ladder", "frame", "pegs"], boards: [1, 2, 3, 4, 5] },
  mirror: { shape: ["round", "arch", "rectangle"], stand: YES_NO },
  clock: { case: ["round", "square"], feet: YES_NO },
  pan: { wall: ["straight", "sloped", "round"], handle: ["long", "short", "loops"] },
  pot: { handles: ["loops", "long", "bail"], lid: YES_NO, surface: SURFACES },
  dish: { shape: ["rectangle", "oval", "round"], handles: YES_NO, surface: SURFACES, ridges: YES_NO },
  plate: { rim: ["coupe", "flat", "raised"], surface: SURFACES, count: [1, 2, 4] },
  bowl: { profile: ["round", "wide", "footed"], surface: SURFACES, inside: ["empty", "pestle"] },
  glass: { profile: ["tumbler", "highball", "wine", "carafe"], surface: ["plain", "ribbed"], count: [1, 2] },
  cutlery: { style: ["slim", "round", "handled"], pieces: [3, 4, 5] },
  mug: { handle: ["round", "square", "none"], surface: SURFACES, contents: ["none", "pens", "brush"] },
  teapot: { spout: ["short", "gooseneck"], handle: ["side", "top"], surface: SURFACES },
  dripper: { server: ["carafe", "mug", "none"], surface: SURFACES },
  "french-press": { frame: ["bands", "solid"] },
  mill: { crank: YES_NO, profile: ["straight", "waisted"] },
  knife: { blade: ["chef", "santoku", "paring", "bread"] },
  board: { shape: ["rectangle", "round", "paddle"], wood: ["plain", "end-grain", "groove"] },
  utensils: { heads: [["spoon"], ["spatula", "slotted", "whisk", "ladle"]] },
  jar: { lid: ["flat", "knob", "clip", "cork"], surface: SURFACES, fill: ["none", "half", "full"] },
  box: { lid: ["flat", "roll", "clips", "none"], tiers: [1, 2, 3], surface: SURFACES },
  basket: { weave: ["willow", "wire", "rope", "cloth"], handles: ["none", "ears", "hoop"] },
  bottle: { top: ["cork", "screw", "loop", "pump", "pourer"], surface: SURFACES },
  soap: { form: ["bar", "round", "rope"], count: [1, 2, 3] },
  brush: { form: ["nail", "body", "dish"] },
  notebook: { binding: ["thread", "ring", "staple"], count: [1, 2, 3], band: YES_NO },
  pens: { tip: ["nib", "ball", "pencil"], count: [1, 3, 6] },
  paper: { form: ["letters", "cards"] },
  scissors: { blades: ["long", "bypass"] },
  bookends: { shape: ["arch", "angle"] },
  headphones: { form: ["over-ear", "buds"] },
  speaker: { form: ["box", "cylinder", "radio"], drivers: [1, 2] },
  charger: { form: ["pad", "stand", "cable", "bank"] },
  keyboard: { rows: [4, 5] },
  backpack: { top: ["zip", "roll", "flap"], pockets: [0, 1, 2] },
  bag: { form: ["tote", "duffel", "pouch", "crossbody"] },
  suitcase: { ribs: [0, 12], wheels: YES_NO },
  tent: { form: ["dome", "tunnel", "teepee"] },
  "sleeping-bag": { form: ["mummy", "roll"] },
  planter: {
    profile: ["tapered", "cylinder", "belly", "bowl", "trough"],
    surface: SURFACES,
    under: ["none", "saucer", "legs", "cord"],
    plant: ["none", "herbs", "fern", "cactus", "trailing", "tree"],
  },
  "garden-tool": { head: ["trowel", "fork", "rake", "spade", "hoe"] },
  "watering-can": { spout: ["long", "rose"] },
  gloves: { form: ["fingers", "mittens"], weave: WEAVES },
  blocks: { shape: ["cubes", "mixed", "planks", "tops"], count: [1, 20] },
  stacker: { form: ["rings", "rainbow", "bars"], count: [3, 12] },
  "toy-vehicle": { form: ["car", "lorry", "train"], wagons: [0, 1, 2] },
  plush: { animal: ["bear", "rabbit", "whale", "fox"] },
  "night-light": { form: ["moon", "cloud", "house"] },
  garment: {
    cut: ["tee", "sweater", "hoodie", "shirt", "jacket", "robe", "trousers"],
    sleeves: ["none", "short", "long"],
    weave: WEAVES,
    pockets: [0, 1, 2],
  },
  beanie: { weave: WEAVES, cuff: YES_NO, pompom: YES_NO },
  cap: { form: ["brim", "bucket"] },
  socks: { weave: WEAVES },
  scarf: { weave: WEAVES, fringe: YES_NO, form: ["long", "loop"] },
};

/** As many drawings of each kind as its longest parameter has words, so that each word of each parameter comes up. */
export const EXTREME_DRAWINGS: Drawing[] = Object.entries(WORDS).flatMap(([kind, words]) => {
  const parameters = Object.entries(words) as [string, readonly unknown[]][];
  const most = Math.max(...parameters.map(([, values]) => values.length));
  return Array.from({ length: most }, (_, index) => {
    const chosen = parameters.map(([name, values]) => [name, values[index % values.length]]);
    return { kind, width: 500, height: 500, accent: "honey", ...Object.fromEntries(chosen) } as Drawing;
  });
});
