import type { Drawing } from "../drawing-kinds.ts";
import type { ColourKey } from "../palette.ts";
import { groundShadow } from "./backdrop.ts";
import { alpha, hexOf, shade, tint } from "./colour.ts";
import { drawPiece, heightInCm } from "./kinds.ts";
import { linearGradient, roundLight } from "./light.ts";
import type { Piece } from "./piece.ts";
import { type Art, clip, ghost, group, grow, line, move, path, rect } from "./svg.ts";
import { grainTexture } from "./textures.ts";

/** A piece set down with its shadow: `k` times its size, its middle at x, its feet at y. */
export function setDown({ art, feet }: Piece, k: number, x: number, y: number, strength = 1): Art {
  const middle = (art.box.left + art.box.right) / 2;
  const left = x - middle * k;
  const patches = feet ?? [[middle, 0, (art.box.right - art.box.left) * 0.46] as const];
  return group([
    ...patches.map(([fx, fy, radius]) => groundShadow(left + fx * k, y + fy * k, radius * k, strength)),
    move(grow(art, k), left, y),
  ]);
}

/** Another thing of the shop in a scene, at `scale` pixels per centimetre. */
export function prop(drawing: Drawing, colour: ColourKey, scale: number, x: number, y: number): Art {
  const piece = drawPiece(drawing, { hex: hexOf(colour), pose: "front" });
  const k = (heightInCm(drawing) * scale) / drawing.height;
  return setDown(piece, k, x, y, 0.8);
}

/** The scene's light: slanting bands of a window on a wall or table. */
export function windowLight(x: number, y: number, w: number, h: number, opacity = 0.3): Art {
  const pane = (dx: number, dy: number) =>
    `M${x + dx} ${y + dy}L${x + dx + w} ${y + dy + w * 0.18}L${x + dx + w - h * 0.3} ${y + dy + h}L${x + dx - h * 0.3} ${y + dy + h - w * 0.18}Z`;
  const fill = alpha("#fff6df", opacity);
  return ghost(group([path(pane(0, 0), { fill }), path(pane(w * 1.1, w * 0.2), { fill })]));
}

/** Planks from one edge of the picture to the other, `rows` of them. */
export function planks(
  x: number,
  y: number,
  w: number,
  h: number,
  rows: number,
  hex: string,
  perspective = false,
): Art {
  const edges = Array.from({ length: rows + 1 }, (_, n) => y + h * (perspective ? (n / rows) ** 1.6 : n / rows));
  const boards = edges.slice(0, -1).map((top, n) => {
    const height = (edges[n + 1] ?? y + h) - top;
    const tone = n % 3 === 1 ? shade(hex, 0.03) : n % 3 === 2 ? tint(hex, 0.06) : hex;
    return group([
      rect(x, top, w, height, 0, {
        fill: linearGradient(
          [
            [0, tint(tone, 0.12)],
            [0.5, tone],
            [1, shade(tone, 0.06)],
          ],
          20,
        ),
      }),
      rect(x, top, w, height, 0, { fill: grainTexture(tone, `floor${n % 4}`, 0, 1.5) }),
      line(`M${x} ${top}L${x + w} ${top}`, alpha(shade(hex, 0.5), 0.35), 2.5),
    ]);
  });
  return group(boards);
}

/** Glazed tiles. */
export function tiles(x: number, y: number, w: number, h: number, size: number, hex: string, brick = true): Art {
  const rows = Math.ceil(h / size);
  const wide = brick ? size * 2 : size;
  const joints = Array.from({ length: rows }, (_, row) => {
    const top = y + row * size;
    const shift = brick && row % 2 ? -size : 0;
    const count = Math.ceil(w / wide) + 1;
    const verticals = Array.from(
      { length: count },
      (_, n) => `M${x + shift + n * wide} ${top}L${x + shift + n * wide} ${top + size}`,
    ).join("");
    return `M${x} ${top}L${x + w} ${top}${verticals}`;
  }).join("");
  const shines = Array.from({ length: size < 150 ? 16 : 0 }, (_, n) => {
    const row = (n * 5) % rows;
    const column = (n * 7) % Math.ceil(w / wide);
    return rect(x + (brick && row % 2 ? -size : 0) + column * wide + 3, y + row * size + 3, wide - 6, size - 6, 2, {
      fill: alpha("#ffffff", 0.16 + (n % 3) * 0.08),
    });
  });
  return clip(rect(x, y, w, h, 0, { fill: "#000" }), [
    rect(x, y, w, h, 0, {
      fill: linearGradient(
        [
          [0, tint(hex, 0.3)],
          [1, shade(hex, 0.06)],
        ],
        40,
      ),
    }),
    ...shines,
    line(joints, alpha(shade(hex, 0.3), 0.5), 3, { cap: "butt" }),
    line(joints, alpha("#ffffff", 0.5), 1.2, { cap: "butt" }),
  ]);
}

/** A framed print: a sun over hills, or leaves. */
export function print(x: number, y: number, w: number, h: number, tone: string): Art {
  return group([
    rect(x + 6, y + 10, w, h, 4, { fill: alpha("#3a2c20", 0.18) }),
    rect(x, y, w, h, 4, { fill: roundLight("#c99d67") }),
    rect(x + 10, y + 10, w - 20, h - 20, 2, { fill: "#fbf6ea" }),
    rect(x + w * 0.17, y + h * 0.16, w * 0.66, h * 0.68, 2, { fill: tint(tone, 0.7) }),
    path(
      `M${x + w * 0.17} ${y + h * 0.66}Q${x + w * 0.4} ${y + h * 0.44} ${x + w * 0.6} ${y + h * 0.62}Q${x + w * 0.72} ${y + h * 0.54} ${x + w * 0.83} ${y + h * 0.6}L${x + w * 0.83} ${y + h * 0.84}L${x + w * 0.17} ${y + h * 0.84}Z`,
      { fill: tone },
    ),
    rect(x + w * 0.52, y + h * 0.26, w * 0.17, w * 0.17, w, { fill: "#dfa23c" }),
  ]);
}

/** A window with a soft view. */
export function window(x: number, y: number, w: number, h: number): Art {
  const inner = rect(x, y, w, h, 4, { fill: "#000" });
  return group([
    clip(inner, [
      rect(x, y, w, h, 0, {
        fill: linearGradient(
          [
            [0, "#cfe3ec"],
            [0.6, "#eaf1ea"],
            [1, "#f6efdc"],
          ],
          90,
        ),
      }),
      path(
        `M${x} ${y + h * 0.72}Q${x + w * 0.3} ${y + h * 0.52} ${x + w * 0.6} ${y + h * 0.68}L${x + w} ${y + h * 0.6}L${x + w} ${y + h}L${x} ${y + h}Z`,
        { fill: "#b9cba8" },
      ),
      path(
        `M${x} ${y + h * 0.86}Q${x + w * 0.5} ${y + h * 0.7} ${x + w} ${y + h * 0.84}L${x + w} ${y + h}L${x} ${y + h}Z`,
        { fill: "#9db68d" },
      ),
    ]),
    rect(x, y, w, h, 4, { stroke: "#f7f2e6", width: 18 }),
    line(`M${x + w / 2} ${y}L${x + w / 2} ${y + h}M${x} ${y + h * 0.5}L${x + w} ${y + h * 0.5}`, "#f7f2e6", 11, {
      cap: "butt",
    }),
    rect(x - 24, y + h + 4, w + 48, 22, 4, {
      fill: linearGradient(
        [
          [0, "#fdfaf1"],
          [1, "#dcd3c0"],
        ],
        90,
      ),
    }),
  ]);
}
