import { lch } from "./colour.ts";
import { linearGradient, radialGradient, softSpot } from "./light.ts";
import { type Art, type Element, ghost, group, move, rect } from "./svg.ts";

/** The hue in degrees and strength of each shelf's studio paper. */
const PAPERS: Record<string, readonly [hue: number, chroma: number]> = {
  lighting: [72, 0.03],
  "vases-and-candles": [55, 0.028],
  "throws-and-cushions": [85, 0.026],
  furniture: [95, 0.022],
  cookware: [150, 0.016],
  tableware: [65, 0.028],
  "coffee-and-tea": [60, 0.034],
  "knives-and-boards": [130, 0.018],
  storage: [110, 0.022],
  towels: [220, 0.018],
  "bath-accessories": [200, 0.018],
  stationery: [40, 0.026],
  "desk-accessories": [250, 0.014],
  "audio-and-tech": [270, 0.014],
  bags: [80, 0.026],
  camping: [160, 0.024],
  planters: [135, 0.026],
  "garden-tools": [120, 0.026],
  "wooden-toys": [75, 0.04],
  "kids-room": [30, 0.03],
  basics: [75, 0.014],
  "hats-and-socks": [45, 0.022],
};

export interface Paper {
  wall: string;
  bright: string;
  floor: string;
  edge: string;
}

export function paperOf(category: string): Paper {
  const [hue, chroma] = PAPERS[category] ?? [75, 0.02];
  const tone = (lightness: number, strength = 1) => lch(lightness, chroma * strength, (hue * Math.PI) / 180);
  return { wall: tone(0.885), bright: tone(0.945, 0.7), floor: tone(0.915, 0.9), edge: tone(0.845, 1.25) };
}

const light = ({ bright, wall }: Paper): Element =>
  radialGradient(
    [
      [0, bright],
      [0.5, wall],
      [1, wall],
    ],
    0.3,
    0.22,
    0.95,
  );

/** A roll of studio paper: a lit wall that bends into a floor at `horizon`. */
export function studio(paper: Paper, horizon: number): Art {
  const floor = linearGradient(
    [
      [0, paper.wall],
      [0.14, paper.edge],
      [0.32, paper.floor],
      [1, paper.bright],
    ],
    90,
  );
  return group([
    rect(0, 0, 1000, 1000, 0, { fill: light(paper) }),
    group([rect(0, horizon - 40, 1000, 1040 - horizon, 0, { fill: floor })], { opacity: 0.75 }),
  ]);
}

/** The same paper seen from above, or as a wall. */
export function sheet(paper: Paper): Art {
  const fall = linearGradient(
    [
      [0, paper.bright],
      [0.5, paper.wall],
      [1, paper.edge],
    ],
    50,
  );
  return rect(0, 0, 1000, 1000, 0, { fill: fall });
}

/** Where something touches the ground: a dark line of contact and a longer shadow away from the light. */
export function groundShadow(x: number, y: number, radius: number, strength = 1): Art {
  return group([
    softSpot(x + radius * 0.34, y + radius * 0.03, radius * 1.42, Math.max(12, radius * 0.2), 0.26 * strength),
    softSpot(x + radius * 0.06, y, radius * 1.1, Math.max(7, radius * 0.1), 0.5 * strength),
  ]);
}

/** The plain shape of art, in shadow. */
function silhouette(art: Element): Element[] {
  const { tag, attributes, children } = art;
  const cut = attributes["clip-path"];
  if (typeof cut === "object") return cut.children.flatMap(silhouette);
  if (tag === "text" || attributes.opacity === 0 || ("box" in art && !Number.isFinite((art as Art).box.left)))
    return [];
  if (tag === "g")
    return [{ tag, attributes: { transform: attributes.transform }, children: children.flatMap(silhouette) }];
  const inked = (paint: unknown) => (paint === undefined || paint === "none" ? "none" : "#3a2c20");
  return [
    {
      tag,
      attributes: { ...attributes, opacity: undefined, fill: inked(attributes.fill), stroke: inked(attributes.stroke) },
      children,
    },
  ];
}

/**
 * Art with the shadow it throws on the surface right behind it: copies of its shape, each a little further from the
 * light. A blur would look the same here and take longer than the rest of the picture.
 */
export function withDropShadow(art: Art, reach: number, opacity = 0.34): Art {
  const shape = group(silhouette(art).map((part) => ({ ...part, box: art.box })));
  const steps = Math.max(4, Math.ceil(reach / 3));
  const layers = Array.from({ length: steps }, (_, step) => {
    const far = reach * (0.3 + (1.1 * step) / steps);
    return ghost(group([move(shape, far * 0.6, far)], { opacity: opacity / steps }));
  });
  return group([...layers, art]);
}

/** Moves art so that its middle is at (x, y). */
export function centred(art: Art, x: number, y: number): Art {
  const { left, right, top, bottom } = art.box;
  return move(art, x - (left + right) / 2, y - (top + bottom) / 2);
}
