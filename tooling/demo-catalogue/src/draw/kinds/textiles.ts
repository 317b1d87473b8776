import type { Drawing } from "../../drawing-kinds.ts";
import { tube } from "../blocks.ts";
import { type Cloth, cloth, crease, fringe, stitches } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { pillow, polygon, roundedBox } from "../curves.ts";
import { linearGradient, radialGradient } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, line, move, path } from "../svg.ts";
import { grainTexture } from "../textures.ts";

/** A folded cloth's layer with its rounded fold at the left. */
function layer(w: number, y: number, thick: number, fabric: Cloth, wobble: number): Art {
  const { hex } = fabric;
  const x = -w / 2;
  const d = `M${x + thick * 0.5} ${y - thick}L${w / 2 - 8} ${y - thick + wobble}Q${w / 2 + 2} ${y - thick / 2} ${w / 2 - 8} ${y}L${x + thick * 0.5} ${y}C${x - thick * 0.18} ${y} ${x - thick * 0.18} ${y - thick} ${x + thick * 0.5} ${y - thick}Z`;
  return group([
    cloth(d, fabric),
    line(`M${x + thick * 0.34} ${y - thick * 0.5}L${w / 2 - 14} ${y - thick * 0.46}`, alpha(shade(hex, 0.6), 0.28), 4),
    line(`M${x + thick * 0.4} ${y - thick + 5}L${w / 2 - 16} ${y - thick + wobble + 5}`, alpha(tint(hex, 0.8), 0.5), 4),
    line(`M${x + thick * 0.4} ${y - 2}L${w / 2 - 10} ${y - 2}`, alpha(shade(hex, 0.65), 0.3), 5),
  ]);
}

function foldedThrow({ width: w, height: h, weave, accent, fringe: fringed }: Drawing<"textile">, hex: string): Piece {
  const fabric: Cloth = { hex, weave, accent: hexOf(accent) };
  const top = h * 0.42;
  const lower = (h - top) / 2;
  const upper = `M${-w * 0.43} ${-h}L${w * 0.41} ${-h}L${w * 0.5} ${-h + top}L${-w * 0.49} ${-h + top}Q${-w * 0.53} ${-h + top * 0.9} ${-w * 0.49} ${-h + top * 0.72}Z`;
  const drape = `M${w * 0.02} ${-h + 8}L${w * 0.36} ${-h + 8}C${w * 0.42} ${-h * 0.8} ${w * 0.46} ${-h * 0.62} ${w * 0.45} ${-h * 0.14}L${w * 0.06} ${-h * 0.1}C${w * 0.1} ${-h * 0.6} ${w * 0.05} ${-h * 0.8} ${w * 0.02} ${-h + 8}Z`;
  return {
    stance: "stands",
    feet: [[0, 0, w * 0.5]],
    focus: [-w * 0.22, -h * 0.8],
    art: group([
      layer(w, 0, lower, fabric, 0),
      layer(w * 0.985, -lower, lower, fabric, 3),
      cloth(upper, { ...fabric, hex: tint(hex, 0.08) }),
      line(`M${-w * 0.48} ${-h + top - 3}L${w * 0.49} ${-h + top - 3}`, alpha(tint(hex, 0.8), 0.5), 5),
      cloth(drape, { ...fabric, hex: tint(hex, 0.04), degrees: 4 }, [
        crease(
          [
            [w * 0.2, -h],
            [w * 0.24, -h * 0.6],
            [w * 0.22, -h * 0.12],
          ],
          hex,
          14,
        ),
      ]),
      fringed && fringe([w * 0.06, -h * 0.1], [w * 0.45, -h * 0.14], Math.max(44, h * 0.2), hex, 26),
      !fringed && stitches(`M${w * 0.08} ${-h * 0.15}L${w * 0.44} ${-h * 0.19}`, hexOf(accent), 3),
    ]),
  };
}

function stackedCloths(
  { width: w, height: h, weave, accent, fringe: fringed }: Drawing<"textile">,
  hex: string,
  pile: boolean,
): Piece {
  const count = weave === "terry" ? 3 : pile ? 5 : 4;
  const thick = h / count;
  const tones = pile
    ? [hex, tint(hex, 0.3), shade(hex, 0.16), tint(hex, 0.16), hex, shade(hex, 0.08)]
    : [hex, tint(hex, 0.05), hex, tint(hex, 0.05), hex];
  const layers = Array.from({ length: pile ? count + 1 : count }, (_, n) => {
    const fabric: Cloth = { hex: tones[n] ?? hex, weave, accent: hexOf(accent), scale: w < 460 ? 0.8 : 1 };
    const art = layer(w * (1 - (n % 2) * 0.03), -n * thick, thick + 2, fabric, 0);
    const edge =
      fringed && fringe([w * 0.495, -n * thick - thick * 0.85], [w * 0.495, -n * thick - 6], 20, hex, 8, [1, 0]);
    return move(group([art, edge]), pile ? ((n * 17) % 23) - 11 : ((n * 11) % 9) - 4, 0);
  });
  const total = layers.length * thick;
  const skew = polygon([
    [-w * 0.44, -total - h * 0.2],
    [w * 0.42, -total - h * 0.2],
    [w * 0.49, -total + 2],
    [-w * 0.47, -total + 2],
  ]);
  const topFace = group([
    cloth(skew, { hex: tint(tones[layers.length - 1] ?? hex, 0.14), weave, accent: hexOf(accent) }),
    weave === "terry" &&
      line(`M${-w * 0.462} ${-total - h * 0.06}L${w * 0.468} ${-total - h * 0.06}`, alpha(shade(hex, 0.4), 0.2), 16, {
        cap: "butt",
      }),
  ]);
  return { art: group([...layers, topFace]), stance: "stands", feet: [[0, 0, w * 0.5]], focus: [-w * 0.2, -h * 0.7] };
}

function hungTowel({ width: w, height: h, weave, accent }: Drawing<"textile">, hex: string): Piece {
  const fabric: Cloth = { hex, weave, accent: hexOf(accent) };
  const back = `M${-w * 0.42} ${-h}L${w * 0.46} ${-h}L${w * 0.48} ${-h * 0.16}Q${w * 0.1} ${-h * 0.13} ${-w * 0.4} ${-h * 0.17}Z`;
  const front = `M${-w / 2} ${-h + 6}C${-w * 0.52} ${-h * 1.03} ${w * 0.42} ${-h * 1.03} ${w * 0.42} ${-h + 6}C${w * 0.44} ${-h * 0.6} ${w * 0.4} ${-h * 0.3} ${w * 0.42} -6Q${w * 0.1} 12 ${-w * 0.14} 0Q${-w * 0.36} -8 ${-w * 0.49} 2C${-w * 0.46} ${-h * 0.4} ${-w * 0.52} ${-h * 0.6} ${-w / 2} ${-h + 6}Z`;
  const rail = group([
    tube(`M${-w * 0.72} ${-h - 4}L${w * 0.72} ${-h - 4}`, 20, hexOf(accent)),
    ...[-0.74, 0.74].map((k) =>
      circle(w * k, -h - 4, 24, {
        fill: radialGradient(
          [
            [0, tint(hexOf(accent), 0.5)],
            [1, shade(hexOf(accent), 0.3)],
          ],
          0.35,
          0.3,
          0.8,
        ),
      }),
    ),
  ]);
  return {
    stance: "hangs",
    focus: [-w * 0.1, -h * 0.5],
    art: group([
      cloth(back, { ...fabric, hex: shade(hex, 0.12) }),
      rail,
      cloth(front, fabric, [
        crease(
          [
            [-w * 0.24, -h],
            [-w * 0.2, -h * 0.5],
            [-w * 0.26, 0],
          ],
          hex,
          18,
        ),
        crease(
          [
            [w * 0.12, -h],
            [w * 0.16, -h * 0.4],
            [w * 0.12, 0],
          ],
          hex,
          22,
        ),
        line(`M${-w * 0.55} ${-h * 0.12}L${w * 0.5} ${-h * 0.13}`, alpha(shade(hex, 0.4), 0.22), 20),
        line(`M${-w * 0.55} ${-h * 0.965}L${w * 0.5} ${-h * 0.965}`, alpha("#ffffff", 0.35), 16),
      ]),
    ]),
  };
}

function rolledTowel(
  { width: w, height: h, weave, accent, fringe: fringed }: Drawing<"textile">,
  hex: string,
  pile: boolean,
): Piece {
  const roll = (tone: string): Art => {
    const r = h / 2;
    const body = `M${-w / 2 + r * 0.7} ${-h}L${w / 2} ${-h}Q${w / 2 + 16} ${-r} ${w / 2} 0L${-w / 2 + r * 0.7} 0Z`;
    const spiral = `M${-w / 2 + r * 0.7} ${-r}C${-w / 2 + r * 0.9} ${-r * 1.3} ${-w / 2 + r * 0.3} ${-r * 1.4} ${-w / 2 + r * 0.3} ${-r}C${-w / 2 + r * 0.3} ${-r * 0.4} ${-w / 2 + r * 1.12} ${-r * 0.4} ${-w / 2 + r * 1.12} ${-r}C${-w / 2 + r * 1.12} ${-r * 1.8} ${-w / 2 + r * 0.08} ${-r * 1.8} ${-w / 2 + r * 0.08} ${-r}`;
    return group([
      cloth(body, { hex: tone, weave, accent: hexOf(accent), degrees: 90, scale: 1.1 }),
      path(body, {
        fill: linearGradient(
          [
            [0, alpha("#ffffff", 0.25)],
            [0.35, alpha("#ffffff", 0)],
            [1, alpha("#2a1a10", 0.38)],
          ],
          90,
        ),
      }),
      fringed && fringe([w / 2, -h + 8], [w / 2 + 6, -10], 40, tone, 16, [1, 0.1]),
      ellipse(-w / 2 + r * 0.7, -r, r * 0.7, r, {
        fill: linearGradient(
          [
            [0, tint(tone, 0.3)],
            [1, shade(tone, 0.1)],
          ],
          60,
        ),
        stroke: shade(tone, 0.2),
        width: 4,
      }),
      line(spiral, alpha(shade(tone, 0.5), 0.6), 7),
    ]);
  };
  const art = pile
    ? group([
        move(roll(shade(hex, 0.06)), -18, 0),
        move(roll(tint(hex, 0.14)), 14, -h * 0.94),
        move(roll(hex), -6, -h * 1.88),
      ])
    : roll(hex);
  return { art, stance: "stands", feet: [[0, 0, w * 0.48]], focus: [-w * 0.2, -h / 2] };
}

function bed({ width: w, height: h, weave, accent }: Drawing<"textile">, hex: string): Piece {
  const fabric: Cloth = { hex, weave, accent: hexOf(accent), scale: 0.8 };
  const wood = "#d7a878";
  const board = (x: number, y: number, bw: number, bh: number) =>
    group([
      path(roundedBox(x, y, bw, bh, [40, 40, 4, 4]), {
        fill: linearGradient(
          [
            [0, tint(wood, 0.3)],
            [1, shade(wood, 0.12)],
          ],
          60,
        ),
      }),
      path(roundedBox(x, y, bw, bh, [40, 40, 4, 4]), { fill: grainTexture(wood) }),
    ]);
  const duvet = `M${-w * 0.5} ${-h * 0.5}C${-w * 0.4} ${-h * 0.66} ${w * 0.4} ${-h * 0.66} ${w * 0.5} ${-h * 0.5}L${w * 0.52} ${-h * 0.1}C${w * 0.3} ${-h * 0.02} ${w * 0.1} ${-h * 0.12} ${-w * 0.1} ${-h * 0.06}C${-w * 0.3} 0 ${-w * 0.4} ${-h * 0.1} ${-w * 0.52} ${-h * 0.07}Z`;
  const fold = `M${-w * 0.5} ${-h * 0.5}C${-w * 0.4} ${-h * 0.66} ${w * 0.4} ${-h * 0.66} ${w * 0.5} ${-h * 0.5}L${w * 0.51} ${-h * 0.37}C${w * 0.3} ${-h * 0.46} ${-w * 0.3} ${-h * 0.44} ${-w * 0.51} ${-h * 0.36}Z`;
  return {
    stance: "stands",
    feet: [[0, 0, w * 0.5]],
    focus: [-w * 0.1, -h * 0.3],
    art: group([
      board(-w * 0.53, -h, w * 1.06, h * 0.7),
      cloth(pillow(-w * 0.36, -h * 0.84, w * 0.72, h * 0.32, 16), fabric, [
        crease(
          [
            [-w * 0.28, -h * 0.7],
            [-w * 0.1, -h * 0.66],
          ],
          hex,
          12,
        ),
      ]),
      ...[-0.5, 0.44].map((x) =>
        path(roundedBox(w * x, -h * 0.2, w * 0.06, h * 0.2, [0, 0, 6, 6]), { fill: shade(wood, 0.1) }),
      ),
      cloth(duvet, fabric, [
        crease(
          [
            [-w * 0.2, -h * 0.5],
            [-w * 0.26, -h * 0.2],
            [-w * 0.2, 0],
          ],
          hex,
          18,
        ),
        crease(
          [
            [w * 0.2, -h * 0.5],
            [w * 0.26, -h * 0.2],
            [w * 0.22, 0],
          ],
          hex,
          18,
        ),
      ]),
      cloth(fold, { ...fabric, hex: hexOf(accent), weave: "plain" }),
    ]),
  };
}

export const textile: Kind<"textile"> = {
  heightCm: ({ form, height }) => ({ folded: 18, stack: height / 18, hung: 70, rolled: 12, bed: 60 })[form],
  poses: ["pile"],
  draw(drawing, { hex, pose }) {
    const pile = pose === "pile";
    switch (drawing.form) {
      case "folded":
        return pile ? stackedCloths(drawing, hex, true) : foldedThrow(drawing, hex);
      case "stack":
        return stackedCloths(drawing, hex, pile);
      case "hung":
        return pile ? stackedCloths({ ...drawing, width: 560, height: 340 }, hex, true) : hungTowel(drawing, hex);
      case "rolled":
        return rolledTowel(pile ? { ...drawing, height: drawing.height * 0.8 } : drawing, hex, pile);
      case "bed":
        return bed(drawing, hex);
    }
  },
};
