import type { Drawing } from "../../drawing-kinds.ts";
import { tube } from "../blocks.ts";
import { type Cloth, cloth, crease, fringe, stitches } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { linearGradient, radialGradient } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, line, mirror, move, path, rect, turn } from "../svg.ts";

type Garment = Drawing<"garment">;

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

const fabricOf = ({ weave, accent }: Garment, hex: string, degrees = 0): Cloth => ({
  hex,
  weave,
  accent: hexOf(accent),
  scale: weave === "stripes" ? 0.72 : weave === "cable" ? 0.8 : 0.6,
  degrees,
});

function bodyPath({ cut, width: w, height: h }: Garment): string {
  const r = w / 2;
  const flare = cut === "robe" ? 1.14 : cut === "shirt" || cut === "jacket" ? 0.98 : 0.94;
  const neck = cut === "tee" ? 0.36 : 0.32;
  const dip = cut === "tee" ? 54 : 40;
  return `M${-r * neck} 0C${-r * 0.16} ${dip * 1.3} ${r * 0.16} ${dip * 1.3} ${r * neck} 0L${r * 0.96} 26C${r * 1.02} 60 ${r * 0.92} ${h * 0.26} ${r * 0.92} ${h * 0.34}L${r * flare} ${h * 0.97}Q0 ${h * 1.02} ${-r * flare} ${h * 0.97}L${-r * 0.92} ${h * 0.34}C${-r * 0.92} ${h * 0.26} ${-r * 1.02} 60 ${-r * 0.96} 26Z`;
}

const buttonRow = (h: number, from: number, count: number, tone: string): Art =>
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

const patch = (x: number, y: number, w: number, h: number, fabric: Cloth): Art =>
  group([
    cloth(roundedBox(x, y, w, h, [4, 4, 22, 22]), { ...fabric, hex: tint(fabric.hex, 0.04) }),
    stitches(`M${x + 6} ${y + 18}L${x + w - 6} ${y + 18}`, fabric.hex, 2.4),
  ]);

function details(cut: Garment, hex: string): Art[] {
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

export const beanie: Kind<"beanie"> = {
  heightCm: () => 22,
  poses: [],
  draw({ weave, cuff, pompom, width: w, height: h, accent }, { hex }) {
    const r = w / 2;
    const ball = pompom ? w * 0.17 : 0;
    const top = -h + ball * 1.6;
    const crown = `M${-r * 0.96} -${h * 0.2}C${-r * 1.02} ${top * 0.8} ${-r * 0.5} ${top} 0 ${top}C${r * 0.5} ${top} ${r * 1.02} ${top * 0.8} ${r * 0.96} -${h * 0.2}Z`;
    const ribs = [-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75].map((k) =>
      line(
        `M${r * k} ${-h * 0.2}C${r * k * 1.06} ${top * 0.66} ${r * k * 0.6} ${top * 0.94} ${r * k * 0.12} ${top + 8}`,
        alpha(shade(hex, 0.55), 0.3),
        7,
      ),
    );
    const tufts = Array.from({ length: 44 }, (_, n) =>
      turn(
        line(
          `M0 ${-h + ball}L0 ${-h + ball * (0.02 + (n % 4) * 0.05)}`,
          n % 2 ? hexOf(accent) : shade(hexOf(accent), 0.14),
          7,
        ),
        n * 8.2,
        0,
        -h + ball,
      ),
    );
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.92]],
      focus: [-r * 0.2, -h * 0.4],
      art: group([
        cloth(
          crown,
          { hex, weave, accent: hexOf(accent), scale: weave === "cable" ? 1.1 : 1 },
          weave === "rib" ? ribs : [],
        ),
        cuff &&
          cloth(
            `M${-r} ${-h * 0.3}Q0 ${-h * 0.37} ${r} ${-h * 0.3}L${r * 0.99} -12Q${r * 0.98} 0 ${r * 0.9} 0Q0 26 ${-r * 0.9} 0Q${-r * 0.98} 0 ${-r * 0.99} -12Z`,
            { hex: shade(hex, 0.03), weave: "rib", accent: hexOf(accent), scale: 1.1 },
          ),
        cuff &&
          line(`M${-r * 0.98} ${-h * 0.295}Q0 ${-h * 0.365} ${r * 0.98} ${-h * 0.295}`, alpha(tint(hex, 0.6), 0.5), 5),
        cuff && rect(r * 0.42, -h * 0.21, 56, 40, 4, { fill: hexOf(accent) === "#f1ece2" ? "#94532f" : hexOf(accent) }),
        pompom && circle(0, -h + ball, ball * 0.9, { fill: shade(hexOf(accent), 0.1) }),
        ...(pompom ? tufts : []),
      ]),
    };
  },
};

export const cap: Kind<"cap"> = {
  heightCm: () => 14,
  poses: ["angle"],
  draw({ form, width: w, height: h, accent }, { hex, pose }) {
    const r = w / 2;
    const fabric = { hex, weave: "plain" as const, accent: hexOf(accent), scale: 0.8 };
    const angle = pose === "angle";
    if (form === "bucket") {
      const art = group([
        cloth(
          `M${-r * 0.56} ${-h * 0.36}L${-r * 0.46} ${-h * 0.92}Q0 ${-h * 1.08} ${r * 0.46} ${-h * 0.92}L${r * 0.56} ${-h * 0.36}Z`,
          fabric,
          [
            crease(
              [
                [-r * 0.3, -h * 0.9],
                [-r * 0.34, -h * 0.5],
              ],
              hex,
              12,
            ),
          ],
        ),
        ellipse(0, -h * 0.93, r * 0.45, h * 0.075, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.24)],
              [1, hex],
            ],
            30,
          ),
          stroke: alpha(shade(hex, 0.5), 0.3),
          width: 3,
        }),
        cloth(
          `M${-r * 0.58} ${-h * 0.4}Q0 ${-h * 0.26} ${r * 0.58} ${-h * 0.4}L${r} ${-h * 0.06}Q${r * 0.5} ${h * 0.1} 0 ${h * 0.1}Q${-r * 0.5} ${h * 0.1} ${-r} ${-h * 0.06}Z`,
          { ...fabric, hex: shade(hex, 0.04) },
        ),
        ...[0.25, 0.5, 0.75].map((k) =>
          line(
            `M${-r * (0.58 + 0.42 * k)} ${-h * (0.4 - 0.34 * k)}Q0 ${-h * (0.26 - 0.38 * k)} ${r * (0.58 + 0.42 * k)} ${-h * (0.4 - 0.34 * k)}`,
            alpha(shade(hex, 0.5), 0.35),
            3,
            { dash: "9 6" },
          ),
        ),
        rect(-34, -h * 0.54, 68, 40, 5, { fill: hexOf(accent) }),
        ...[-0.4, 0.4].map((k) => circle(r * k, -h * 0.62, 8, { fill: shade(hex, 0.4) })),
      ]);
      return {
        art: angle
          ? turn(
              mirror(
                group([
                  art,
                  tube(
                    `M${-r * 0.5} ${-h * 0.2}C${-r * 0.4} ${h * 0.5} ${r * 0.4} ${h * 0.5} ${r * 0.5} ${-h * 0.2}`,
                    9,
                    "#8a5a3a",
                  ),
                ]),
              ),
              -10,
            )
          : art,
        stance: "stands",
        feet: [[0, h * 0.06, r * 0.9]],
      };
    }
    if (angle) {
      const back = group([
        cloth(
          `M${-r * 0.62} 0C${-r * 0.7} ${-h * 0.8} ${-r * 0.3} ${-h} 0 ${-h}C${r * 0.3} ${-h} ${r * 0.7} ${-h * 0.8} ${r * 0.62} 0Z`,
          fabric,
        ),
        path(`M${-r * 0.3} 0C${-r * 0.3} ${-h * 0.42} ${r * 0.3} ${-h * 0.42} ${r * 0.3} 0Z`, {
          fill: shade(hex, 0.6),
        }),
        rect(-r * 0.36, -34, r * 0.72, 34, 6, { fill: shade(hex, 0.1) }),
        rect(r * 0.02, -38, 44, 42, 5, { stroke: hexOf(accent), width: 8 }),
        ...[-0.3, 0.3].map((k) =>
          line(
            `M${r * k * 1.9} -20C${r * k * 2} ${-h * 0.6} ${r * k} ${-h * 0.9} 0 ${-h + 6}`,
            alpha(shade(hex, 0.5), 0.4),
            3,
          ),
        ),
        ellipse(0, -h, 22, 11, { fill: shade(hex, 0.14) }),
      ]);
      return { art: back, stance: "stands", feet: [[0, 0, r * 0.6]] };
    }
    const art = group([
      cloth(
        `M${-r * 0.5} -${h * 0.14}C${-r * 0.62} ${-h * 0.86} ${-r * 0.1} ${-h} ${r * 0.14} ${-h}C${r * 0.5} ${-h} ${r * 0.86} ${-h * 0.76} ${r * 0.82} -${h * 0.08}Q${r * 0.2} ${h * 0.06} ${-r * 0.5} -${h * 0.14}Z`,
        fabric,
        [
          line(
            `M${r * 0.14} ${-h + 4}C${-r * 0.04} ${-h * 0.7} ${-r * 0.1} ${-h * 0.4} ${-r * 0.1} 0`,
            alpha(shade(hex, 0.5), 0.4),
            4,
          ),
          line(
            `M${r * 0.16} ${-h + 4}C${r * 0.44} ${-h * 0.7} ${r * 0.5} ${-h * 0.4} ${r * 0.48} 0`,
            alpha(shade(hex, 0.5), 0.4),
            4,
          ),
        ],
      ),
      ellipse(r * 0.14, -h, 24, 11, { fill: shade(hex, 0.16) }),
      circle(-r * 0.22, -h * 0.66, 8, { fill: shade(hex, 0.4) }),
      circle(r * 0.56, -h * 0.66, 8, { fill: shade(hex, 0.4) }),
      cloth(
        `M${-r * 0.52} -${h * 0.2}C${-r * 0.9} -${h * 0.2} ${-r * 1.04} ${h * 0.02} ${-r} ${h * 0.08}C${-r * 0.7} -${h * 0.04} ${-r * 0.1} -${h * 0.02} ${r * 0.36} ${h * 0.0}C${r * 0.1} -${h * 0.12} ${-r * 0.3} -${h * 0.2} ${-r * 0.52} -${h * 0.2}Z`,
        { ...fabric, hex: shade(hex, 0.1) },
      ),
      stitches(`M${-r * 0.9} 0C${-r * 0.7} -${h * 0.1} ${-r * 0.2} -${h * 0.08} ${r * 0.1} -${h * 0.05}`, hex, 2.4),
    ]);
    return { art, stance: "stands", feet: [[0, h * 0.05, r * 0.86]] };
  },
};

export const socks: Kind<"socks"> = {
  heightCm: () => 30,
  poses: [],
  draw({ weave, width: w, height: h, accent }, { hex }) {
    const second = hexOf(accent);
    const leg = w * 0.5;
    const d = `M${-leg / 2} ${-h / 2}L${leg / 2} ${-h / 2}L${leg / 2} ${h * 0.16}C${leg * 0.54} ${h * 0.26} ${leg * 1.1} ${h * 0.3} ${leg * 1.26} ${h * 0.38}C${leg * 1.36} ${h * 0.5} ${leg * 1.1} ${h * 0.52} ${leg * 0.8} ${h * 0.5}L${-leg * 0.1} ${h * 0.46}C${-leg * 0.5} ${h * 0.44} ${-leg * 0.58} ${h * 0.3} ${-leg / 2} ${h * 0.16}Z`;
    const toe = path(
      `M${leg * 0.86} ${h * 0.28}C${leg * 1.2} ${h * 0.3} ${leg * 1.5} ${h * 0.4} ${leg * 1.3} ${h * 0.6}L${leg * 0.76} ${h * 0.6}C${leg * 0.7} ${h * 0.46} ${leg * 0.76} ${h * 0.36} ${leg * 0.86} ${h * 0.28}Z`,
      { fill: second },
    );
    const heel = ellipse(-leg * 0.42, h * 0.38, leg * 0.42, h * 0.15, { fill: second });
    const sock = group([
      cloth(d, { hex, weave, accent: second, scale: weave === "rib" ? 0.7 : 0.8 }, [
        toe,
        heel,
        rect(-leg, -h * 0.3, leg * 2, h * 0.035, 0, { fill: second }),
        rect(-leg, -h * 0.25, leg * 2, h * 0.016, 0, { fill: second }),
        crease(
          [
            [-leg * 0.3, h * 0.2],
            [leg * 0.1, h * 0.24],
            [leg * 0.4, h * 0.18],
          ],
          hex,
          12,
        ),
      ]),
      cloth(roundedBox(-leg / 2 - 5, -h / 2, leg + 10, h * 0.13, [10, 10, 4, 4]), {
        hex: shade(hex, 0.04),
        weave: "rib",
        accent: second,
        scale: 0.7,
      }),
    ]);
    return {
      stance: "lies",
      focus: [0, -h * 0.1],
      art: group([move(turn(sock, -12), -w * 0.34, -10), move(turn(sock, 7), w * 0.22, 22)]),
    };
  },
};

export const scarf: Kind<"scarf"> = {
  heightCm: ({ form }) => (form === "loop" ? 30 : 60),
  poses: [],
  draw({ weave, fringe: fringed, form, width: w, height: h, accent }, { hex }) {
    const fabric = { hex, weave, accent: hexOf(accent), scale: 0.9 };
    if (form === "loop") {
      const r = w / 2;
      const outer = `M${-r} ${-h * 0.5}C${-r} ${-h * 1.06} ${r} ${-h * 1.06} ${r} ${-h * 0.5}C${r * 1.06} ${-h * 0.1} ${r * 0.6} 0 0 0C${-r * 0.6} 0 ${-r * 1.06} ${-h * 0.1} ${-r} ${-h * 0.5}Z`;
      const folds = [0.1, 0.24, 0.38].map((k) =>
        crease(
          [
            [-r * 1.02, -h * (0.5 - k * 0.3)],
            [-r * 0.4, -h * (0.34 - k * 0.8)],
            [r * 0.4, -h * (0.34 - k * 0.8)],
            [r * 1.02, -h * (0.5 - k * 0.3)],
          ],
          hex,
          24,
        ),
      );
      return {
        stance: "stands",
        feet: [[0, 0, r * 0.8]],
        focus: [-r * 0.4, -h * 0.3],
        art: group([
          cloth(outer, { ...fabric, degrees: 12 }, folds),
          ellipse(0, -h * 0.66, r * 0.52, h * 0.15, {
            fill: linearGradient(
              [
                [0, shade(hex, 0.55)],
                [1, shade(hex, 0.25)],
              ],
              90,
            ),
          }),
          line(
            `M${-r * 0.54} ${-h * 0.68}C${-r * 0.4} ${-h * 0.46} ${r * 0.4} ${-h * 0.46} ${r * 0.54} ${-h * 0.68}`,
            alpha(tint(hex, 0.6), 0.5),
            12,
          ),
        ]),
      };
    }
    const sash = (x: number, y1: number, y2: number, wide: number, sway: number, tone: string) =>
      group([
        fringed && fringe([x - wide / 2 + sway, y2 - 4], [x + wide / 2 + sway, y2 - 4], 66, tone, 15),
        cloth(
          `M${x - wide / 2} ${y1}C${x - wide / 2 - 10} ${(y1 + y2) / 2} ${x - wide / 2 + sway} ${(y1 + y2) / 2} ${x - wide / 2 + sway} ${y2}L${x + wide / 2 + sway} ${y2}C${x + wide / 2 + sway} ${(y1 + y2) / 2} ${x + wide / 2 - 10} ${(y1 + y2) / 2} ${x + wide / 2} ${y1}Z`,
          { ...fabric, hex: tone },
          [
            crease(
              [
                [x - wide * 0.2, y1],
                [x - wide * 0.16 + sway * 0.5, (y1 + y2) / 2],
                [x - wide * 0.2 + sway, y2],
              ],
              tone,
              14,
            ),
          ],
        ),
      ]);
    const top = -h / 2;
    return {
      stance: "hangs",
      focus: [-w * 0.16, 0],
      art: group([
        tube(`M0 ${top - 60}L0 ${top - 14}C0 ${top + 24} 40 ${top + 24} 40 ${top - 8}`, 16, "#a98a5a"),
        sash(w * 0.2, top + 30, h * 0.34, w * 0.46, 20, shade(hex, 0.1)),
        sash(-w * 0.17, top + 20, h * 0.46, w * 0.5, -14, hex),
        cloth(
          `M${-w * 0.44} ${top + 50}C${-w * 0.42} ${top - 20} ${w * 0.4} ${top - 20} ${w * 0.44} ${top + 54}C${w * 0.3} ${top + 110} ${-w * 0.3} ${top + 120} ${-w * 0.44} ${top + 50}Z`,
          { ...fabric, degrees: 6 },
          [
            crease(
              [
                [-w * 0.3, top + 60],
                [0, top + 40],
                [w * 0.3, top + 64],
              ],
              hex,
              14,
            ),
          ],
        ),
      ]),
    };
  },
};
