import type { Shelf } from "./product-entry.ts";
import { audioAndTech } from "./products/audio-and-tech.ts";
import { bags } from "./products/bags.ts";
import { basics } from "./products/basics.ts";
import { bathAccessories } from "./products/bath-accessories.ts";
import { camping } from "./products/camping.ts";
import { coffeeAndTea } from "./products/coffee-and-tea.ts";
import { cookware } from "./products/cookware.ts";
import { deskAccessories } from "./products/desk-accessories.ts";
import { furniture } from "./products/furniture.ts";
import { gardenTools } from "./products/garden-tools.ts";
import { hatsAndSocks } from "./products/hats-and-socks.ts";
import { kidsRoom } from "./products/kids-room.ts";
import { knivesAndBoards } from "./products/knives-and-boards.ts";
import { lighting } from "./products/lighting.ts";
import { planters } from "./products/planters.ts";
import { stationery } from "./products/stationery.ts";
import { storage } from "./products/storage.ts";
import { tableware } from "./products/tableware.ts";
import { throwsAndCushions } from "./products/throws-and-cushions.ts";
import { towels } from "./products/towels.ts";
import { vasesAndCandles } from "./products/vases-and-candles.ts";
import { woodenToys } from "./products/wooden-toys.ts";

/** Every product as its author wrote it, by category: what the catalogue is built and the pictures are drawn from. */
export const shelves: Shelf[] = [
  lighting,
  vasesAndCandles,
  throwsAndCushions,
  furniture,
  cookware,
  tableware,
  coffeeAndTea,
  knivesAndBoards,
  storage,
  towels,
  bathAccessories,
  stationery,
  deskAccessories,
  audioAndTech,
  bags,
  camping,
  planters,
  gardenTools,
  woodenToys,
  kidsRoom,
  basics,
  hatsAndSocks,
];
