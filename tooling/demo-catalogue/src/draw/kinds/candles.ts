import type { Drawing } from "../../drawing-kinds.ts";
import { tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { linearGradient } from "../light.ts";
import type { Kind } from "../piece.ts";
import { type Art, ellipse, group, line, move, path, rect } from "../svg.ts";
import { disc, glassMouth, type Profile, TILT, turned } from "../turned.ts";
import { flameAt } from "./lanterns.ts";

const wick = (y: number): Art => line(`M0 ${y}C2 ${y - 10} -2 ${y - 16} 3 ${y - 26}`, "#4a4038", 5);

function oneCandle(form: Drawing<"candle">["form"], w: number, h: number, hex: string, lit: boolean): Art {
  const r = w / 2;
  const top = (radius: number, y: number) =>
    ellipse(0, y, radius, radius * TILT, {
      fill: linearGradient(
        [
          [0, tint(hex, 0.5)],
          [1, lit ? tint(hex, 0.55) : shade(hex, 0.06)],
        ],
        30,
      ),
    });
  if (form === "jar" || form === "tealight") {
    const inner: Profile = [
      [r * 0.93, -h * 0.7, "corner"],
      [r * 0.93, -h * 0.08],
      [r * 0.84, -h * 0.03],
    ];
    return group([
      turned(inner, { hex, surface: "matte" }),
      top(r * 0.93, -h * 0.7),
      wick(-h * 0.7),
      lit && flameAt(0, -h * 0.7 - 24, 0.9),
      turned(
        [
          [r, -h, "corner"],
          [r, -h * 0.06],
          [r * 0.9, 0],
        ],
        { hex: "#dbe8e6", surface: "glass" },
      ),
      glassMouth(r, -h, "#dbe8e6"),
      form === "jar" && rect(-r * 0.5, -h * 0.5, r, h * 0.3, 4, { fill: "#faf6ec" }),
      form === "jar" &&
        line(
          `M${-r * 0.26} ${-h * 0.4}L${r * 0.26} ${-h * 0.4}M${-r * 0.16} ${-h * 0.31}L${r * 0.16} ${-h * 0.31}`,
          "#8d7a5c",
          5,
        ),
    ]);
  }
  const taper = form === "taper" ? 0.62 : 1;
  const profile: Profile =
    form === "taper"
      ? [
          [r * taper * 0.5, -h],
          [r * taper, -h * 0.95],
          [r, -h * 0.04],
          [r, 0],
        ]
      : [
          [r * 0.97, -h, "corner"],
          [r, -h * 0.5],
          [r, 0],
        ];
  return group([
    turned(profile, { hex, surface: "matte" }),
    top((profile[0]?.[0] ?? r) * 0.98, -h),
    wick(-h - 1),
    form === "pillar" &&
      lit &&
      path(
        `M${-r * 0.7} ${-h + 4}C${-r * 0.72} ${-h * 0.86} ${-r * 0.66} ${-h * 0.74} ${-r * 0.6} ${-h * 0.8}C${-r * 0.54} ${-h * 0.86} ${-r * 0.5} ${-h * 0.9} ${-r * 0.46} ${-h + 8}Z`,
        { fill: tint(hex, 0.3) },
      ),
    lit && flameAt(0, -h - 24, form === "taper" ? 0.8 : 1),
  ]);
}

export const candle: Kind<"candle"> = {
  heightCm: ({ form, height }) => (form === "taper" ? 28 : height / 32),
  poses: ["lit"],
  draw({ form, width: w, height: h, count }, { hex, pose }) {
    const lit = pose === "lit";
    const gap = form === "taper" ? w * 1.75 : w * (form === "pillar" ? 1.02 : 1.14);
    const heights = form === "pillar" ? [0.72, 1, 0.5, 0.85] : [1, 0.94, 1.04, 0.97];
    const places = Array.from({ length: count }, (_, index) => ({
      x: (index - (count - 1) / 2) * gap,
      y: index % 2 === 0 ? 8 : -14,
      index,
    }));
    const back = [...places].sort((a, b) => a.y - b.y);
    const pots =
      form === "taper" &&
      places.map(({ x, y }) => move(disc(w * 0.72, -26, 26, { hex: "#a7906a", surface: "wood" }), x, y));
    const candles = back.map(({ x, y, index }) =>
      move(oneCandle(form, w, h * (heights[index] ?? 1), hex, lit), x, y - (form === "taper" ? 20 : 0)),
    );
    return {
      art: group([...(pots || []), ...candles]),
      stance: "stands",
      feet: places.map(({ x, y }) => [x, y, form === "taper" ? w * 0.7 : w * 0.46] as const),
      lights: places.map(({ x, index }) => [x, -h * (heights[index] ?? 1) - 40] as const),
      focus: [0, -h * 0.7],
    };
  },
};

export const candlestick: Kind<"candlestick"> = {
  heightCm: () => 24,
  poses: ["lit"],
  draw({ arms, width: w, height: h, accent }, { hex, pose }) {
    const metal = { hex, surface: "metal" as const };
    const xs = arms === 1 ? [0] : [-w * 0.4, 0, w * 0.4];
    const wax = hexOf(accent);
    const cup = (x: number): Art => {
      const lift = x === 0 ? 0 : h * 0.12;
      return move(
        group([
          move(oneCandle("taper", 46, h * 0.86, wax, pose === "lit"), 0, -14),
          turned(
            [
              [40, -26, "corner"],
              [34, -6],
              [18, 22],
            ],
            metal,
          ),
          ellipse(0, -26, 40, 6, { stroke: alpha(tint(hex, 0.7), 0.9), width: 3 }),
        ]),
        x,
        -h + lift,
      );
    };
    return {
      art: group([
        disc(w * 0.5, -14, 14, metal),
        turned(
          [
            [12, -h + 10],
            [16, -h * 0.62],
            [26, -h * 0.56],
            [16, -h * 0.5],
            [14, -h * 0.16],
            [w * 0.2, -16],
          ],
          metal,
        ),
        arms === 3 &&
          tube(
            `M${-w * 0.4} ${-h * 0.84}C${-w * 0.4} ${-h * 0.5} ${w * 0.4} ${-h * 0.5} ${w * 0.4} ${-h * 0.84}`,
            15,
            hex,
          ),
        ...xs.map(cup),
      ]),
      stance: "stands",
      feet: [[0, 0, w * 0.48]],
      focus: [0, -h * 0.9],
      lights: xs.map((x) => [x, -h * 1.9] as const),
    };
  },
};
