import type { Drawing } from "../../drawing-kinds.ts";
import { cloth, crease, stitches } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { blob } from "../curves.ts";
import { radialGradient } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, line, mirror, move, type Point, path, turn } from "../svg.ts";
import { weaveTexture } from "../textures.ts";

const puff = (x: number, y: number, rx: number, ry: number, hex: string): Art =>
  group([
    ellipse(x, y, rx, ry, {
      fill: radialGradient(
        [
          [0, tint(hex, 0.3)],
          [0.55, hex],
          [1, shade(hex, 0.24)],
        ],
        0.36,
        0.3,
        0.78,
      ),
    }),
    ellipse(x, y, rx, ry, { fill: weaveTexture("terry", hex, hex, 0.7), opacity: 0.6 }),
  ]);

const eye = (x: number, y: number, r = 9): Art =>
  group([circle(x, y, r, { fill: "#2d2622" }), circle(x - r * 0.3, y - r * 0.35, r * 0.3, { fill: "#ffffff" })]);

const smile = (x: number, y: number, w: number, hex: string): Art =>
  line(
    `M${x} ${y - w * 0.5}L${x} ${y}M${x - w} ${y}C${x - w * 0.6} ${y + w * 0.6} ${x - w * 0.1} ${y + w * 0.4} ${x} ${y}C${x + w * 0.1} ${y + w * 0.4} ${x + w * 0.6} ${y + w * 0.6} ${x + w} ${y}`,
    hex,
    5,
  );

type Animal = Drawing<"plush">["animal"];

function sitting(animal: Animal, w: number, h: number, hex: string, second: string, back: boolean): Piece {
  const r = w / 2;
  const headY = -h * (animal === "rabbit" ? 0.56 : 0.7);
  const headR = r * (animal === "rabbit" ? 0.62 : 0.7);
  const long = animal === "rabbit";
  const ear = (side: number): Art => {
    if (long)
      return turn(
        group([
          puff(0, -h * 0.2, headR * 0.27, h * 0.21, hex),
          !back && ellipse(0, -h * 0.19, headR * 0.14, h * 0.15, { fill: tint(second, 0.5) }),
        ]),
        side * (side < 0 ? 10 : 14),
        0,
        0,
      );
    if (animal === "fox")
      return group([
        path(
          `M${side * headR * 0.16} ${-headR * 0.7}Q${side * headR * 0.5} ${-headR * 1.46} ${side * headR * 0.78} ${-headR * 1.4}Q${side * headR * 1.06} ${-headR * 0.9} ${side * headR * 0.94} ${-headR * 0.2}Z`,
          {
            fill: radialGradient([
              [0, tint(hex, 0.2)],
              [1, shade(hex, 0.16)],
            ]),
          },
        ),
        !back &&
          path(
            `M${side * headR * 0.4} ${-headR * 0.76}Q${side * headR * 0.58} ${-headR * 1.2} ${side * headR * 0.74} ${-headR * 1.2}Q${side * headR * 0.88} ${-headR * 0.84} ${side * headR * 0.8} ${-headR * 0.5}Z`,
            { fill: second },
          ),
      ]);
    return group([
      puff(side * headR * 0.72, -headR * 0.72, headR * 0.34, headR * 0.34, hex),
      !back && circle(side * headR * 0.72, -headR * 0.7, headR * 0.18, { fill: second }),
    ]);
  };
  const place = move;
  const face = group([
    puff(0, headR * 0.34, headR * 0.42, headR * 0.33, animal === "rabbit" ? tint(hex, 0.3) : second),
    eye(-headR * 0.36, -headR * 0.06, headR * 0.085),
    eye(headR * 0.36, -headR * 0.06, headR * 0.085),
    ellipse(0, headR * 0.2, headR * 0.13, headR * 0.09, { fill: "#4a332a" }),
    smile(0, headR * 0.42, headR * 0.16, "#4a332a"),
    ...[-1, 1].map((k) => circle(k * headR * 0.56, headR * 0.24, headR * 0.13, { fill: alpha("#e58f80", 0.35) })),
  ]);
  const arm = (side: number): Art =>
    turn(puff(side * r * 0.72, -h * 0.33, r * 0.2, h * 0.15, shade(hex, 0.04)), side * -22, side * r * 0.6, -h * 0.4);
  const footPad = (side: number): Art =>
    group([
      puff(side * r * 0.56, -h * 0.08, r * 0.3, h * 0.095, hex),
      !back && ellipse(side * r * 0.6, -h * 0.08, r * 0.17, h * 0.06, { fill: second }),
    ]);
  const tail = back && puff(0, -h * 0.13, r * (long ? 0.24 : 0.17), r * (long ? 0.22 : 0.16), tint(hex, 0.2));
  const scarf = group([
    path(
      `M${-r * 0.56} ${headY + headR * 0.78}Q0 ${headY + headR * 1.16} ${r * 0.56} ${headY + headR * 0.78}L${r * 0.5} ${headY + headR * 1.06}Q0 ${headY + headR * 1.42} ${-r * 0.5} ${headY + headR * 1.06}Z`,
      {
        fill: radialGradient([
          [0, tint(long ? second : "#5f8fae", 0.2)],
          [1, shade(long ? second : "#5f8fae", 0.12)],
        ]),
      },
    ),
  ]);
  return {
    stance: "stands",
    feet: [[0, 0, r * 0.86]],
    art: group([
      puff(0, -h * 0.25, r * 0.66, h * 0.25, hex),
      !back && ellipse(0, -h * 0.22, r * 0.4, h * 0.17, { fill: alpha(tint(second, 0.2), 0.75) }),
      back && line(`M0 ${-h * 0.46}L0 ${-h * 0.18}`, alpha(shade(hex, 0.4), 0.5), 4, { dash: "12 8" }),
      arm(-1),
      arm(1),
      footPad(-1),
      footPad(1),
      tail,
      place(
        group([ear(-1), ear(1)].map((art, n) => (long ? place(art, (n ? 1 : -1) * headR * 0.36, -headR * 0.6) : art))),
        0,
        headY,
      ),
      puff(0, headY, headR, headR * 0.9, hex),
      !back && place(face, 0, headY),
      back &&
        place(
          line(
            `M0 ${-headR * 0.86}C${headR * 0.06} ${-headR * 0.3} ${headR * 0.06} ${headR * 0.3} 0 ${headR * 0.8}`,
            alpha(shade(hex, 0.4), 0.5),
            4,
            { dash: "12 8" },
          ),
          0,
          headY,
        ),
      scarf,
    ]),
  };
}

function whale(w: number, h: number, hex: string, second: string, turned: boolean): Piece {
  const body: Point[] = [
    [-w * 0.5, -h * 0.4],
    [-w * 0.42, -h * 0.78],
    [-w * 0.16, -h * 0.92],
    [w * 0.12, -h * 0.74],
    [w * 0.3, -h * 0.5],
    [w * 0.36, -h * 0.36],
    [w * 0.22, -h * 0.12],
    [-w * 0.06, -2],
    [-w * 0.34, -4],
  ];
  const tail = blob([
    [w * 0.3, -h * 0.5],
    [w * 0.4, -h * 0.72],
    [w * 0.36, -h * 0.98],
    [w * 0.46, -h * 0.9],
    [w * 0.5, -h * 0.78],
    [w * 0.56, -h * 0.9],
    [w * 0.62, -h * 0.86],
    [w * 0.54, -h * 0.62],
    [w * 0.42, -h * 0.4],
    [w * 0.34, -h * 0.34],
  ]);
  const belly = blob([
    [-w * 0.5, -h * 0.34],
    [-w * 0.3, -h * 0.3],
    [0, -h * 0.24],
    [w * 0.24, -h * 0.22],
    [w * 0.16, -h * 0.08],
    [-w * 0.06, -2],
    [-w * 0.34, -4],
    [-w * 0.46, -h * 0.14],
  ]);
  const fabric = { hex, weave: "terry" as const, accent: second, scale: 0.7 };
  const art = group([
    cloth(tail, { ...fabric, hex: shade(hex, 0.08) }),
    cloth(blob(body), fabric),
    cloth(
      belly,
      { ...fabric, hex: second },
      [0.1, 0.16, 0.22].map((k) =>
        crease(
          [
            [-w * 0.46, -h * k * 1.3],
            [-w * 0.1, -h * k],
            [w * 0.2, -h * k * 0.9],
          ],
          second,
          7,
        ),
      ),
    ),
    cloth(
      blob([
        [-w * 0.1, -h * 0.3],
        [w * 0.04, -h * 0.34],
        [w * 0.1, -h * 0.12],
        [w * 0.06, h * 0.02],
        [-w * 0.04, -h * 0.1],
      ]),
      { ...fabric, hex: shade(hex, 0.12) },
    ),
    eye(-w * 0.3, -h * 0.46, 14),
    circle(-w * 0.26, -h * 0.36, 19, { fill: alpha("#e58f80", 0.4) }),
    line(
      `M${-w * 0.47} ${-h * 0.36}C${-w * 0.43} ${-h * 0.3} ${-w * 0.38} ${-h * 0.3} ${-w * 0.34} ${-h * 0.33}`,
      shade(hex, 0.5),
      6,
    ),
    stitches(`M${-w * 0.2} ${-h * 0.9}L${-w * 0.13} ${-h * 0.86}`, hex),
  ]);
  return { art: turned ? turn(mirror(art), -9) : art, stance: "stands", feet: [[0, 0, w * 0.36]] };
}

export const plush: Kind<"plush"> = {
  heightCm: ({ animal }) => (animal === "whale" ? 24 : 34),
  poses: ["angle"],
  draw({ animal, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    if (animal === "whale") return whale(w, h, hex, second, pose === "angle");
    return sitting(animal, w, h, hex, second, pose === "angle");
  },
};
