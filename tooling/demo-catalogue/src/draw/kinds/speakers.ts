import { frontBox, panel, tube } from "../blocks.ts";
import { hexOf, mix, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { ballLight, linearGradient, metalLight, radialGradient, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { type Art, circle, ellipse, group, line, path, rect } from "../svg.ts";
import { weaveTexture } from "../textures.ts";
import { ring, turned, turnedOutline } from "../turned.ts";
import { WOODS } from "./wood-tones.ts";

const cone = (x: number, y: number, r: number): Art =>
  group([
    circle(x, y, r, {
      fill: linearGradient(
        [
          [0, "#6d6b69"],
          [1, "#1f1e1e"],
        ],
        60,
      ),
    }),
    circle(x, y, r * 0.9, {
      fill: radialGradient([
        [0, "#5b5a5b"],
        [0.5, "#3a393a"],
        [0.8, "#262526"],
        [1, "#454344"],
      ]),
    }),
    circle(x, y, r * 0.34, { fill: ballLight("#58585a") }),
  ]);

export const speaker: Kind<"speaker"> = {
  heightCm: ({ form }) => ({ box: 28, cylinder: 18, radio: 16 })[form],
  poses: ["angle"],
  draw({ form, drivers, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    const r = w / 2;
    if (form === "cylinder") {
      const profile = [
        [r * 0.92, -h],
        [r, -h * 0.95],
        [r, -h * 0.05],
        [r * 0.92, 0],
      ] as const;
      return {
        stance: "stands",
        feet: [[0, 0, r * 0.94]],
        focus: [0, -h * 0.8],
        art: group([
          turned(profile, { hex, surface: "matte" }),
          path(turnedOutline(profile), { fill: weaveTexture("herringbone", hex, hex, 0.5) }),
          ring(profile, -h * 0.12, -h * 0.04, roundLight(shade(hex, 0.3))),
          ellipse(0, -h + 4, r * 0.9, r * 0.12, {
            fill: linearGradient(
              [
                [0, tint(hex, 0.3)],
                [1, shade(hex, 0.16)],
              ],
              20,
            ),
          }),
          ellipse(0, -h + 4, r * 0.52, r * 0.06, { stroke: second, width: 5 }),
          tube(
            `M${r * 0.94} ${-h * 0.84}C${r * 1.5} ${-h * 0.78} ${r * 1.4} ${-h * 0.5} ${r * 0.97} ${-h * 0.56}`,
            18,
            second,
          ),
          rect(-r * 0.2, -h * 0.5, r * 0.4, r * 0.14, 6, { fill: second }),
        ]),
      };
    }
    const wood = WOODS.has(hex);
    if (form === "box")
      return {
        stance: "stands",
        feet: [[0, 0, r * 0.96]],
        focus: [0, -h * 0.34],
        art: group([
          frontBox(-r, -h, w, h, 34, hex, wood ? "wood" : "paint"),
          rect(-r + 26, -h + 26, w - 52, h - 52, 10, {
            fill: linearGradient(
              [
                [0, tint(second, 0.16)],
                [1, shade(second, 0.2)],
              ],
              60,
            ),
          }),
          drivers === 2 && cone(0, -h * 0.75, r * 0.36),
          cone(0, -h * 0.35, r * 0.66),
          circle(r * 0.68, -h * 0.1, 11, { fill: "#c9a35a" }),
        ]),
      };
    const side = pose === "angle" ? 110 : 0;
    return {
      stance: "stands",
      feet: [[side * 0.4, 0, r * 0.94 + side * 0.4]],
      art: group([
        tube(
          `M${-r * 0.7 + side * 0.5} ${-h * 0.9}C${-r * 0.6 + side * 0.5} ${-h * 1.2} ${r * 0.6 + side * 0.5} ${-h * 1.2} ${r * 0.7 + side * 0.5} ${-h * 0.9}`,
          20,
          "#94532f",
        ),
        line(`M${r * 0.74} ${-h * 0.9}L${r * 0.98} ${-h * 1.5}`, "#b4b8ba", 7),
        side > 0 && path(roundedBox(-r + 20, -h - 14, w + side - 20, h, [50, 60, 60, 50]), { fill: shade(hex, 0.3) }),
        side > 0 && ellipse(r + side * 0.55, -h * 0.5, 24, 40, { fill: metalLight(second) }),
        panel(-r, -h, w, h, 56, hex, wood ? "wood" : "paint"),
        circle(-r * 0.48, -h * 0.5, h * 0.34, {
          fill: linearGradient(
            [
              [0, shade(hex, 0.3)],
              [1, tint(hex, 0.2)],
            ],
            50,
          ),
        }),
        circle(-r * 0.48, -h * 0.5, h * 0.31, { fill: mix(second, "#f4ead6", 0.5) }),
        circle(-r * 0.48, -h * 0.5, h * 0.31, { fill: weaveTexture("plain", "#bbbbbb", "#bbbbbb", 1.3) }),
        rect(r * 0.1, -h * 0.8, r * 0.74, h * 0.28, 16, {
          fill: linearGradient(
            [
              [0, "#fff8e6"],
              [1, "#e8d8b2"],
            ],
            60,
          ),
        }),
        ...Array.from({ length: 9 }, (_, n) =>
          line(
            `M${r * 0.18 + n * r * 0.072} ${-h * 0.74}L${r * 0.18 + n * r * 0.072} ${-h * (n % 2 ? 0.68 : 0.65)}`,
            "#6b5a3a",
            4,
          ),
        ),
        line(`M${r * 0.52} ${-h * 0.77}L${r * 0.52} ${-h * 0.56}`, "#d2503f", 6),
        ...[0.26, 0.66].map((k) =>
          group([
            circle(r * k, -h * 0.27, h * 0.11, { fill: metalLight(second) }),
            line(`M${r * k} ${-h * 0.36}L${r * k} ${-h * 0.29}`, shade(second, 0.5), 6),
          ]),
        ),
        ...[-0.7, 0.7].map((k) => rect(r * k - 28, -8, 56, 16, 6, { fill: "#4a443d" })),
      ]),
    };
  },
};
