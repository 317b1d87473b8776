import type { Drawing, DrawingKind } from "../drawing-kinds.ts";
import { beanie, cap, garment, scarf, socks } from "./kinds/apparel.ts";
import { backpack, bag, suitcase } from "./kinds/bags.ts";
import { candle, candlestick } from "./kinds/candles.ts";
import { basket, bottle, box, jar } from "./kinds/containers.ts";
import { bookends, notebook, paper, pens, scissors } from "./kinds/desk.ts";
import { chair, clock, mirror, shelf, stool, table } from "./kinds/furniture.ts";
import { dish, dripper, frenchPress, mill, pan, pot, teapot } from "./kinds/kitchen.ts";
import { lamp, lantern, nightLight, pendantLamp } from "./kinds/lamps.ts";
import { gardenTool, gloves, sleepingBag, tent, wateringCan } from "./kinds/outdoors.ts";
import { planter } from "./kinds/plants.ts";
import { plush } from "./kinds/plush.ts";
import { charger, headphones, keyboard, speaker } from "./kinds/tech.ts";
import { cushion, rug, textile } from "./kinds/textiles.ts";
import { board, brush, cutlery, knife, soap, utensils } from "./kinds/tools.ts";
import { blocks, stacker, toyVehicle } from "./kinds/toys.ts";
import { bowl, glass, mug, plate, vase } from "./kinds/vessels.ts";
import type { Kind, Look, Piece, Pose } from "./piece.ts";

/** Who draws what; a kind without an entry does not compile. */
const KINDS: { [Name in DrawingKind]: Kind<Name> } = {
  lamp,
  "pendant-lamp": pendantLamp,
  lantern,
  vase,
  candle,
  candlestick,
  cushion,
  rug,
  textile,
  stool,
  table,
  chair,
  shelf,
  mirror,
  clock,
  pan,
  pot,
  dish,
  plate,
  bowl,
  glass,
  cutlery,
  mug,
  teapot,
  dripper,
  "french-press": frenchPress,
  mill,
  knife,
  board,
  utensils,
  jar,
  box,
  basket,
  bottle,
  soap,
  brush,
  notebook,
  pens,
  paper,
  scissors,
  bookends,
  headphones,
  speaker,
  charger,
  keyboard,
  backpack,
  bag,
  suitcase,
  tent,
  "sleeping-bag": sleepingBag,
  planter,
  "garden-tool": gardenTool,
  "watering-can": wateringCan,
  gloves,
  blocks,
  stacker,
  "toy-vehicle": toyVehicle,
  plush,
  "night-light": nightLight,
  garment,
  beanie,
  cap,
  socks,
  scarf,
};

const kindOf = (drawing: Drawing): Kind<DrawingKind> => KINDS[drawing.kind] as Kind<DrawingKind>;

/** A thing in one colour and pose. */
export const drawPiece = (drawing: Drawing, look: Look): Piece => kindOf(drawing).draw(drawing, look);

/** Whether the thing has a drawing of its own for a pose. */
export const knowsPose = (drawing: Drawing, pose: Pose): boolean =>
  pose === "front" || kindOf(drawing).poses.includes(pose);

/** How tall the thing is in the world, in centimetres. */
export const heightInCm = (drawing: Drawing): number => kindOf(drawing).heightCm(drawing);
