import type { Drawing } from "../../drawing-kinds.ts";
import { tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { glow, linearGradient, radialGradient, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { type Art, circle, group, line, move, path, rect } from "../svg.ts";
import { disc, turned, turnedOutline } from "../turned.ts";
import { WARM } from "./lamplight.ts";

function lanternBody({ body, width: w, height: h, accent }: Drawing<"lantern">, hex: string, lit: boolean): Art {
  const dark = hexOf(accent);
  const r = w / 2;
  const pane = lit
    ? radialGradient(
        [
          [0, "#fffbe6"],
          [0.5, WARM],
          [1, alpha("#f0a848", 0.8)],
        ],
        0.5,
        0.6,
        0.7,
      )
    : linearGradient([
        [0, "#f7efdd"],
        [0.4, "#fffdf6"],
        [1, "#ddd2bd"],
      ]);
  if (body === "frame") {
    return group([
      rect(-r * 0.86, -h * 0.82, w * 0.86, h * 0.76, 4, { fill: pane }),
      move(candleFlame(44, lit), 0, -h * 0.06),
      ...[-0.92, -0.06, 0.8].map((x) => rect(r * x, -h * 0.84, 13, h * 0.8, 3, { fill: roundLight(hex) })),
      path(`M${-r} ${-h * 0.82}L${-r * 0.4} ${-h}L${r * 0.4} ${-h}L${r} ${-h * 0.82}Z`, { fill: roundLight(hex) }),
      rect(-r, -h * 0.06, w, h * 0.06, 4, { fill: roundLight(hex) }),
    ]);
  }
  const waist = body === "storm" ? 1.12 : 0.92;
  return group([
    turned(
      [
        [r * 0.9, -h * 0.26, "corner"],
        [r, -h * 0.2],
        [r, -h * 0.04],
        [r * 0.88, 0],
      ],
      { hex, surface: "glazed" },
    ),
    path(
      turnedOutline([
        [r * 0.72, -h * 0.82],
        [r * waist * 0.86, -h * 0.6],
        [r * waist * 0.86, -h * 0.42],
        [r * 0.82, -h * 0.26],
      ]),
      { fill: pane, stroke: alpha("#8a7a60", 0.5), width: 3 },
    ),
    line(
      `M${-r * 0.5} ${-h * 0.74}C${-r * 0.62} ${-h * 0.6} ${-r * 0.62} ${-h * 0.45} ${-r * 0.54} ${-h * 0.34}`,
      alpha("#ffffff", 0.8),
      9,
    ),
    ...[-0.84, 0.8].map((x) => rect(r * x - 5, -h * 0.84, 12, h * 0.62, 4, { fill: dark })),
    turned(
      [
        [r * 0.4, -h],
        [r * 0.74, -h * 0.94],
        [r * 0.92, -h * 0.84],
        [r * 0.92, -h * 0.8],
      ],
      { hex, surface: "glazed" },
    ),
    circle(0, -h * 0.12, r * 0.16, { fill: dark }),
  ]);
}

function candleFlame(height: number, lit: boolean): Art {
  return group([
    rect(-26, -height - 60, 52, height + 60, 5, { fill: roundLight("#f4ead2") }),
    lit && flameAt(0, -height - 64, 1),
  ]);
}

/** A candle's flame, its wick at (x, y). */
export const flameAt = (x: number, y: number, k: number): Art =>
  group([
    glow(x, y - 26 * k, 190 * k, 0.75),
    path(
      `M${x} ${y - 72 * k}C${x + 26 * k} ${y - 34 * k} ${x + 20 * k} ${y + 2 * k} ${x} ${y + 2 * k}C${x - 20 * k} ${y + 2 * k} ${x - 26 * k} ${y - 34 * k} ${x} ${y - 72 * k}Z`,
      {
        fill: linearGradient(
          [
            [0, "#ffb347"],
            [0.6, "#ffe9a8"],
            [1, "#fff9e0"],
          ],
          90,
        ),
      },
    ),
  ]);

export const lantern: Kind<"lantern"> = {
  heightCm: ({ height }) => height / 24,
  poses: ["lit"],
  draw(drawing, { hex, pose }) {
    const { width: w, height: h, accent } = drawing;
    const lit = pose === "lit";
    const handle = tube(
      `M${-w * 0.42} ${-h * 0.84}C${-w * 0.5} ${-h * 1.28} ${w * 0.5} ${-h * 1.28} ${w * 0.42} ${-h * 0.84}`,
      13,
      hexOf(accent),
    );
    return {
      art: group([handle, lit && glow(0, -h * 0.5, w * 1.6, 0.85), lanternBody(drawing, hex, lit)]),
      stance: "stands",
      feet: [[0, 0, w * 0.46]],
      lights: [[0, -h * 0.5]],
    };
  },
};

const nightMoon = (w: number, h: number, tone: string, lit: boolean, base: string): Art => {
  const r = Math.min(w, h * 0.86) / 2;
  const cy = -h * 0.1 - r + 6;
  return group([
    disc(r * 0.62, -h * 0.1, h * 0.1, { hex: base, surface: "wood" }),
    circle(0, cy, r, {
      fill: radialGradient(
        [
          [0, lit ? "#fffdf0" : tint(tone, 0.5)],
          [0.6, tone],
          [1, shade(tone, lit ? 0.1 : 0.22)],
        ],
        0.4,
        0.36,
        0.7,
      ),
    }),
    ...[
      [-0.3, -0.2, 0.2],
      [0.28, 0.12, 0.26],
      [-0.1, 0.45, 0.15],
      [0.3, -0.45, 0.12],
      [-0.55, 0.2, 0.1],
    ].map(([x = 0, y = 0, k = 0]) =>
      group([
        circle(r * x, cy + r * y, r * k, { fill: alpha(shade(tone, 0.35), 0.26) }),
        circle(r * x + 4, cy + r * y + 4, r * k * 0.86, { fill: alpha(tone, 0.6) }),
      ]),
    ),
    circle(-r * 0.2, cy + r * 0.02, 7, { fill: "#5a4632" }),
    circle(r * 0.2, cy + r * 0.02, 7, { fill: "#5a4632" }),
    line(
      `M${-r * 0.1} ${cy + r * 0.16}C${-r * 0.05} ${cy + r * 0.24} ${r * 0.05} ${cy + r * 0.24} ${r * 0.1} ${cy + r * 0.16}`,
      "#5a4632",
      5,
    ),
  ]);
};

const nightHouse = (w: number, h: number, tone: string, lit: boolean, roof: string): Art => {
  const window = (x: number, y: number) =>
    group([
      rect(x, y, w * 0.22, h * 0.17, w * 0.11, {
        fill: lit
          ? radialGradient([
              [0, "#fffbe6"],
              [1, "#ffc868"],
            ])
          : shade(tone, 0.3),
      }),
      line(`M${x + w * 0.11} ${y}L${x + w * 0.11} ${y + h * 0.17}`, tone, 6, { cap: "butt" }),
    ]);
  return group([
    rect(w * 0.2, -h * 0.97, w * 0.13, h * 0.24, 4, { fill: roundLight(shade(roof, 0.1)) }),
    path(`M${-w / 2} 0L${-w / 2} ${-h * 0.6}L0 ${-h * 0.94}L${w / 2} ${-h * 0.6}L${w / 2} 0Z`, {
      fill: linearGradient(
        [
          [0, tint(tone, 0.3)],
          [0.5, tone],
          [1, shade(tone, 0.16)],
        ],
        20,
      ),
    }),
    line(`M${-w * 0.55} ${-h * 0.575}L0 ${-h * 0.965}L${w * 0.55} ${-h * 0.575}`, shade(roof, 0.2), 38),
    line(`M${-w * 0.55} ${-h * 0.585}L0 ${-h * 0.975}L${w * 0.55} ${-h * 0.585}`, roof, 28),
    window(-w * 0.33, -h * 0.53),
    window(w * 0.11, -h * 0.53),
    window(-w * 0.33, -h * 0.28),
    rect(w * 0.08, -h * 0.27, w * 0.26, h * 0.27, w * 0.13, { fill: roundLight(roof) }),
    circle(w * 0.28, -h * 0.12, 6, { fill: "#f5e4bd" }),
  ]);
};

export const nightLight: Kind<"night-light"> = {
  heightCm: ({ height }) => height / 28,
  poses: ["lit"],
  draw({ form, width: w, height: h, accent }, { hex, pose }) {
    const lit = pose === "lit";
    const tone = lit ? mix(hex, WARM, 0.45) : hex;
    const second = hexOf(accent);
    const cloud = group(
      [0.26, -0.02, -0.3]
        .map((x, index) =>
          circle(w * x, -h * ([0.4, 0.56, 0.36][index] ?? 0.4), w * ([0.24, 0.3, 0.22][index] ?? 0.24), {
            fill: radialGradient(
              [
                [0, tint(tone, 0.5)],
                [1, shade(tone, 0.1)],
              ],
              0.4,
              0.3,
              0.8,
            ),
          }),
        )
        .concat(
          rect(-w * 0.5, -h * 0.42, w, h * 0.42, h * 0.2, {
            fill: linearGradient(
              [
                [0, tint(tone, 0.25)],
                [1, shade(tone, 0.14)],
              ],
              90,
            ),
          }),
        ),
    );
    const body =
      form === "cloud"
        ? cloud
        : form === "moon"
          ? nightMoon(w, h, tone, lit, second)
          : nightHouse(w, h, tone, lit, second);
    return {
      art: group([lit && glow(0, -h * 0.55, w * 1.15, 0.8), body]),
      stance: "stands",
      feet: [[0, 0, form === "moon" ? w * 0.3 : w * 0.46]],
      lights: [[0, -h * 0.5]],
    };
  },
};
