import { type Cloth, cloth, crease, fringe } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { blob, pillow } from "../curves.ts";
import { radialGradient } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { ellipse, group, line, type Point, path } from "../svg.ts";

export const cushion: Kind<"cushion"> = {
  heightCm: ({ shape }) => (shape === "round" ? 18 : 42),
  poses: [],
  draw({ shape, weave, trim, width: w, height: h, accent }, { hex }) {
    const fabric: Cloth = { hex, weave, accent: hexOf(accent), degrees: weave === "stripes" ? 90 : 0 };
    if (shape === "round") return roundCushion(w, h, fabric);
    const d = pillow(-w / 2 + 10, -h + 10, w - 20, h - 20, -16);
    const soft = (points: Point[], width: number) => crease(points, hex, width);
    const folds = [
      soft(
        [
          [-w * 0.44, -h * 0.93],
          [-w * 0.33, -h * 0.84],
          [-w * 0.25, -h * 0.8],
        ],
        16,
      ),
      soft(
        [
          [w * 0.44, -h * 0.93],
          [w * 0.34, -h * 0.82],
          [w * 0.27, -h * 0.78],
        ],
        16,
      ),
      soft(
        [
          [-w * 0.44, -h * 0.07],
          [-w * 0.33, -h * 0.18],
          [-w * 0.25, -h * 0.21],
        ],
        16,
      ),
      soft(
        [
          [w * 0.44, -h * 0.07],
          [w * 0.32, -h * 0.19],
          [w * 0.24, -h * 0.22],
        ],
        16,
      ),
      path(
        blob([
          [-w * 0.3, -h * 0.72],
          [0, -h * 0.8],
          [w * 0.26, -h * 0.66],
          [w * 0.2, -h * 0.3],
          [-w * 0.12, -h * 0.24],
          [-w * 0.34, -h * 0.44],
        ]),
        {
          fill: radialGradient([
            [0, alpha("#ffffff", 0.34)],
            [1, alpha("#ffffff", 0)],
          ]),
        },
      ),
    ];
    const tassels =
      trim === "tassels" &&
      group(
        (
          [
            [-1, -1],
            [1, -1],
            [-1, 0],
            [1, 0],
          ] as const
        ).map(([sx, sy]) =>
          fringe(
            [sx * w * 0.47 - 12, sy * (h - 20) - (sy ? 0 : 18)],
            [sx * w * 0.47 + 12, sy * (h - 20) - (sy ? 0 : 18)],
            56,
            shade(hex, 0.1),
            7,
          ),
        ),
      );
    return {
      art: group([
        tassels,
        cloth(d, fabric, folds),
        trim === "piping" && path(d, { stroke: shade(hex, 0.22), width: 10 }),
        trim === "piping" && path(d, { stroke: tint(hex, 0.22), width: 4 }),
      ]),
      stance: "stands",
      feet: [[0, -10, w * 0.44]],
      focus: [-w * 0.26, -h * 0.7],
    };
  },
};

function roundCushion(w: number, h: number, fabric: Cloth): Piece {
  const { hex } = fabric;
  const ry = h * 0.36;
  const body = `M${-w / 2} ${-h + ry}C${-w * 0.56} ${-h * 0.3} ${-w * 0.5} 0 ${-w * 0.32} 0L${w * 0.32} 0C${w * 0.5} 0 ${w * 0.56} ${-h * 0.3} ${w / 2} ${-h + ry}Z`;
  const pleats = Array.from({ length: 26 }, (_, n) => {
    const a = (n / 26) * Math.PI * 2;
    return line(
      `M${Math.cos(a) * w * 0.06} ${-h + ry + Math.sin(a) * ry * 0.12}L${Math.cos(a) * w * 0.47} ${-h + ry + Math.sin(a) * ry * 0.92}`,
      alpha(shade(hex, 0.5), 0.24),
      5,
    );
  });
  return {
    stance: "stands",
    feet: [[0, 0, w * 0.44]],
    focus: [0, -h + ry],
    art: group([
      cloth(body, fabric),
      ellipse(0, -h + ry, w / 2, ry, {
        fill: radialGradient(
          [
            [0, shade(hex, 0.12)],
            [0.25, tint(hex, 0.16)],
            [0.7, tint(hex, 0.1)],
            [1, shade(hex, 0.06)],
          ],
          0.45,
          0.42,
          0.56,
        ),
      }),
      ...pleats,
      ellipse(0, -h + ry, w / 2, ry, { stroke: shade(hex, 0.25), width: 9 }),
      ellipse(0, -h + ry - 2, w / 2, ry, { stroke: tint(hex, 0.25), width: 3 }),
      ellipse(0, -h + ry, w * 0.055, ry * 0.13, {
        fill: radialGradient(
          [
            [0, tint(hex, 0.2)],
            [1, shade(hex, 0.3)],
          ],
          0.4,
          0.3,
          0.8,
        ),
      }),
    ]),
  };
}
