import { centred, groundShadow, type Paper, sheet, studio, withDropShadow } from "./backdrop.ts";
import type { Piece } from "./piece.ts";
import { type Art, group, grow, line, text } from "./svg.ts";

/** What a product's text says about its size, in centimetres. */
export interface Measures {
  heightCm?: number | undefined;
  widthCm?: number | undefined;
  seatCm?: number | undefined;
}

const HEIGHT = /(\d+(?:\.\d+)?) cm (?:tall|high)/;
const WIDTH = /(\d+(?:\.\d+)?) cm (?:wide|across|long)/;
const SEAT = /(\d+(?:\.\d+)?) cm from the floor|seat (?:at|height) (\d+(?:\.\d+)?) cm/;

function found(words: string, pattern: RegExp): number | undefined {
  const match = pattern.exec(words);
  const number = match?.[1] ?? match?.[2];
  return number === undefined ? undefined : Number(number);
}

/** Reads height, width and seat height from an English product text; what it does not say is left out. */
export function measuresIn(words: string): Measures {
  return { heightCm: found(words, HEIGHT), widthCm: found(words, WIDTH), seatCm: found(words, SEAT) };
}

const INK = "#6b6154";

function ruler(x1: number, y1: number, x2: number, y2: number): Art {
  const across = y1 === y2;
  const [dx, dy] = across ? [0, 14] : [14, 0];
  return group([
    line(`M${x1} ${y1}L${x2} ${y2}`, INK, 3, { cap: "butt" }),
    line(`M${x1 - dx} ${y1 - dy}L${x1 + dx} ${y1 + dy}M${x2 - dx} ${y2 - dy}L${x2 + dx} ${y2 + dy}`, INK, 3, {
      cap: "butt",
    }),
  ]);
}

const seatRuler = (x: number, seat: number, ground: number, seatCm: number): Art[] => [
  ruler(x, seat, x, ground),
  text(x + 50, (seat + ground) / 2, 34, `${seatCm} cm`, INK, -90),
];

/** A piece with dimension lines beside and under it, numbered as far as its text tells. */
export function withMeasures(piece: Piece, { heightCm, widthCm, seatCm }: Measures, paper: Paper): Art {
  const { box } = piece.art;
  const k = Math.min(600 / (box.right - box.left), 620 / (box.bottom - box.top), 1.6);
  const art = centred(grow(piece.art, k), 470, 460);
  const { left, right, top, bottom } = art.box;
  const origin = left - box.left * k;
  const ground = bottom - box.bottom * k;
  const feet = piece.feet ?? [[(box.left + box.right) / 2, 0, (box.right - box.left) * 0.46] as const];
  const stands = piece.stance === "stands";
  const beside = right + 64;
  const under = bottom + 78;
  return group([
    stands ? studio(paper, Math.max(560, bottom - 110)) : sheet(paper),
    stands && group(feet.map(([x, y, radius]) => groundShadow(origin + x * k, ground + y * k, radius * k))),
    stands ? art : withDropShadow(art, 20),
    heightCm !== undefined && ruler(beside, top, beside, bottom),
    heightCm !== undefined && text(beside + 50, (top + bottom) / 2, 34, `${heightCm} cm`, INK, -90),
    ...(seatCm !== undefined && piece.seat !== undefined
      ? seatRuler(beside, ground + piece.seat * k, bottom, seatCm)
      : []),
    widthCm !== undefined && ruler(left, under, right, under),
    widthCm !== undefined && text((left + right) / 2, under + 52, 34, `${widthCm} cm`, INK),
  ]);
}
