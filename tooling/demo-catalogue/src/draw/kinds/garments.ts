import { tube } from "../blocks.ts";
import { cloth, crease, stitches } from "../cloth.ts";
import { alpha, shade, tint } from "../colour.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, group, line, mirror, move, path, rect } from "../svg.ts";
import { details, fabricOf, type Garment } from "./garment-details.ts";

/** A wooden clothes hanger whose neck is at (0, 0). */
const hanger = (half: number): Art =>
  group([
    tube(`M0 -8C0 -34 34 -34 34 -62C34 -92 -22 -96 -24 -66`, 9, "#a7aaac"),
    tube(`M${-half} 46C${-half * 0.5} 10 -30 -4 0 -6C30 -4 ${half * 0.5} 10 ${half} 46`, 20, "#c99d67"),
  ]);

function sleeve(cut: Garment, hex: string): Art | false {
  const { sleeves, width: w, height: h } = cut;
  const r = w / 2;
  if (sleeves === "none") return false;
  const fabric = fabricOf(cut, shade(hex, 0.04), -16);
  if (sleeves === "short")
    return cloth(
      `M${r * 0.94} 26C${r * 1.2} 50 ${r * 1.42} ${h * 0.2} ${r * 1.5} ${h * 0.3}Q${r * 1.24} ${h * 0.37} ${r * 1.08} ${h * 0.36}L${r * 0.9} ${h * 0.22}Z`,
      fabric,
      [
        line(
          `M${r * 1.52} ${h * 0.28}Q${r * 1.24} ${h * 0.35} ${r * 1.04} ${h * 0.34}`,
          alpha(shade(hex, 0.5), 0.35),
          3,
        ),
      ],
    );
  const wide = cut.cut === "robe" ? 1.3 : 1;
  const end = cut.cut === "robe" ? 0.62 : 0.8;
  const cuff = cut.cut === "sweater" || cut.cut === "hoodie";
  const d = `M${r * 0.94} 24C${r * 1.16} 50 ${r * 1.26} ${h * 0.3} ${r * 1.38} ${h * end}Q${r * (1.38 - 0.17 * wide)} ${h * (end + 0.035)} ${r * (1.38 - 0.36 * wide)} ${h * end}L${r * 0.9} ${h * 0.3}Z`;
  return group([
    cloth(d, fabric, [
      crease(
        [
          [r * 1.0, h * 0.2],
          [r * 1.1, h * 0.4],
          [r * 1.14, h * 0.6],
        ],
        hex,
        14,
      ),
      crease(
        [
          [r * 1.16, h * 0.36],
          [r * 1.06, h * 0.4],
        ],
        hex,
        8,
      ),
    ]),
    cuff &&
      cloth(
        `M${r * 1.35} ${h * (end - 0.07)}L${r * 1.4} ${h * (end + 0.02)}Q${r * 1.2} ${h * (end + 0.055)} ${r * 1.04} ${h * (end + 0.02)}L${r * 1.04} ${h * (end - 0.07)}Q${r * 1.2} ${h * (end - 0.04)} ${r * 1.35} ${h * (end - 0.07)}Z`,
        { ...fabric, weave: "rib", scale: 0.6 },
      ),
  ]);
}

function bodyPath({ cut, width: w, height: h }: Garment): string {
  const r = w / 2;
  const flare = cut === "robe" ? 1.14 : cut === "shirt" || cut === "jacket" ? 0.98 : 0.94;
  const neck = cut === "tee" ? 0.36 : 0.32;
  const dip = cut === "tee" ? 54 : 40;
  return `M${-r * neck} 0C${-r * 0.16} ${dip * 1.3} ${r * 0.16} ${dip * 1.3} ${r * neck} 0L${r * 0.96} 26C${r * 1.02} 60 ${r * 0.92} ${h * 0.26} ${r * 0.92} ${h * 0.34}L${r * flare} ${h * 0.97}Q0 ${h * 1.02} ${-r * flare} ${h * 0.97}L${-r * 0.92} ${h * 0.34}C${-r * 0.92} ${h * 0.26} ${-r * 1.02} 60 ${-r * 0.96} 26Z`;
}

function trousers(cut: Garment, hex: string): Piece {
  const { width: w, height: h } = cut;
  const r = w / 2;
  const fabric = fabricOf(cut, hex);
  const d = `M${-r * 0.86} 0L${r * 0.86} 0C${r * 0.98} ${h * 0.2} ${r * 1.02} ${h * 0.6} ${r * 0.98} ${h}L${r * 0.26} ${h}C${r * 0.24} ${h * 0.7} ${r * 0.1} ${h * 0.44} 0 ${h * 0.34}C${-r * 0.1} ${h * 0.44} ${-r * 0.24} ${h * 0.7} ${-r * 0.26} ${h}L${-r * 0.98} ${h}C${-r * 1.02} ${h * 0.6} ${-r * 0.98} ${h * 0.2} ${-r * 0.86} 0Z`;
  return {
    stance: "hangs",
    focus: [0, h * 0.1],
    art: group([
      move(hanger(r * 0.6), 0, -66),
      cloth(d, fabric, [
        crease(
          [
            [-r * 0.62, h * 0.3],
            [-r * 0.66, h * 0.6],
            [-r * 0.62, h],
          ],
          hex,
          16,
        ),
        crease(
          [
            [r * 0.6, h * 0.3],
            [r * 0.66, h * 0.6],
            [r * 0.62, h],
          ],
          hex,
          16,
        ),
        crease(
          [
            [0, h * 0.34],
            [-r * 0.2, h * 0.3],
          ],
          hex,
          10,
        ),
        crease(
          [
            [0, h * 0.34],
            [r * 0.24, h * 0.3],
          ],
          hex,
          10,
        ),
      ]),
      rect(-r * 0.88, -6, w * 0.88, 50, 6, { fill: tint(hex, 0.05) }),
      line(`M${-r * 0.86} 46L${r * 0.86} 46`, alpha(shade(hex, 0.5), 0.5), 3),
      ...[-0.6, -0.24, 0.24, 0.6].map((k) => rect(r * k - 7, -12, 14, 66, 3, { fill: shade(hex, 0.1) })),
      line(`M0 46C4 ${h * 0.2} -6 ${h * 0.26} -2 ${h * 0.33}`, alpha(shade(hex, 0.5), 0.5), 4),
      stitches(`M26 50C30 ${h * 0.16} 20 ${h * 0.24} 2 ${h * 0.28}`, hex, 2.4),
      circle(0, 22, 11, { fill: "#b9a26a" }),
      cut.pockets > 0 &&
        group([
          line(
            `M${-r * 0.84} ${h * 0.17}C${-r * 0.6} ${h * 0.15} ${-r * 0.5} ${h * 0.1} ${-r * 0.48} 48`,
            alpha(shade(hex, 0.55), 0.55),
            4,
          ),
          line(
            `M${r * 0.84} ${h * 0.17}C${r * 0.6} ${h * 0.15} ${r * 0.5} ${h * 0.1} ${r * 0.48} 48`,
            alpha(shade(hex, 0.55), 0.55),
            4,
          ),
        ]),
      ...[-0.62, 0.62].map((k) =>
        line(`M${r * k - r * 0.36} ${h * 0.965}L${r * k + r * 0.36} ${h * 0.965}`, alpha(shade(hex, 0.5), 0.4), 3),
      ),
    ]),
  };
}

export const garment: Kind<"garment"> = {
  heightCm: ({ cut }) => ({ tee: 70, sweater: 68, hoodie: 72, shirt: 74, jacket: 72, robe: 118, trousers: 102 })[cut],
  poses: [],
  draw(cut, { hex }) {
    if (cut.cut === "trousers") return trousers(cut, hex);
    const { width: w, height: h } = cut;
    const r = w / 2;
    const right = sleeve(cut, hex);
    const back = path(
      `M${-r * 0.34} 0C${-r * 0.2} -16 ${r * 0.2} -16 ${r * 0.34} 0C${r * 0.16} 50 ${-r * 0.16} 50 ${-r * 0.34} 0Z`,
      { fill: shade(hex, 0.42) },
    );
    return {
      stance: "hangs",
      focus: [cut.cut === "jacket" ? r * 0.4 : 0, h * (cut.cut === "jacket" ? 0.34 : 0.16)],
      art: group([
        cut.cut !== "hoodie" && hanger(r * 0.66),
        back,
        right && mirror(right),
        right,
        cloth(bodyPath(cut), fabricOf(cut, hex), [
          crease(
            [
              [-r * 0.6, h * 0.3],
              [-r * 0.5, h * 0.6],
              [-r * 0.58, h],
            ],
            hex,
            20,
          ),
          crease(
            [
              [r * 0.56, h * 0.34],
              [r * 0.5, h * 0.64],
              [r * 0.6, h],
            ],
            hex,
            20,
          ),
          crease(
            [
              [-r * 0.9, h * 0.26],
              [-r * 0.6, h * 0.34],
            ],
            hex,
            12,
          ),
          crease(
            [
              [r * 0.9, h * 0.26],
              [r * 0.62, h * 0.33],
            ],
            hex,
            12,
          ),
        ]),
        ...details(cut, hex),
      ]),
    };
  },
};
