import { tube } from "../blocks.ts";
import { cloth, crease, strap } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { polygon } from "../curves.ts";
import { linearGradient } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { ellipse, group, line, path, rect } from "../svg.ts";

export const sleepingBag: Kind<"sleeping-bag"> = {
  heightCm: ({ form }) => (form === "roll" ? 16 : 210),
  poses: ["angle"],
  draw({ form, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    const angle = pose === "angle";
    if (form === "roll") return angle ? unrolledMat(w, hex, second) : rolledMat(w, h, hex, second);
    if (angle) return stuffSack(hex, second);
    const r = w / 2;
    const d = `M0 ${-h}C${r * 0.9} ${-h} ${r * 0.8} ${-h * 0.8} ${r} ${-h * 0.66}C${r * 1.02} ${-h * 0.4} ${r * 0.7} ${-h * 0.16} ${r * 0.6} -30Q${r * 0.5} 0 0 0Q${-r * 0.5} 0 ${-r * 0.6} -30C${-r * 0.7} ${-h * 0.16} ${-r * 1.02} ${-h * 0.4} ${-r} ${-h * 0.66}C${-r * 0.8} ${-h * 0.8} ${-r * 0.9} ${-h} 0 ${-h}Z`;
    const baffles = Array.from({ length: 9 }, (_, n) =>
      crease(
        [
          [-w, -h * (0.7 - n * 0.078)],
          [0, -h * (0.67 - n * 0.078)],
          [w, -h * (0.7 - n * 0.078)],
        ],
        hex,
        14,
      ),
    );
    const hood = `M0 ${-h * 0.95}C${r * 0.56} ${-h * 0.95} ${r * 0.6} ${-h * 0.78} 0 ${-h * 0.76}C${-r * 0.6} ${-h * 0.78} ${-r * 0.56} ${-h * 0.95} 0 ${-h * 0.95}Z`;
    return {
      stance: "lies",
      focus: [0, -h * 0.74],
      art: group([
        cloth(d, { hex, weave: "plain", accent: second, scale: 0.6 }, baffles),
        path(hood, {
          fill: linearGradient(
            [
              [0, shade(second, 0.34)],
              [1, second],
            ],
            80,
          ),
        }),
        path(hood, { stroke: shade(hex, 0.3), width: 9 }),
        line(
          `M${r * 0.16} ${-h * 0.76}C${r * 0.6} ${-h * 0.6} ${r * 0.6} ${-h * 0.36} ${r * 0.44} ${-h * 0.1}`,
          second,
          9,
        ),
        rect(-r * 0.34, -h * 0.14, r * 0.34, 30, 4, { fill: second }),
      ]),
    };
  },
};

const stuffSack = (hex: string, second: string): Piece => ({
  stance: "stands",
  feet: [[0, 0, 190]],
  art: group([
    cloth(
      "M-190 -40C-220 -180 -210 -320 -160 -400Q-80 -440 0 -436Q80 -440 160 -400C210 -320 220 -180 190 -40Q180 0 130 0L-130 0Q-180 0 -190 -40Z",
      { hex, weave: "plain", accent: second, scale: 0.6 },
      [
        crease(
          [
            [-120, -400],
            [-100, -300],
            [-130, -200],
          ],
          hex,
          18,
        ),
        crease(
          [
            [100, -400],
            [90, -280],
            [120, -180],
          ],
          hex,
          18,
        ),
        crease(
          [
            [0, -420],
            [-10, -350],
          ],
          hex,
          16,
        ),
      ],
    ),
    cloth("M-60 -428C-90 -500 -60 -520 0 -516C60 -520 90 -500 60 -428Z", {
      hex: shade(hex, 0.1),
      weave: "plain",
      accent: second,
    }),
    tube("M-70 -432C-30 -414 30 -414 70 -432", 14, second),
    tube("M50 -432C120 -470 150 -400 130 -360", 8, second),
    strap("M-206 -260L206 -260", 30, second),
    strap("M-206 -110L206 -110", 30, second),
    rect(-40, -280, 44, 40, 6, { fill: "#3a3836" }),
    rect(-40, -130, 44, 40, 6, { fill: "#3a3836" }),
  ]),
});

function rolledMat(w: number, h: number, hex: string, second: string): Piece {
  const r = h / 2;
  const x = -w / 2 + r * 0.55;
  const body = `M${x} ${-h}L${w / 2} ${-h}C${w / 2 + r * 0.5} ${-h} ${w / 2 + r * 0.5} 0 ${w / 2} 0L${x} 0Z`;
  const band = (k: number) =>
    group([
      rect(w * k, -h - 4, 34, h + 8, 8, {
        fill: linearGradient(
          [
            [0, tint(second, 0.3)],
            [0.4, second],
            [1, shade(second, 0.36)],
          ],
          90,
        ),
      }),
      rect(w * k - 6, -r - 30, 46, 50, 8, { fill: "#3a3836" }),
    ]);
  return {
    stance: "stands",
    feet: [[20, 0, w * 0.47]],
    art: group([
      path(body, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.12)],
            [0.25, tint(hex, 0.3)],
            [0.6, hex],
            [1, shade(hex, 0.36)],
          ],
          90,
        ),
      }),
      ...[0.16, 0.3, 0.44, 0.58, 0.72, 0.86].map((k) =>
        line(`M${x + 20} ${-h * k}L${w / 2 + 30} ${-h * k}`, alpha(shade(hex, 0.5), 0.18), 5),
      ),
      band(-0.12),
      band(0.26),
      ellipse(x, -r, r * 0.55, r, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.4)],
            [1, shade(hex, 0.04)],
          ],
          60,
        ),
        stroke: shade(hex, 0.2),
        width: 4,
      }),
      line(
        `M${x} ${-r}C${x + r * 0.16} ${-r * 1.3} ${x - r * 0.2} ${-r * 1.4} ${x - r * 0.2} ${-r}C${x - r * 0.2} ${-r * 0.5} ${x + r * 0.32} ${-r * 0.5} ${x + r * 0.32} ${-r}C${x + r * 0.32} ${-r * 1.75} ${x - r * 0.38} ${-r * 1.75} ${x - r * 0.38} ${-r}C${x - r * 0.38} ${-r * 0.3} ${x} ${-r * 0.16} ${x + r * 0.2} ${-r * 0.3}`,
        alpha(shade(hex, 0.5), 0.7),
        7,
      ),
    ]),
  };
}

const unrolledMat = (w: number, hex: string, second: string): Piece => {
  const d = polygon([
    [-w * 0.26, -w * 0.5],
    [w * 0.5, -w * 0.5],
    [w * 0.66, 0],
    [-w * 0.46, 0],
  ]);
  return {
    stance: "stands",
    feet: [[w * 0.08, -10, w * 0.58]],
    art: group([
      path(
        polygon([
          [-w * 0.46, -1],
          [w * 0.66, -1],
          [w * 0.66, 20],
          [-w * 0.46, 20],
        ]),
        { fill: shade(hex, 0.3) },
      ),
      cloth(d, { hex, weave: "waffle", accent: second, scale: 1.6 }),
      cloth(
        `M${-w * 0.31} ${-w * 0.56}L${w * 0.51} ${-w * 0.56}C${w * 0.58} ${-w * 0.56} ${w * 0.58} ${-w * 0.42} ${w * 0.51} ${-w * 0.42}L${-w * 0.31} ${-w * 0.42}C${-w * 0.4} ${-w * 0.42} ${-w * 0.4} ${-w * 0.56} ${-w * 0.31} ${-w * 0.56}Z`,
        { hex: tint(hex, 0.08), weave: "waffle", accent: second, scale: 1.6 },
      ),
      line(`M${-w * 0.41} ${-w * 0.08}L${w * 0.62} ${-w * 0.08}`, second, 10),
    ]),
  };
};
