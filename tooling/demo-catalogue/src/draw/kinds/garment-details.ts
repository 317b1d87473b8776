import type { Drawing } from "../../drawing-kinds.ts";
import { tube } from "../blocks.ts";
import { type Cloth, cloth, stitches } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { linearGradient, radialGradient } from "../light.ts";
import { type Art, circle, ellipse, group, line, path } from "../svg.ts";

export type Garment = Drawing<"garment">;

export const fabricOf = ({ weave, accent }: Garment, hex: string, degrees = 0): Cloth => ({
  hex,
  weave,
  accent: hexOf(accent),
  scale: weave === "stripes" ? 0.72 : weave === "cable" ? 0.8 : 0.6,
  degrees,
});

export const buttonRow = (h: number, from: number, count: number, tone: string): Art =>
  group(
    Array.from({ length: count }, (_, n) =>
      group([
        circle(1, from + n * ((h * 0.94 - from) / count) + 2, 9, { fill: alpha("#2a1a10", 0.3) }),
        circle(0, from + n * ((h * 0.94 - from) / count), 9, {
          fill: radialGradient(
            [
              [0, tint(tone, 0.4)],
              [1, shade(tone, 0.14)],
            ],
            0.4,
            0.3,
            0.8,
          ),
        }),
      ]),
    ),
  );

export const patch = (x: number, y: number, w: number, h: number, fabric: Cloth): Art =>
  group([
    cloth(roundedBox(x, y, w, h, [4, 4, 22, 22]), { ...fabric, hex: tint(fabric.hex, 0.04) }),
    stitches(`M${x + 6} ${y + 18}L${x + w - 6} ${y + 18}`, fabric.hex, 2.4),
  ]);

export function details(cut: Garment, hex: string): Art[] {
  const { width: w, height: h, pockets } = cut;
  const r = w / 2;
  const second = hexOf(cut.accent);
  const fabric = fabricOf(cut, hex);
  const neckline = (width: number, tone: string, dip: number) =>
    line(`M${-r * 0.34} 0C${-r * 0.16} ${dip * 1.3} ${r * 0.16} ${dip * 1.3} ${r * 0.34} 0`, tone, width, {
      cap: "butt",
    });
  const hem = (weave: "rib" | "line") =>
    weave === "rib"
      ? cloth(
          `M${-r * 0.95} ${h * 0.91}Q0 ${h * 0.955} ${r * 0.95} ${h * 0.91}L${r * 0.92} ${h * 0.99}Q0 ${h * 1.035} ${-r * 0.92} ${h * 0.99}Z`,
          { ...fabric, weave: "rib", hex: shade(hex, 0.03) },
        )
      : line(`M${-r * 0.94} ${h * 0.94}Q0 ${h * 0.985} ${r * 0.94} ${h * 0.94}`, alpha(shade(hex, 0.5), 0.35), 3, {
          dash: "9 6",
        });
  switch (cut.cut) {
    case "tee":
      return [
        neckline(22, shade(hex, 0.08), 54),
        neckline(4, alpha(shade(hex, 0.5), 0.3), 64),
        hem("line"),
        ...(pockets ? [patch(r * 0.16, h * 0.24, w * 0.24, h * 0.16, fabric)] : []),
      ];
    case "sweater":
      return [neckline(40, shade(hex, 0.1), 40), neckline(34, tint(hex, 0.04), 40), hem("rib")];
    case "hoodie":
      return [
        hem("rib"),
        cloth(
          `M${-r * 0.5} ${h * 0.82}L${-r * 0.56} ${h * 0.72}L${-r * 0.34} ${h * 0.58}L${r * 0.34} ${h * 0.58}L${r * 0.56} ${h * 0.72}L${r * 0.5} ${h * 0.82}Z`,
          { ...fabric, hex: tint(hex, 0.03) },
        ),
        cloth(
          `M${-r * 0.46} 6C${-r * 0.62} -86 ${r * 0.62} -86 ${r * 0.46} 6C${r * 0.38} 92 ${r * 0.1} 96 0 120C${-r * 0.1} 96 ${-r * 0.38} 92 ${-r * 0.46} 6Z`,
          { ...fabric, hex: shade(hex, 0.06) },
        ),
        path(
          `M${-r * 0.3} 2C${-r * 0.36} -52 ${r * 0.36} -52 ${r * 0.3} 2C${r * 0.2} 52 ${r * 0.06} 62 0 84C${-r * 0.06} 62 ${-r * 0.2} 52 ${-r * 0.3} 2Z`,
          {
            fill: linearGradient(
              [
                [0, shade(hex, 0.6)],
                [1, shade(hex, 0.3)],
              ],
              90,
            ),
          },
        ),
        tube(`M${-r * 0.13} 74C${-r * 0.16} 120 ${-r * 0.12} 150 ${-r * 0.15} ${h * 0.32}`, 9, second),
        tube(`M${r * 0.13} 74C${r * 0.17} 120 ${r * 0.13} 150 ${r * 0.15} ${h * 0.29}`, 9, second),
      ];
    case "shirt":
      return [
        line(`M-16 46L-16 ${h * 0.985}M16 46L16 ${h * 0.985}`, alpha(shade(hex, 0.5), 0.3), 3),
        buttonRow(h, 96, 7, "#fbf7ec"),
        path(`M${-r * 0.38} -4L0 62L${-r * 0.24} 122L${-r * 0.48} 20Z`, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.34)],
              [1, hex],
            ],
            40,
          ),
          stroke: alpha(shade(hex, 0.5), 0.35),
          width: 2,
        }),
        path(`M${r * 0.38} -4L0 62L${r * 0.24} 122L${r * 0.48} 20Z`, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.2)],
              [1, shade(hex, 0.12)],
            ],
            40,
          ),
          stroke: alpha(shade(hex, 0.5), 0.35),
          width: 2,
        }),
        ...(pockets ? [patch(r * 0.2, h * 0.27, w * 0.25, h * 0.17, fabric)] : []),
      ];
    case "jacket":
      return [
        line(`M0 60L0 ${h * 0.985}`, alpha(shade(hex, 0.6), 0.6), 4),
        buttonRow(h, 110, 5, second),
        path(`M${-r * 0.36} -4L-4 70L${-r * 0.3} 116L${-r * 0.52} 22Z`, { fill: second }),
        path(`M${r * 0.36} -4L4 70L${r * 0.3} 116L${r * 0.52} 22Z`, { fill: shade(second, 0.14) }),
        patch(-r * 0.8, h * 0.6, w * 0.32, h * 0.25, fabric),
        patch(r * 0.16, h * 0.6, w * 0.32, h * 0.25, fabric),
        patch(r * 0.24, h * 0.27, w * 0.22, h * 0.16, fabric),
      ];
    case "robe":
      return [
        path(
          `M${-r * 0.34} 0C${-r * 0.2} 120 ${-r * 0.02} ${h * 0.36} ${r * 0.2} ${h * 0.47}L${r * 0.32} ${h * 0.43}C${r * 0.06} ${h * 0.3} ${-r * 0.08} 110 ${-r * 0.14} 6Z`,
          { fill: tint(hexOf(cut.accent), 0.2) },
        ),
        path(
          `M${r * 0.34} 0C${r * 0.2} 120 ${r * 0.02} ${h * 0.36} ${-r * 0.26} ${h * 0.47}L${-r * 0.4} ${h * 0.42}C${-r * 0.06} ${h * 0.3} ${r * 0.08} 110 ${r * 0.14} 6Z`,
          { fill: shade(hexOf(cut.accent), 0.06) },
        ),
        line(`M${-r * 0.1} ${h * 0.5}L${-r * 0.04} ${h * 0.98}`, alpha(shade(hex, 0.5), 0.4), 4),
        tube(`M${-r * 0.96} ${h * 0.47}Q0 ${h * 0.53} ${r * 0.96} ${h * 0.47}`, 34, shade(hex, 0.08)),
        tube(`M-10 ${h * 0.5}C-40 ${h * 0.6} -30 ${h * 0.66} -44 ${h * 0.74}`, 24, shade(hex, 0.08)),
        tube(`M10 ${h * 0.5}C26 ${h * 0.58} 24 ${h * 0.64} 34 ${h * 0.7}`, 24, shade(hex, 0.08)),
        ellipse(0, h * 0.5, 28, 22, { fill: hex }),
        ...(pockets
          ? [
              patch(-r * 0.78, h * 0.6, w * 0.26, h * 0.15, fabric),
              patch(r * 0.28, h * 0.6, w * 0.26, h * 0.15, fabric),
            ]
          : []),
      ];
    case "trousers":
      return [];
  }
}
