import type { Drawing, DrawingKind } from "../drawing-kinds.ts";
import { backpack } from "./kinds/backpacks.ts";
import { bag } from "./kinds/bags.ts";
import { basket } from "./kinds/baskets.ts";
import { blocks } from "./kinds/blocks.ts";
import { bottle } from "./kinds/bottles.ts";
import { box } from "./kinds/boxes.ts";
import { candle, candlestick } from "./kinds/candles.ts";
import { dripper, frenchPress } from "./kinds/coffee.ts";
import { cushion } from "./kinds/cushions.ts";
import { cutlery, utensils } from "./kinds/cutlery.ts";
import { bookends, scissors } from "./kinds/desk.ts";
import { dish } from "./kinds/dishes.ts";
import { shelf, table } from "./kinds/furniture.ts";
import { charger, keyboard } from "./kinds/gadgets.ts";
import { gardenTool, gloves, wateringCan } from "./kinds/gardening.ts";
import { garment } from "./kinds/garments.ts";
import { glass, plate } from "./kinds/glasses.ts";
import { headphones } from "./kinds/headphones.ts";
import { beanie, cap } from "./kinds/headwear.ts";
import { jar } from "./kinds/jars.ts";
import { scarf, socks } from "./kinds/knitwear.ts";
import { board, knife } from "./kinds/knives.ts";
import { lamp, pendantLamp } from "./kinds/lamps.ts";
import { lantern, nightLight } from "./kinds/lanterns.ts";
import { mill } from "./kinds/mills.ts";
import { clock, mirror } from "./kinds/mirrors.ts";
import { bowl, mug } from "./kinds/mugs.ts";
import { notebook } from "./kinds/notebooks.ts";
import { pan, pot } from "./kinds/pans.ts";
import { planter } from "./kinds/planters.ts";
import { plush } from "./kinds/plush.ts";
import { rug } from "./kinds/rugs.ts";
import { chair, stool } from "./kinds/seats.ts";
import { sleepingBag } from "./kinds/sleeping.ts";
import { speaker } from "./kinds/speakers.ts";
import { stacker } from "./kinds/stackers.ts";
import { suitcase } from "./kinds/suitcases.ts";
import { teapot } from "./kinds/teapots.ts";
import { tent } from "./kinds/tents.ts";
import { textile } from "./kinds/textiles.ts";
import { vase } from "./kinds/vases.ts";
import { toyVehicle } from "./kinds/vehicles.ts";
import { brush, soap } from "./kinds/washing.ts";
import { paper, pens } from "./kinds/writing.ts";
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
