import { cloth, fringe } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { polygon } from "../curves.ts";
import { linearGradient } from "../light.ts";
import type { Kind } from "../piece.ts";
import { type Art, ellipse, group, line, path } from "../svg.ts";
import { grainTexture, weaveTexture } from "../textures.ts";

const slats = (hex: string, w: number, d: (x1: number, x2: number) => string): Art =>
  group(
    Array.from({ length: 9 }, (_, n) => {
      const x1 = -w / 2 + (n * w) / 9;
      const slat = d(x1 + 5, x1 + w / 9 - 5);
      return group([
        path(slat, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.2)],
              [1, shade(hex, 0.1)],
            ],
            30,
          ),
        }),
        path(slat, { fill: grainTexture(hex, `slat${n}`, 80) }),
        line(slat, alpha(shade(hex, 0.5), 0.25), 2),
      ]);
    }),
  );

export const rug: Kind<"rug"> = {
  heightCm: ({ weave }) => (weave === "plain" ? 24 : 42),
  poses: ["above"],
  draw({ shape, weave, fringe: fringed, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    const above = pose === "above";
    if (shape === "round")
      return {
        art: roundRug(w, above ? w : h, hex, second),
        stance: above ? "lies" : "stands",
        feet: [[0, -h * 0.42, w * 0.46]],
      };
    const [back, depth] = above ? [1, h * 1.45] : [0.84, h];
    const corner = (x: number, share: number): number => x * (back + (1 - back) * share);
    const outline = polygon([
      [-corner(w / 2, 0), -depth],
      [corner(w / 2, 0), -depth],
      [w / 2, 0],
      [-w / 2, 0],
    ]);
    const edge = polygon([
      [-w / 2, -1],
      [w / 2, -1],
      [w / 2 - 2, 12],
      [-w / 2 + 2, 12],
    ]);
    const base =
      weave === "slats"
        ? group([
            path(outline, { fill: shade(hex, 0.6) }),
            slats(hex, w, (x1, x2) =>
              polygon([
                [corner(x1, 0), -depth],
                [corner(x2, 0), -depth],
                [x2, 0],
                [x1, 0],
              ]),
            ),
          ])
        : cloth(outline, {
            hex,
            weave: weave === "braid" ? "cable" : weave,
            accent: second,
            degrees: weave === "stripes" ? 90 : 0,
            scale: weave === "stripes" ? 1.5 : 1,
          });
    const inner = polygon([
      [-corner(w * 0.46, 0), -depth * 0.94],
      [corner(w * 0.46, 0), -depth * 0.94],
      [w * 0.465, -depth * 0.07],
      [-w * 0.465, -depth * 0.07],
    ]);
    return {
      stance: above ? "lies" : "stands",
      feet: [[0, -6, w * 0.52]],
      focus: [-w * 0.3, -depth * 0.3],
      art: group([
        fringed && fringe([-corner(w / 2, 0.05), -depth], [-w / 2, 0], 40, second, 30, [-1, 0.06]),
        fringed && fringe([corner(w / 2, 0.05), -depth], [w / 2, 0], 40, second, 30, [1, 0.06]),
        path(edge, { fill: shade(hex, 0.36) }),
        base,
        weave === "terry" && path(inner, { stroke: alpha(shade(hex, 0.4), 0.4), width: 14 }),
        weave === "plain" && path(inner, { stroke: second, width: 4, dash: "14 9" }),
      ]),
    };
  },
};

function roundRug(w: number, h: number, hex: string, accent: string): Art {
  const rings = Array.from({ length: 12 }, (_, n) => {
    const k = 1 - n / 12;
    const tone = n === 1 || n === 5 ? accent : n % 2 ? shade(hex, 0.08) : tint(hex, 0.08);
    return group([
      ellipse(0, -h / 2, (w / 2) * k, (h / 2) * k, { fill: tone }),
      ellipse(0, -h / 2, (w / 2) * (k - 0.03), (h / 2) * (k - 0.03), {
        stroke: alpha(shade(hex, 0.5), 0.4),
        width: 8,
        dash: n % 2 ? "16 9" : "9 16",
      }),
      ellipse(0, -h / 2, (w / 2) * (k - 0.055), (h / 2) * (k - 0.055), {
        stroke: alpha("#ffffff", 0.24),
        width: 7,
        dash: n % 2 ? "9 16" : "16 9",
      }),
    ]);
  });
  return group([
    ellipse(0, -h / 2 + 10, w / 2, h / 2, { fill: shade(hex, 0.4) }),
    ...rings,
    ellipse(0, -h / 2, w / 2, h / 2, { fill: weaveTexture("plain", hex, hex, 1, 20), opacity: 0.6 }),
  ]);
}
