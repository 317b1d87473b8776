import { alpha, shade, tint } from "./colour.ts";
import { linearGradient, radialGradient } from "./light.ts";
import type { Piece } from "./piece.ts";
import { type Art, circle, group, line } from "./svg.ts";
import { brushedTexture, speckleTexture } from "./textures.ts";
import type { Skin } from "./turned.ts";

type Filling = "bowl" | "coffee" | "water" | "plate" | "stew" | "pan" | "salt";

const FILLINGS: Record<Filling, (r: number, skin: Skin) => Art[]> = {
  bowl: (r, { hex }) => [
    hollow(r * 0.93, hex),
    circle(r * 0.04, r * 0.05, r * 0.46, { fill: shade(hex, 0.08), opacity: 0.6 }),
  ],
  coffee: (r, { hex }) => [hollow(r * 0.9, hex), liquid(r * 0.84, "#6b452c"), foam(r * 0.8)],
  water: (r, { hex }) => [
    circle(0, 0, r * 0.92, { fill: alpha(shade(hex, 0.2), 0.4) }),
    circle(0, 0, r * 0.8, { fill: alpha("#b9d6d8", 0.7), stroke: alpha("#ffffff", 0.8), width: 3 }),
  ],
  plate: (r, { hex }) => [
    circle(0, 0, r * 0.72, {
      fill: linearGradient(
        [
          [0, shade(hex, 0.22)],
          [1, tint(hex, 0.5)],
        ],
        50,
      ),
    }),
    circle(0, 0, r * 0.7, {
      fill: linearGradient(
        [
          [0, shade(hex, 0.03)],
          [1, tint(hex, 0.2)],
        ],
        50,
      ),
    }),
  ],
  stew: (r, { hex }) => [hollow(r * 0.93, tint(hex, 0.1)), liquid(r * 0.82, "#b9682f"), ...vegetables(r * 0.7)],
  pan: (r, { hex }) => [
    hollow(r * 0.95, hex),
    circle(0, r * 0.02, r * 0.74, {
      fill: radialGradient(
        [
          [0, tint(hex, 0.3)],
          [0.6, hex],
          [1, shade(hex, 0.2)],
        ],
        0.4,
        0.36,
        0.7,
      ),
    }),
  ],
  salt: (r, { hex }) => [
    hollow(r * 0.9, hex),
    circle(0, 0, r * 0.8, { fill: "#f4f1ea" }),
    circle(0, 0, r * 0.8, { fill: speckleTexture("#f4f1ea"), opacity: 0.5 }),
  ],
};

const hollow = (r: number, hex: string): Art =>
  circle(0, 0, r, {
    fill: linearGradient(
      [
        [0, shade(hex, 0.42)],
        [0.45, shade(hex, 0.16)],
        [1, tint(hex, 0.3)],
      ],
      52,
    ),
  });

const liquid = (r: number, hex: string): Art =>
  circle(0, 0, r, {
    fill: radialGradient(
      [
        [0, tint(hex, 0.25)],
        [0.7, hex],
        [1, shade(hex, 0.3)],
      ],
      0.6,
      0.65,
      0.7,
    ),
  });

const foam = (r: number): Art =>
  group(
    [0.2, 0.32, 0.44, 0.56].map((k, index) =>
      line(
        `M${-r * k} ${r * 0.1}C${-r * k} ${-r * k * 1.2} ${r * k} ${-r * k * 1.2} ${r * k} ${r * 0.1}C${r * k * 0.7} ${r * k * 1.1} ${-r * k * 0.7} ${r * k * 1.1} ${-r * k} ${r * 0.1}`,
        alpha("#e8cfa8", 0.75 - index * 0.12),
        r * 0.05,
      ),
    ),
  );

const vegetables = (r: number): Art[] =>
  Array.from({ length: 16 }, (_, index) => {
    const angle = index * 2.4;
    const reach = r * Math.sqrt((index + 0.5) / 16) * 0.95;
    const tone = ["#e08a35", "#7f9a3e", "#d2503f", "#f0d9a0"][index % 4] as string;
    return group([
      circle(Math.cos(angle) * reach + 3, Math.sin(angle) * reach + 4, r * 0.12, { fill: alpha("#5a2a10", 0.4) }),
      circle(Math.cos(angle) * reach, Math.sin(angle) * reach, r * 0.115, {
        fill: radialGradient(
          [
            [0, tint(tone, 0.4)],
            [1, tone],
          ],
          0.35,
          0.3,
          0.8,
        ),
      }),
    ]);
  });

/** A round vessel seen straight from above, with what is in it. */
export function planOf(r: number, skin: Skin, filling: Filling, extras: readonly Art[] = []): Piece {
  const { hex, surface, accent } = skin;
  const rim =
    surface === "glass"
      ? circle(0, 0, r, { fill: alpha(hex, 0.5), stroke: alpha(shade(hex, 0.4), 0.6), width: 4 })
      : circle(0, 0, r, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.45)],
              [0.5, hex],
              [1, shade(hex, 0.18)],
            ],
            50,
          ),
        });
  return {
    stance: "lies",
    art: group([
      ...extras,
      rim,
      surface === "banded" && circle(0, 0, r * 0.95, { stroke: accent ?? hex, width: r * 0.03 }),
      ...FILLINGS[filling](r, skin),
      surface === "speckled" && circle(0, 0, r, { fill: speckleTexture(hex) }),
      surface === "metal" && circle(0, 0, r, { fill: brushedTexture(30), opacity: 0.6 }),
    ]),
  };
}
