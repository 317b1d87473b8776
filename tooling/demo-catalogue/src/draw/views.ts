import type { Drawing } from "../drawing-kinds.ts";
import type { SecondView } from "../views.ts";
import { centred, groundShadow, type Paper, sheet, studio, withDropShadow } from "./backdrop.ts";
import { alpha } from "./colour.ts";
import { drawPiece, knowsPose } from "./kinds.ts";
import { glow, linearGradient, radialGradient } from "./light.ts";
import { type Measures, withMeasures } from "./measures.ts";
import type { Piece, Pose } from "./piece.ts";
import { type Art, type Box, group, grow, joinBoxes, mirror, move, rect, slant } from "./svg.ts";

export interface Subject {
  drawing: Drawing;
  /** The colour of this picture and every colour the product comes in. */
  hex: string;
  hexes: readonly string[];
  paper: Paper;
  measures: Measures;
}

/** How far things may reach on the 1000 × 1000 canvas, and where their middle is. */
const ROOM = { width: 740, height: 720, middle: 500 };

export const widthOf = ({ left, right }: Box): number => right - left;
export const heightOf = ({ top, bottom }: Box): number => bottom - top;

/** What a thing's shadows look like once it is scaled by `k` and moved to where it stands. */
function footprints({ feet, art }: Piece, k: number, x: number, y: number, strength = 1): Art {
  const { left, right } = art.box;
  const patches = feet ?? [[(left + right) / 2, 0, (right - left) * 0.46] as const];
  return group(patches.map(([fx, fy, radius]) => groundShadow(x + fx * k, y + fy * k, radius * k, strength)));
}

/** Things standing in a studio: each piece at its own scale and place, all within the frame. */
function standing(
  pieces: readonly { piece: Piece; k: number; x: number; y: number }[],
  paper: Paper,
  room = ROOM,
): Art {
  const boxes = joinBoxes(pieces.map(({ piece, k, x, y }) => move(grow(piece.art, k), x, y).box));
  const fit = Math.min(room.width / widthOf(boxes), room.height / heightOf(boxes), 1.9);
  const dx = 500 - ((boxes.left + boxes.right) / 2) * fit;
  const dy = room.middle + 12 - ((boxes.top + boxes.bottom) / 2) * fit;
  const bottom = boxes.bottom * fit + dy;
  const placed = pieces.map(({ piece, k, x, y }) => ({ piece, k: k * fit, x: x * fit + dx, y: y * fit + dy }));
  return group([
    studio(paper, Math.max(520, Math.min(bottom - 110, ...placed.map(({ y }) => y - 60)))),
    ...placed.map(({ piece, k, x, y }) => footprints(piece, k, x, y)),
    ...placed.map(({ piece, k, x, y }) => move(grow(piece.art, k), x, y)),
  ]);
}

const LAID = { width: 800, height: 780, middle: 500 };

function lying(art: Art, paper: Paper, reach: number, room = LAID): Art {
  const k = Math.min(room.width / widthOf(art.box), room.height / heightOf(art.box), 1.9);
  return group([sheet(paper), withDropShadow(centred(grow(art, k), 500, room.middle), reach)]);
}

/** One piece alone in the picture, however it is held. */
function alone(piece: Piece, paper: Paper): Art {
  if (piece.stance === "stands") return standing([{ piece, k: 1, x: 0, y: 0 }], paper);
  return lying(piece.art, paper, piece.stance === "hangs" ? 22 : 15);
}

const posed = ({ drawing, hex }: Subject, pose: Pose): Piece => drawPiece(drawing, { hex, pose });

/** The other side of something without a drawing of its own: turned a little away. */
function turnedAway(piece: Piece): Piece {
  const art = slant(grow(mirror(piece.art), 0.74, 1), -0.05);
  const feet = piece.feet?.map(([x, y, radius]) => [-x * 0.74, y, radius * 0.74] as const);
  return { ...piece, art, feet };
}

function family(subject: Subject): Art {
  const { drawing, hexes, paper } = subject;
  const pieces = hexes.map((hex) => drawPiece(drawing, { hex, pose: "front" }));
  const [first] = pieces;
  if (!first) throw new Error("a family needs a colour");
  const wide = widthOf(first.art.box);
  const tall = heightOf(first.art.box);
  const oneRow = pieces.length < 4 || wide < tall * 0.75;
  const columns = oneRow ? pieces.length : Math.ceil(pieces.length / 2);
  const standingOnes = first.stance === "stands";
  const placed = pieces.map((piece, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, pieces.length - row * columns);
    const step = wide * (standingOnes ? 1.04 : 1.1);
    const stagger = standingOnes && !oneRow && pieces.length % 2 === 0 ? (row - 0.5) * step * 0.5 : 0;
    const x = ((index % columns) - (inRow - 1) / 2) * step + stagger;
    const onFloor = standingOnes && oneRow ? (index % 2) * Math.max(tall * 0.06, wide * 0.14) : 0;
    return { piece, k: 1, x, y: row * (standingOnes ? Math.max(tall * 0.56, wide * 0.26) : tall * 1.12) + onFloor };
  });
  if (standingOnes) return standing(placed, paper, { ...ROOM, width: 860 });
  return lying(group(placed.map(({ piece, x, y }) => move(piece.art, x, y))), paper, 12, { ...LAID, width: 840 });
}

function pair(subject: Subject): Art {
  const front = posed(subject, "front");
  const wide = widthOf(front.art.box);
  if (front.stance !== "stands") {
    const art = group([
      move(front.art, -wide * 0.36, 0),
      move(grow(front.art, 0.62), wide * 0.5, heightOf(front.art.box) * 0.2),
    ]);
    return lying(art, subject.paper, 20);
  }
  return standing(
    [
      { piece: front, k: 1, x: -wide * 0.34, y: 0 },
      { piece: front, k: 0.66, x: wide * 0.54, y: 26 },
    ],
    subject.paper,
  );
}

/** The detail that tells most, three times as large and cut by the frame. */
function closeup(subject: Subject): Art {
  const piece = posed(subject, "front");
  const { box } = piece.art;
  const [fx, fy] = piece.focus ?? [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const k = Math.min(3.1, Math.max(1.7, 1900 / Math.max(widthOf(box), heightOf(box))));
  const art = move(grow(piece.art, k), 500 - fx * k, 500 - fy * k);
  const vignette = rect(0, 0, 1000, 1000, 0, {
    fill: radialGradient(
      [
        [0, alpha("#2a1a10", 0)],
        [0.7, alpha("#2a1a10", 0)],
        [1, alpha("#2a1a10", 0.22)],
      ],
      0.45,
      0.42,
      0.75,
    ),
  });
  const ground = piece.stance === "stands" ? studio(subject.paper, 760) : sheet(subject.paper);
  const shadow = piece.stance === "stands" ? footprints(piece, k, 500 - fx * k, 500 - fy * k) : undefined;
  return group([ground, shadow, piece.stance === "stands" ? art : withDropShadow(art, 26), vignette]);
}

const NIGHT: Paper = { wall: "#4a4138", bright: "#6a5a48", floor: "#5a4c3e", edge: "#382f28" };

function lit(subject: Subject): Art {
  const piece = posed(subject, "lit");
  const evening = alone(piece, NIGHT);
  const warmth = glow(500, 460, 640, 0.42, "#ffc878");
  const dusk = rect(0, 0, 1000, 1000, 0, {
    fill: linearGradient(
      [
        [0, alpha("#1c1a24", 0.34)],
        [0.6, alpha("#1c1a24", 0.06)],
        [1, alpha("#1c1a24", 0.3)],
      ],
      90,
    ),
  });
  const [backdrop, ...things] = evening.children as Art[];
  return group([backdrop, dusk, warmth, ...things]);
}

const VIEWS: Record<"front" | SecondView, (subject: Subject) => Art> = {
  front: (subject) => alone(posed(subject, "front"), subject.paper),
  above: (subject) => {
    const piece = posed(subject, "above");
    return knowsPose(subject.drawing, "above") ? lying(piece.art, subject.paper, 16) : closeup(subject);
  },
  closeup,
  angle: (subject) => {
    const piece = posed(subject, "angle");
    return alone(knowsPose(subject.drawing, "angle") ? piece : turnedAway(piece), subject.paper);
  },
  open: (subject) => alone(posed(subject, "open"), subject.paper),
  family,
  pair,
  pile: (subject) => alone(posed(subject, "pile"), subject.paper),
  lit,
  measured: (subject) => withMeasures(posed(subject, "front"), subject.measures, subject.paper),
};

/** A product by itself, in one of the studio's looks. */
export const drawView = (view: "front" | SecondView, subject: Subject): Art => VIEWS[view](subject);
