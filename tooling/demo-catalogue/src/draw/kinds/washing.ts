import { panel, tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { linearGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, line, move, path, rect, turn } from "../svg.ts";
import { grainTexture } from "../textures.ts";

export const soap: Kind<"soap"> = {
  heightCm: ({ form }) => (form === "rope" ? 30 : 5),
  poses: ["pile"],
  draw({ form, count, width: w, height: h }, { hex, pose }) {
    const bar = (tone: string, k = 1): Art =>
      group([
        rect((-w / 2) * k, -h, w * k, h, 44, {
          fill: linearGradient(
            [
              [0, tint(tone, 0.4)],
              [0.4, tone],
              [1, shade(tone, 0.18)],
            ],
            60,
          ),
        }),
        path(
          `M${(-w / 2) * k + 50} ${-h - h * 0.3}L${(w / 2) * k - 50} ${-h - h * 0.3}Q${(w / 2) * k - 4} ${-h} ${(w / 2) * k - 12} ${-h + 18}L${(-w / 2) * k + 12} ${-h + 18}Q${(-w / 2) * k + 4} ${-h} ${(-w / 2) * k + 50} ${-h - h * 0.3}Z`,
          {
            fill: linearGradient(
              [
                [0, tint(tone, 0.6)],
                [1, tint(tone, 0.2)],
              ],
              70,
            ),
          },
        ),
        rect(-w * 0.2 * k, -h * 0.66, w * 0.4 * k, h * 0.34, 10, { stroke: alpha(shade(tone, 0.4), 0.4), width: 5 }),
      ]);
    if (form === "rope") return ropeSoap(w, h, hex);
    const single = (tone: string): Art =>
      form === "round" ? group([ellipse(0, -h / 2, w / 2, h / 2, { fill: roundLight(tone) })]) : bar(tone);
    if (count === 1) return { art: single(hex), stance: "stands" };
    const tones = [hex, "#e8bfb0", "#a9b797"];
    if (pose === "pile")
      return {
        stance: "stands",
        feet: [[0, 0, w * 0.46]],
        art: group(
          tones
            .slice(0, count)
            .map((tone, n) =>
              move(
                turn(single(tone), [1, -2, 2][n] ?? 0),
                [-14, 20, -6][n] ?? 0,
                -n * h * (form === "round" ? 0.72 : 1.1),
              ),
            ),
        ),
      };
    return {
      stance: "stands",
      feet: [
        [-w * 0.56, 0, w * 0.42],
        [w * 0.56, 12, w * 0.42],
      ],
      art: group([
        move(single(tones[0] ?? hex), -w * 0.56, 0),
        count > 1 && move(single(tones[1] ?? hex), w * 0.56, 12),
        count > 2 && move(turn(single(tones[2] ?? hex), -3), 0, -h * 1.02),
      ]),
    };
  },
};

function ropeSoap(w: number, h: number, hex: string): Piece {
  const block = roundedBox(-w / 2, -h * 0.52, w, h * 0.52, [70, 70, 80, 80]);
  return {
    stance: "hangs",
    focus: [0, -h * 0.4],
    art: group([
      tube(`M-14 ${-h * 0.44}C-90 ${-h * 1.04} 90 ${-h * 1.04} 14 ${-h * 0.44}`, 22, "#d8c8a8"),
      line(`M-14 ${-h * 0.44}C-90 ${-h * 1.04} 90 ${-h * 1.04} 14 ${-h * 0.44}`, "#a8946c", 20, {
        dash: "4 12",
        cap: "butt",
      }),
      path(block, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.4)],
            [0.5, hex],
            [1, shade(hex, 0.22)],
          ],
          50,
        ),
      }),
      path(block, { stroke: alpha(tint(hex, 0.7), 0.5), width: 4 }),
      ellipse(0, -h * 0.465, 30, 12, { fill: shade(hex, 0.5) }),
      line(
        `M${-w * 0.26} ${-h * 0.28}L${w * 0.26} ${-h * 0.28}M${-w * 0.18} ${-h * 0.21}L${w * 0.18} ${-h * 0.21}`,
        alpha(shade(hex, 0.4), 0.5),
        9,
      ),
      line(
        `M${-w * 0.38} ${-h * 0.42}C${-w * 0.42} ${-h * 0.3} ${-w * 0.42} ${-h * 0.2} ${-w * 0.38} ${-h * 0.1}`,
        alpha("#ffffff", 0.4),
        12,
      ),
    ]),
  };
}

const bristles = (x: number, y: number, w: number, h: number, hex: string): Art =>
  group([
    rect(x, y, w, h, 8, {
      fill: linearGradient(
        [
          [0, shade(hex, 0.2)],
          [0.5, hex],
          [1, tint(hex, 0.3)],
        ],
        90,
      ),
    }),
    ...Array.from({ length: Math.round(w / 9) }, (_, n) =>
      line(
        `M${x + 5 + n * 9} ${y + 4}L${x + 3 + n * 9 + (n % 3) * 2} ${y + h - (n % 2) * 5}`,
        n % 2 ? alpha(shade(hex, 0.5), 0.45) : alpha("#ffffff", 0.4),
        3,
      ),
    ),
  ]);

export const brush: Kind<"brush"> = {
  heightCm: ({ form }) => (form === "nail" ? 5 : 40),
  poses: [],
  draw({ form, width: w, height: h, accent }, { hex }) {
    const hair = hexOf(accent);
    if (form === "nail")
      return {
        stance: "stands",
        feet: [[0, 0, w * 0.44]],
        focus: [-w * 0.2, -h * 0.4],
        art: group([
          bristles(-w * 0.44, -h * 0.5, w * 0.88, h * 0.5, hair),
          panel(-w / 2, -h * 0.78, w, h * 0.34, 30, hex, "wood"),
          bristles(-w * 0.3, -h, w * 0.6, h * 0.24, hair),
          rect(-w * 0.46, -h * 0.74, w * 0.92, 8, 4, { fill: alpha("#ffffff", 0.3) }),
        ]),
      };
    const head = form === "body" ? [w * 0.5, h * 0.17] : [w * 0.4, w * 0.4];
    const [rx = 0, ry = 0] = head;
    const cy = -h / 2 + ry;
    const tufts = Array.from({ length: 38 }, (_, n) => {
      const reach = Math.sqrt((n + 0.5) / 38) * 0.84;
      const a = n * 2.4;
      return group([
        circle(Math.cos(a) * rx * reach, cy + Math.sin(a) * ry * reach, 11, { fill: shade(hair, 0.3) }),
        circle(Math.cos(a) * rx * reach - 2, cy + Math.sin(a) * ry * reach - 3, 9, { fill: tint(hair, 0.2) }),
      ]);
    });
    const shape = `M${-rx} ${cy}C${-rx} ${cy - ry * 1.33} ${rx} ${cy - ry * 1.33} ${rx} ${cy}C${rx} ${cy + ry * 0.8} ${w * 0.2} ${cy + ry} ${w * 0.14} ${cy + ry * 1.6}L${w * 0.17} ${h * 0.44}Q0 ${h * 0.52} ${-w * 0.17} ${h * 0.44}L${-w * 0.14} ${cy + ry * 1.6}C${-w * 0.2} ${cy + ry} ${-rx} ${cy + ry * 0.8} ${-rx} ${cy}Z`;
    return {
      stance: "lies",
      focus: [h * 0.16, -h * 0.22],
      art: turn(
        group([
          path(shape, {
            fill: linearGradient([
              [0, tint(hex, 0.3)],
              [0.4, hex],
              [1, shade(hex, 0.24)],
            ]),
          }),
          path(shape, { fill: grainTexture(hex, "brush", 90) }),
          ellipse(0, cy, rx * 0.92, ry * 0.92, { fill: shade(hex, 0.14) }),
          ...tufts,
          circle(0, h * 0.42, 10, { fill: alpha("#3a2c20", 0.6) }),
          tube(`M0 ${h * 0.42}C-50 ${h * 0.54} 50 ${h * 0.56} 8 ${h * 0.43}`, 7, "#8a5a3a"),
        ]),
        34,
      ),
    };
  },
};
