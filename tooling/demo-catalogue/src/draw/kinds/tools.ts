import type { Drawing } from "../../drawing-kinds.ts";
import { centred, withDropShadow } from "../backdrop.ts";
import { panel, tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { linearGradient, metalLight, metalPlane, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, clip, ellipse, group, line, move, path, rect, turn } from "../svg.ts";
import { grainTexture } from "../textures.ts";

const STEEL = "#c3c7c9";
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

type Head = Drawing<"utensils">["heads"][number];

function utensil(head: Head, h: number, hex: string): Art {
  const stick = group([
    rect(-15, -h * 0.3, 30, h * 0.8, 15, { fill: roundLight(hex) }),
    rect(-15, -h * 0.3, 30, h * 0.8, 15, { fill: grainTexture(hex, head, 90) }),
    circle(0, h * 0.44, 7, { fill: shade(hex, 0.5) }),
  ]);
  const spoonShape = (k: number) =>
    `M-17 ${-h * 0.26}C${-62 * k} ${-h * 0.32} ${-64 * k} ${-h * 0.5} 0 ${-h * 0.5}C${64 * k} ${-h * 0.5} ${62 * k} ${-h * 0.32} 17 ${-h * 0.26}Z`;
  const fill = linearGradient(
    [
      [0, tint(hex, 0.3)],
      [0.5, hex],
      [1, shade(hex, 0.2)],
    ],
    40,
  );
  const flat = `M-17 ${-h * 0.24}C-60 ${-h * 0.3} -58 ${-h * 0.4} -54 ${-h * 0.5}L54 ${-h * 0.47}C58 ${-h * 0.4} 56 ${-h * 0.3} 17 ${-h * 0.24}Z`;
  const heads: Record<Head, Art> = {
    spoon: group([
      path(spoonShape(1), { fill }),
      ellipse(0, -h * 0.4, 36, h * 0.07, {
        fill: linearGradient(
          [
            [0, shade(hex, 0.3)],
            [1, tint(hex, 0.1)],
          ],
          50,
        ),
      }),
    ]),
    slotted: group([
      path(spoonShape(1.04), { fill }),
      ...[-20, 0, 20].map((x) => rect(x - 5, -h * 0.46, 10, h * 0.12, 5, { fill: shade(hex, 0.55) })),
    ]),
    spatula: group([path(flat, { fill }), path(flat, { fill: grainTexture(hex, "flat", 90) })]),
    ladle: group([
      path(spoonShape(1.3), { fill }),
      ellipse(0, -h * 0.41, 60, h * 0.078, {
        fill: linearGradient(
          [
            [0, shade(hex, 0.42)],
            [1, hex],
          ],
          50,
        ),
      }),
    ]),
    whisk: group(
      [-1, -0.6, -0.2, 0.2, 0.6, 1].map((k) =>
        line(`M0 ${-h * 0.24}C${70 * k} ${-h * 0.36} ${60 * k} ${-h * 0.52} 0 ${-h * 0.52}`, STEEL, 6),
      ),
    ),
  };
  return group([stick, heads[head]]);
}

export const utensils: Kind<"utensils"> = {
  heightCm: () => 30,
  poses: [],
  draw({ heads, width: w, height: h, accent }, { hex }) {
    const count = heads.length;
    const gap = w / count;
    const tools = heads.map((head, n) =>
      withDropShadow(
        move(
          turn(utensil(head, h, n % 2 ? tint(hex, 0.14) : hex), (n - (count - 1) / 2) * 3.4),
          (n - (count - 1) / 2) * gap,
          ((n * 5) % 3) * 14,
        ),
        9,
        0.22,
      ),
    );
    const cord = group([
      tube(
        `M${-w * 0.42} ${h * 0.3}C${-w * 0.2} ${h * 0.36} ${w * 0.2} ${h * 0.36} ${w * 0.42} ${h * 0.3}`,
        9,
        hexOf(accent),
      ),
    ]);
    return { art: group([...tools, cord]), stance: "lies", focus: [-gap * 0.5, -h * 0.36] };
  },
};

export const cutlery: Kind<"cutlery"> = {
  heightCm: () => 21,
  poses: ["above"],
  draw({ style, pieces, width: w, height: h, accent }, { hex, pose }) {
    const grip = style === "handled" ? hexOf(accent) : hex;
    const metal = metalPlane(hex, 10);
    const stem = (wide: number) =>
      path(`M-7 ${-h * 0.2}L7 ${-h * 0.2}L${wide} ${h * 0.46}Q0 ${h * 0.52} ${-wide} ${h * 0.46}Z`, {
        fill: style === "handled" ? roundLight(grip) : metal,
      });
    const fork = group([
      stem(15),
      path(
        `M-32 ${-h * 0.48}L-32 ${-h * 0.3}Q-30 ${-h * 0.2} -7 ${-h * 0.17}L7 ${-h * 0.17}Q30 ${-h * 0.2} 32 ${-h * 0.3}L32 ${-h * 0.48}L23 ${-h * 0.48}L21 ${-h * 0.32}L15 ${-h * 0.32}L14 ${-h * 0.48}L4 ${-h * 0.48}L4 ${-h * 0.32}L-4 ${-h * 0.32}L-4 ${-h * 0.48}L-14 ${-h * 0.48}L-15 ${-h * 0.32}L-21 ${-h * 0.32}L-23 ${-h * 0.48}Z`,
        { fill: metal },
      ),
    ]);
    const blade = group([
      path(`M-9 ${-h * 0.04}L-12 ${h * 0.46}Q0 ${h * 0.52} 13 ${h * 0.46}L11 ${-h * 0.04}Z`, {
        fill: style === "handled" ? roundLight(grip) : metal,
      }),
      path(`M-10 0L-12 ${-h * 0.44}C-8 ${-h * 0.52} 26 ${-h * 0.44} 26 ${-h * 0.2}L12 0Z`, { fill: metal }),
    ]);
    const spoon = (k: number) =>
      group([
        stem(15 * k),
        ellipse(0, -h * 0.34, 36 * k, h * 0.14, { fill: metal }),
        ellipse(2, -h * 0.33, 25 * k, h * 0.105, {
          fill: linearGradient(
            [
              [0, shade(hex, 0.32)],
              [1, tint(hex, 0.4)],
            ],
            50,
          ),
        }),
      ]);
    const small = (art: Art, k: number) => ({
      ...group([art]),
      attributes: { transform: `translate(0 ${(h * 0.5 * (1 - k)).toFixed(1)}) scale(${k})` },
      box: { left: art.box.left * k, right: art.box.right * k, top: -h * 0.5 * k + h * 0.5 * (1 - k), bottom: h * 0.5 },
    });
    const all = [fork, blade, spoon(1), small(spoon(0.95), 0.72), small(fork, 0.8)].slice(0, pieces);
    const gap = w / pieces;
    const row = all.map((art, n) => withDropShadow(move(art, (n - (pieces - 1) / 2) * gap, 0), 8, 0.26));
    if (pose !== "above") return { art: group(row), stance: "lies", focus: [-gap, -h * 0.3] };
    const plate = group([
      circle(0, 0, 250, {
        fill: linearGradient(
          [
            [0, "#fffdf8"],
            [1, "#dcd5c6"],
          ],
          50,
        ),
      }),
      circle(0, 0, 178, {
        fill: linearGradient(
          [
            [0, "#dfd8ca"],
            [1, "#fdfbf5"],
          ],
          50,
        ),
      }),
    ]);
    const place = [
      move(fork, -320, 0),
      move(small(fork, 0.8), -400, 0),
      move(blade, 320, 0),
      move(spoon(1), 400, 0),
      centred(turn(small(spoon(0.95), 0.72), 90), 0, -340),
    ].slice(0, pieces);
    return {
      art: group([withDropShadow(plate, 12, 0.3), ...place.map((art) => withDropShadow(art, 7, 0.26))]),
      stance: "lies",
    };
  },
};

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
