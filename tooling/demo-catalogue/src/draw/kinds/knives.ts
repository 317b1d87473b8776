import { tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { linearGradient, metalLight, metalPlane, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { circle, clip, ellipse, group, line, move, path, rect, turn } from "../svg.ts";
import { grainTexture } from "../textures.ts";

const NATURAL = new Set((["oak", "ash", "beech", "walnut", "chestnut", "cocoa"] as const).map(hexOf));

export const knife: Kind<"knife"> = {
  heightCm: () => 4,
  poses: [],
  draw({ blade, width: w, height: h, accent }, { hex }) {
    const small = blade === "paring";
    const handleHex = small ? hex : hexOf(accent);
    const steel = small ? hexOf(accent) : hex;
    const split = small ? -w * 0.02 : -w * 0.14;
    const heel = split + 6;
    const k = h * (small ? 1.15 : 1);
    const tip = w / 2;
    const blades: Record<typeof blade, string> = {
      chef: `M${heel} ${-k * 0.5}L${w * 0.16} ${-k * 0.5}C${w * 0.34} ${-k * 0.48} ${w * 0.46} ${-k * 0.2} ${tip} ${k * 0.16}C${w * 0.36} ${k * 0.42} ${w * 0.1} ${k * 0.5} ${heel} ${k * 0.5}Z`,
      santoku: `M${heel} ${-k * 0.5}L${w * 0.34} ${-k * 0.5}Q${tip} ${-k * 0.4} ${tip} ${k * 0.4}L${heel} ${k * 0.5}Z`,
      paring: `M${heel} ${-k * 0.36}L${w * 0.3} ${-k * 0.34}C${w * 0.42} ${-k * 0.26} ${w * 0.47} ${-k * 0.1} ${tip} ${k * 0.2}C${w * 0.4} ${k * 0.34} ${w * 0.2} ${k * 0.4} ${heel} ${k * 0.4}Z`,
      bread: `M${heel} ${-k * 0.5}L${w * 0.46} ${-k * 0.5}Q${tip} ${-k * 0.5} ${tip} ${k * 0.1}L${w * 0.47} ${k * 0.5}${Array.from({ length: 15 }, (_, n) => `Q${w * 0.47 - (n + 0.5) * ((w * 0.59) / 15)} ${k * 0.24} ${w * 0.47 - (n + 1) * ((w * 0.59) / 15)} ${k * 0.5}`).join("")}L${heel} ${k * 0.5}Z`,
    };
    const gh = small ? k * 0.62 : Math.max(56, k * 0.52);
    const top = -k * 0.46;
    const grip = `M${heel} ${top}L${-w * 0.42} ${top - 2}Q${-w * 0.5} ${top} ${-w * 0.5} ${top + gh * 0.6}Q${-w * 0.49} ${top + gh * 1.1} ${-w * 0.44} ${top + gh * 1.04}Q${-w * 0.3} ${top + gh * 0.84} ${heel} ${top + gh}Z`;
    const art = group([
      path(blades[blade], { fill: metalPlane(steel, 70) }),
      path(blades[blade], { stroke: alpha("#5a6064", 0.4), width: 2 }),
      line(
        `M${heel + 20} ${k * (small ? 0.3 : 0.34)}C${w * 0.1} ${k * 0.34} ${w * 0.3} ${k * 0.3} ${w * 0.44} ${k * 0.16}`,
        alpha("#ffffff", 0.75),
        5,
      ),
      path(grip, {
        fill: linearGradient(
          [
            [0, tint(handleHex, 0.34)],
            [0.45, handleHex],
            [1, shade(handleHex, 0.34)],
          ],
          90,
        ),
      }),
      NATURAL.has(handleHex) && path(grip, { fill: grainTexture(handleHex, "grip") }),
      rect(heel - 12, top - 2, 24, gh + 4, 4, { fill: metalLight(shade(steel, 0.08)) }),
      ...[-0.24, -0.33, -0.42].map((x) =>
        circle(small ? w * x * 0.86 - 20 : w * x, top + gh * 0.5, small ? 6 : 9, { fill: "#d9c79a" }),
      ),
    ]);
    return { art: turn(art, -36), stance: "lies", focus: [-w * 0.08, w * 0.06] };
  },
};

export const board: Kind<"board"> = {
  heightCm: ({ shape }) => (shape === "paddle" ? 46 : 30),
  poses: ["above"],
  draw({ shape, wood, width: w, height: h }, { hex, pose }) {
    const [x, y] = [-w / 2, -h / 2];
    if (shape === "paddle") {
      const d = `${roundedBox(x, y + h * 0.3, w, h * 0.7, [90, 90, 70, 70])}M${-w * 0.13} ${y + h * 0.34}L${-w * 0.1} ${y + 40}Q${-w * 0.1} ${y} 0 ${y}Q${w * 0.1} ${y} ${w * 0.1} ${y + 40}L${w * 0.13} ${y + h * 0.34}Z`;
      const bread = group([
        ellipse(-w * 0.04, h * 0.2, w * 0.3, w * 0.22, {
          fill: linearGradient(
            [
              [0, "#e2a860"],
              [1, "#9a5b27"],
            ],
            60,
          ),
        }),
        ...[-0.14, -0.02, 0.1].map((k) => line(`M${w * k - 30} ${h * 0.25}L${w * k + 16} ${h * 0.14}`, "#f4dcb2", 13)),
      ]);
      return {
        stance: "lies",
        focus: [0, -h * 0.1],
        art: turn(
          group([
            path(d, {
              fill: linearGradient(
                [
                  [0, tint(hex, 0.3)],
                  [0.5, hex],
                  [1, shade(hex, 0.14)],
                ],
                40,
              ),
            }),
            path(d, { fill: grainTexture(hex, "paddle", 90) }),
            circle(0, y + 46, 16, { fill: alpha("#3a2c20", 0.55) }),
            tube(`M0 ${y + 40}C-40 ${y - 70} 50 ${y - 70} 6 ${y + 34}`, 8, "#7a5236"),
            bread,
          ]),
          14,
        ),
      };
    }
    const lay = pose === "above";
    const planks =
      wood === "end-grain"
        ? Array.from({ length: 7 }, (_, r) =>
            Array.from({ length: 11 }, (_, c) => {
              const tone =
                [hex, tint(hex, 0.22), shade(hex, 0.16), mix(hex, "#c99d67", 0.45)][(r * 5 + c * 3) % 4] ?? hex;
              const [bw, bh] = [w / 10, h / 7];
              return group([
                rect(x + (c - (r % 2) * 0.5) * bw, y + r * bh, bw - 2, bh - 2, 3, {
                  fill: linearGradient(
                    [
                      [0, tint(tone, 0.12)],
                      [1, tone],
                    ],
                    50,
                  ),
                }),
                ellipse(x + (c - (r % 2) * 0.5 + 0.4) * bw, y + (r + 0.8) * bh, bw * 0.5, bh * 0.4, {
                  stroke: alpha(shade(tone, 0.5), 0.25),
                  width: 3,
                }),
                ellipse(x + (c - (r % 2) * 0.5 + 0.4) * bw, y + (r + 0.8) * bh, bw * 0.3, bh * 0.22, {
                  stroke: alpha(shade(tone, 0.5), 0.25),
                  width: 3,
                }),
              ]);
            }),
          ).flat()
        : [rect(x, y, w, h, 0, { fill: grainTexture(hex, "board") })];
    const shape_ = shape === "round" ? ellipse(0, 0, w / 2, w / 2, { fill: hex }) : rect(x, y, w, h, 26, { fill: hex });
    const groove =
      wood === "groove" && shape === "round"
        ? circle(0, 0, w / 2 - 34, { stroke: alpha(shade(hex, 0.4), 0.5), width: 10 })
        : wood === "groove" &&
          rect(x + 34, y + 34, w - 68, h - 68, 20, { stroke: alpha(shade(hex, 0.4), 0.5), width: 10 });
    const food =
      lay &&
      group([
        turn(rect(-w * 0.3, -h * 0.1, w * 0.24, 46, 20, { fill: roundLight("#e08a35") }), 24, -w * 0.2, 0),
        ...[0, 1, 2, 3].map((n) =>
          circle(w * (0.02 + n * 0.075), h * 0.2 - n * 12, 30, {
            fill: roundLight("#e9974a"),
            stroke: "#d27a2c",
            width: 5,
          }),
        ),
        ellipse(w * 0.22, -h * 0.2, 62, 62, { fill: roundLight("#d2503f") }),
        circle(w * 0.22, -h * 0.2, 12, { fill: "#4f6a3a" }),
        path(
          `M${-w * 0.34} ${-h * 0.02}C${-w * 0.46} ${-h * 0.16} ${-w * 0.38} ${-h * 0.24} ${-w * 0.3} ${-h * 0.06}Z`,
          { fill: "#6f8f45" },
        ),
      ]);
    const art = group([
      move({ ...shape_, attributes: { ...shape_.attributes, fill: shade(hex, 0.42) } }, 0, 14),
      clip(shape_, [shape_, ...planks]),
      shape === "rectangle" && rect(x + 2, y + 2, w - 4, h - 4, 24, { stroke: alpha(tint(hex, 0.5), 0.4), width: 4 }),
      groove,
      food,
    ]);
    return { art: turn(art, lay ? 12 : -8), stance: "lies", focus: [-w * 0.1, -h * 0.1] };
  },
};
