import type { LocalText } from "./catalogue-types.ts";

type Phrase = (name: LocalText) => LocalText;

const phrase =
  (en: string, de: string): Phrase =>
  (name) => ({ en: en.replace("%", name.en), de: de.replace("%", name.de) });

/** How a second picture can look at a product, and how its alternative text says so. */
export const SECOND_VIEWS = {
  above: phrase("%, seen from above", "%, von oben gesehen"),
  closeup: phrase("Close-up of the material and make of %", "Nahaufnahme von Material und Verarbeitung: %"),
  angle: phrase("%, seen from another side", "%, von einer anderen Seite"),
  open: phrase("%, open", "%, geöffnet"),
  family: phrase("Every colour of %, side by side", "Alle Farben von %, nebeneinander"),
  pair: phrase("A pair: %, large and small", "Ein Paar: %, groß und klein"),
  pile: phrase("A pile of %", "Ein Stapel: %"),
  lit: phrase("%, lit in the evening", "%, am Abend leuchtend"),
  measured: phrase("%, drawn with its measurements", "%, mit Maßen gezeichnet"),
} as const satisfies Record<string, Phrase>;

/** Where the last picture shows a product in use. */
export const SCENES = {
  sideboard: phrase("% on a sideboard with books and a vase", "% auf einem Sideboard mit Büchern und Vase"),
  livingroom: phrase("% in a living room", "% in einem Wohnzimmer"),
  ceiling: phrase("% above a dining table", "% über einem Esstisch"),
  sofa: phrase("% on a sofa", "% auf einem Sofa"),
  table: phrase("% on a laid wooden table", "% auf einem gedeckten Holztisch"),
  counter: phrase("% on a kitchen counter", "% auf einer Küchenarbeitsplatte"),
  basin: phrase("% beside a basin in a tiled bathroom", "% neben dem Waschbecken in einem gefliesten Bad"),
  desk: phrase("% on a desk by the window", "% auf einem Schreibtisch am Fenster"),
  meadow: phrase("% in a meadow in front of hills", "% auf einer Wiese vor Hügeln"),
  platform: phrase("% on a station platform bench", "% auf einer Bank am Bahnsteig"),
  patio: phrase("% on a sunny terrace", "% auf einer sonnigen Terrasse"),
  playroom: phrase("% on the floor of a playroom", "% auf dem Boden eines Spielzimmers"),
  rail: phrase("% on a clothes rail", "% an einer Kleiderstange"),
  hallway: phrase("% in a hallway with coat hooks", "% in einem Flur mit Garderobenhaken"),
} as const satisfies Record<string, Phrase>;

export type SecondView = keyof typeof SECOND_VIEWS;
export type Scene = keyof typeof SCENES;

/** How the first picture of a colour is described. */
export function frontView(name: LocalText, colour: LocalText | undefined): LocalText {
  if (!colour) return name;
  return { en: `${name.en} in ${colour.en.toLowerCase()}`, de: `${name.de} in ${colour.de}` };
}
