import { tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { ballLight, linearGradient, metalLight, radialGradient } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, line, mirror, move, path, rect } from "../svg.ts";
import { weaveTexture } from "../textures.ts";

function earCup(w: number, h: number, hex: string, pad: string, side: number): Art {
  return group([
    rect(-w * 0.5 + side * 20, -h / 2 + 8, w * 0.8, h - 16, w * 0.36, {
      fill: linearGradient([
        [0, shade(pad, 0.1)],
        [0.5, pad],
        [1, shade(pad, 0.4)],
      ]),
    }),
    rect(-w * 0.42 - side * 26, -h / 2, w * 0.8, h, w * 0.4, {
      fill: linearGradient(
        [
          [0, tint(hex, 0.3)],
          [0.4, hex],
          [1, shade(hex, 0.3)],
        ],
        30,
      ),
    }),
    rect(-w * 0.28 - side * 26, -h * 0.36, w * 0.5, h * 0.72, w * 0.25, {
      stroke: alpha(tint(hex, 0.5), 0.4),
      width: 4,
    }),
  ]);
}

export const headphones: Kind<"headphones"> = {
  heightCm: ({ form }) => (form === "buds" ? 6 : 20),
  poses: ["angle", "open"],
  draw({ form, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    if (form === "buds") return buds(w, h, hex, pose === "open");
    const r = w / 2;
    const angle = pose === "angle";
    const band = `M${-r * 0.78} ${-h * 0.42}C${-r * 0.96} ${-h * 1.14} ${r * 0.96} ${-h * 1.14} ${r * 0.78} ${-h * 0.42}`;
    const [cw, ch] = [w * 0.26, h * 0.46];
    if (angle) {
      const face = group([
        ellipse(0, -h * 0.24, w * 0.27, h * 0.27, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.3)],
              [0.5, hex],
              [1, shade(hex, 0.3)],
            ],
            40,
          ),
        }),
        ellipse(6, -h * 0.24, w * 0.2, h * 0.2, {
          fill: radialGradient([
            [0, shade(second, 0.3)],
            [0.7, second],
            [1, tint(second, 0.2)],
          ]),
        }),
        ellipse(6, -h * 0.24, w * 0.13, h * 0.14, { fill: shade(second, 0.5) }),
        ellipse(6, -h * 0.24, w * 0.13, h * 0.14, { fill: weaveTexture("plain", "#333333", "#333333", 0.8) }),
      ]);
      return {
        stance: "stands",
        feet: [[0, 4, w * 0.36]],
        art: group([
          move(ellipse(0, -h * 0.24, w * 0.2, h * 0.26, { fill: shade(hex, 0.26) }), w * 0.3, -26),
          tube(
            `M${w * 0.34} ${-h * 0.42}C${w * 0.4} ${-h * 1.06} ${w * 0.02} ${-h * 1.06} ${-w * 0.14} ${-h * 0.46}`,
            40,
            hex,
          ),
          line(
            `M${w * 0.31} ${-h * 0.6}C${w * 0.3} ${-h * 0.98} ${w * 0.04} ${-h * 0.96} ${-w * 0.08} ${-h * 0.66}`,
            second,
            22,
          ),
          move(face, -w * 0.16, 10),
        ]),
      };
    }
    return {
      stance: "stands",
      feet: [
        [-r * 0.74, 0, cw * 0.44],
        [r * 0.74, 0, cw * 0.44],
      ],
      focus: [-r * 0.74, -h * 0.3],
      art: group([
        tube(band, 40, hex),
        line(
          `M${-r * 0.62} ${-h * 0.68}C${-r * 0.5} ${-h * 1.04} ${r * 0.5} ${-h * 1.04} ${r * 0.62} ${-h * 0.68}`,
          shade(second, 0.1),
          24,
        ),
        line(
          `M${-r * 0.5} ${-h * 0.82}C${-r * 0.3} ${-h * 0.98} ${r * 0.3} ${-h * 0.98} ${r * 0.5} ${-h * 0.82}`,
          tint(second, 0.2),
          8,
        ),
        ...[-1, 1].map((k) => rect(k * r * 0.79 - 12, -h * 0.56, 24, h * 0.2, 8, { fill: metalLight("#b9bdbf") })),
        move(earCup(cw, ch, hex, second, 1), -r * 0.72, -ch / 2),
        move(mirror(earCup(cw, ch, hex, second, 1)), r * 0.72, -ch / 2),
      ]),
    };
  },
};

function buds(w: number, h: number, hex: string, open: boolean): Piece {
  const ch = h * 0.66;
  const bud = (x: number, k: number) =>
    group([
      tube(`M${x} ${-ch - (open ? 26 : 0)}L${x + 4 * k} ${-ch * 0.62 - (open ? 26 : 0)}`, 34, tint(hex, 0.1)),
      circle(x - 8 * k, -ch - (open ? 40 : 14), 48, { fill: ballLight(hex) }),
      ellipse(x - 30 * k, -ch - (open ? 36 : 10), 22, 28, { fill: ballLight("#4a4b4d") }),
    ]);
  const lid = open
    ? path(roundedBox(-w / 2 + 8, -h * 1.24, w - 16, h * 0.52, [110, 110, 14, 14]), {
        fill: linearGradient(
          [
            [0, tint(hex, 0.1)],
            [0.7, shade(hex, 0.2)],
            [1, shade(hex, 0.34)],
          ],
          80,
        ),
      })
    : path(roundedBox(-w / 2, -h, w, h * 0.42, [130, 130, 4, 4]), {
        fill: linearGradient(
          [
            [0, tint(hex, 0.4)],
            [0.5, tint(hex, 0.05)],
            [1, shade(hex, 0.12)],
          ],
          50,
        ),
      });
  const base = group([
    path(roundedBox(-w / 2, -ch + 12, w, ch - 12, [6, 6, 130, 130]), {
      fill: linearGradient(
        [
          [0, tint(hex, 0.25)],
          [0.5, hex],
          [1, shade(hex, 0.25)],
        ],
        40,
      ),
    }),
    line(`M${-w / 2 + 8} ${-ch + 16}L${w / 2 - 8} ${-ch + 16}`, alpha(tint(hex, 0.8), 0.6), 5),
    circle(0, -ch * 0.54, 9, { fill: "#8bc3a0" }),
  ]);
  return {
    stance: "stands",
    feet: [[0, 0, w * 0.32]],
    art: group([
      open && lid,
      open && ellipse(0, -ch + 12, w * 0.48, 26, { fill: shade(hex, 0.5) }),
      open && bud(-w * 0.2, 1),
      open && bud(w * 0.2, -1),
      base,
      !open && lid,
      !open && line(`M${-w / 2 + 3} ${-h * 0.58}L${w / 2 - 3} ${-h * 0.58}`, alpha(shade(hex, 0.6), 0.6), 5),
    ]),
  };
}
