/** Words that the generated catalogue is put together from; English and German side by side. */
interface Pair {
  en: string;
  de: string;
}

const pairs = (text: string): Pair[] =>
  text.split(" ").map((pair) => {
    const [en = "", de = ""] = pair.split(":");
    return { en, de };
  });

export const QUALITIES = pairs(
  "Quiet:Ruhige Heavy:Schwere Light:Leichte Tall:Hohe Low:Niedrige Wide:Breite Slim:Schmale Round:Runde " +
    "Folding:Klappbare Woven:Gewebte Turned:Gedrechselte Forged:Geschmiedete Plain:Schlichte Soft:Weiche " +
    "Deep:Tiefe Small:Kleine Large:Große Old:Alte Warm:Warme Bright:Helle",
);

export const THINGS = pairs(
  "lamp:Lampe stool:Bank shelf:Ablage vase:Vase bowl:Schale mug:Tasse plate:Platte kettle:Kanne blanket:Decke " +
    "cushion:Rolle basket:Kiste tray:Platte mirror:Scheibe clock:Uhr hook:Leiste bench:Sitzbank rug:Matte " +
    "curtain:Gardine candle:Kerze lantern:Laterne knife:Klinge board:Unterlage pan:Pfanne jar:Dose towel:Hülle",
);

export const MATERIALS = "oak walnut steel brass wool linen cotton clay glass leather".split(" ");
export const COLOURS = "black white grey red green blue yellow brown pink orange".split(" ");
export const SIZES = "xs s m l xl".split(" ");
export const SYLLABLES = "bel cor dan fir gal hol kin lum mar nor per sol".split(" ");

export const SENTENCES: readonly Pair[] = [
  { en: "Made in small numbers and checked by hand.", de: "In kleiner Zahl gefertigt und von Hand geprüft." },
  {
    en: "Wipe it with a damp cloth and let it dry in the air.",
    de: "Feucht abwischen und an der Luft trocknen lassen.",
  },
  { en: "Every part can be ordered again, even after years.", de: "Jedes Teil lässt sich nachbestellen, auch spät." },
  {
    en: "It gets better with age and likes to be used.",
    de: "Es wird mit den Jahren schöner und will gebraucht sein.",
  },
  { en: "The surface is oiled twice and polished once.", de: "Die Oberfläche ist zweimal geölt und einmal poliert." },
  { en: "Comes flat in a box without plastic.", de: "Kommt flach in einer Schachtel ohne Plastik." },
  { en: "Goes well with everything else of this maker.", de: "Passt zu allem anderen aus diesem Hause." },
  { en: "Strong enough for daily use in a full house.", de: "Stabil genug für jeden Tag in einem vollen Haus." },
];
