import type { Drawing } from "../../drawing-kinds.ts";
import { panel } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { ballLight, linearGradient, metalLight, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, line, mirror, move, path, rect, text, turn } from "../svg.ts";
import { grainTexture } from "../textures.ts";
import { disc, rod, turned } from "../turned.ts";

/** The colours of a painted toy: its own, its second, and a few that go with both. */
const toyTones = (hex: string, accent: string): string[] => [
  hex,
  accent,
  mix(hex, "#f3e3c0", 0.5),
  "#dfa23c",
  "#c8704a",
  "#7f9a80",
  "#5f8fae",
  shade(hex, 0.18),
];

const wheel = (x: number, y: number, r: number, hex: string): Art =>
  group([
    circle(x + 4, y, r, { fill: shade(hex, 0.4) }),
    circle(x, y, r, {
      fill: linearGradient(
        [
          [0, tint(hex, 0.3)],
          [1, shade(hex, 0.14)],
        ],
        50,
      ),
    }),
    circle(x, y, r, { fill: grainTexture(hex, "wheel", 30) }),
    circle(x, y, r * 0.3, { fill: "#f4ead2" }),
    circle(x, y, r * 0.12, { fill: "#8a6a44" }),
  ]);

function cubes(count: number, w: number, tones: string[], flip: boolean): Piece {
  const size = w / 3.05;
  const letters = ["A", "B", "C", "1", "2", "3", "D", "E", "F"];
  const rows: number[] = [];
  for (let left = count, row = 3; left > 0; left -= rows.at(-1) ?? 1, row = Math.max(1, row - 1))
    rows.push(Math.min(row, left));
  let index = 0;
  const art = rows.flatMap((inRow, level) =>
    Array.from({ length: inRow }, (_, n) => {
      const tone = tones[(index * (flip ? 3 : 1)) % tones.length] ?? "#dfa23c";
      const letter = letters[(flip ? 8 - index : index) % 9] ?? "A";
      index += 1;
      const x = (n - (inRow - 1) / 2) * (size * 1.03) * (flip ? -1 : 1);
      const y = -level * size;
      const depth = size * 0.24;
      return group([
        path(
          `M${x - size / 2 + depth * 0.5} ${y - size - depth}L${x + size / 2 + depth * 0.5} ${y - size - depth}L${x + size / 2} ${y - size}L${x - size / 2} ${y - size}Z`,
          { fill: tint(tone, 0.35) },
        ),
        path(
          `M${x + size / 2} ${y - size}L${x + size / 2 + depth * 0.5} ${y - size - depth}L${x + size / 2 + depth * 0.5} ${y - depth}L${x + size / 2} ${y}Z`,
          { fill: shade(tone, 0.26) },
        ),
        panel(x - size / 2, y - size, size, size, 14, tone, "wood"),
        rect(x - size * 0.36, y - size * 0.86, size * 0.72, size * 0.72, 10, {
          stroke: alpha("#fff7e4", 0.7),
          width: 5,
        }),
        text(x, y - size * 0.34, size * 0.46, letter, "#fff7e4"),
      ]);
    }),
  );
  return { art: group(art), stance: "stands", feet: [[0, 0, w * 0.48]] };
}

function mixedBlocks(count: number, w: number, h: number, tones: string[], flip: boolean): Piece {
  const u = w / 6;
  const t = (n: number) => tones[n % tones.length] ?? "#dfa23c";
  const arch = (x: number, y: number, tone: string) =>
    group([
      path(
        `M${x} ${y}L${x} ${y - u}L${x + 2 * u} ${y - u}L${x + 2 * u} ${y}L${x + 1.55 * u} ${y}C${x + 1.55 * u} ${y - 0.72 * u} ${x + 0.45 * u} ${y - 0.72 * u} ${x + 0.45 * u} ${y}Z`,
        {
          fill: linearGradient(
            [
              [0, tint(tone, 0.25)],
              [1, shade(tone, 0.14)],
            ],
            40,
          ),
        },
      ),
      line(`M${x + 3} ${y - u + 3}L${x + 2 * u - 3} ${y - u + 3}`, alpha("#ffffff", 0.4), 4),
    ]);
  const roof = (x: number, y: number, wide: number, tone: string) =>
    path(`M${x} ${y}L${x + wide / 2} ${y - u * 0.95}L${x + wide} ${y}Z`, {
      fill: linearGradient(
        [
          [0, tint(tone, 0.3)],
          [1, shade(tone, 0.2)],
        ],
        30,
      ),
    });
  const block = (x: number, y: number, wide: number, tall: number, tone: string) =>
    panel(x, y - tall, wide, tall, 7, tone, "wood");
  const pillar = (x: number, y: number, tall: number, tone: string) =>
    group([
      rect(x, y - tall, u * 0.6, tall, 5, { fill: roundLight(tone) }),
      ellipse(x + u * 0.3, y - tall, u * 0.3, u * 0.07, { fill: tint(tone, 0.4) }),
    ]);
  const parts = [
    block(-3 * u, 0, u, u * 2, t(0)),
    block(2 * u, 0, u, u * 2, t(1)),
    arch(-u, 0, t(4)),
    block(-2 * u, 0, u, u, t(2)),
    block(u, 0, u, u, t(3)),
    block(-2 * u, -u, 4 * u, u * 0.5, t(1)),
    pillar(-1.4 * u, -1.5 * u, u, t(6)),
    pillar(0.8 * u, -1.5 * u, u, t(0)),
    roof(-3.1 * u, -2 * u, 1.2 * u, t(4)),
    roof(1.9 * u, -2 * u, 1.2 * u, t(6)),
    block(-1.5 * u, -2.5 * u, 3 * u, u * 0.4, t(3)),
    roof(-u, -2.9 * u, 2 * u, t(4)),
    circle(2.5 * u, -3.1 * u, u * 0.25, { fill: ballLight(t(3)) }),
  ];
  const art = group(parts.slice(0, Math.max(6, count + 4)));
  return {
    art: flip
      ? group([
          mirror(art),
          move(block(0, 0, u * 0.9, u * 0.9, t(3)), 3.3 * u, 26),
          move(circle(0, -u * 0.3, u * 0.3, { fill: ballLight(t(4)) }), -3.4 * u, 30),
        ])
      : art,
    stance: "stands",
    feet: [[0, 0, w * (h > 0 ? 0.5 : 0.4)]],
  };
}

function planks(count: number, w: number, h: number, hex: string, accent: string, flip: boolean): Piece {
  const levels = Math.ceil(count / 2);
  const thick = h / levels;
  const parts = Array.from({ length: levels }, (_, n) => {
    const y = -thick * n;
    const tone = n % 3 === 2 ? accent : n % 2 ? tint(hex, 0.1) : hex;
    if (n % 2 === (flip ? 1 : 0))
      return group([panel(-w * 0.5 + n * 6, y - thick, w - n * 12, thick - 2, 4, tone, "wood")]);
    return group(
      [-0.42, 0, 0.42].map((k) =>
        group([panel(w * k * (1 - n * 0.02) - 40, y - thick, 80, thick - 2, 4, shade(tone, 0.05), "wood")]),
      ),
    );
  });
  const lean = move(
    turn(rect(-14, -h * 0.42, 28, h * 0.42, 4, { fill: roundLight(accent) }), flip ? -20 : 22),
    flip ? -w * 0.68 : w * 0.66,
    0,
  );
  return { art: group([...parts, lean]), stance: "stands", feet: [[0, 0, w * 0.5]] };
}

function tops(count: number, w: number, h: number, tones: string[], above: boolean): Piece {
  const r = w / (count * 2.05);
  if (above) {
    const plan = (tone: string, second: string) =>
      group([
        circle(8, 14, r * 1.5, { fill: alpha("#3a2c20", 0.22) }),
        ...[1.5, 1.26, 1.02, 0.78, 0.54].map((k, n) =>
          circle(0, 0, r * k, {
            fill:
              n % 2
                ? second
                : linearGradient(
                    [
                      [0, tint(tone, 0.25)],
                      [1, shade(tone, 0.12)],
                    ],
                    50,
                  ),
          }),
        ),
        circle(0, 0, r * 0.26, { fill: ballLight("#e3c496") }),
      ]);
    return {
      stance: "lies",
      art: group([
        move(plan(tones[0] ?? "", tones[1] ?? ""), -r * 1.2, -r * 1.1),
        count > 1 && move(plan(tones[4] ?? "", "#f4ead2"), r * 1.8, -r * 0.4),
        count > 2 && move(plan(tones[6] ?? "", "#f4ead2"), -r * 0.2, r * 1.9),
      ]),
    };
  }
  const one = (tone: string, second: string, lean: number) =>
    turn(
      group([
        turned(
          [
            [10, -h],
            [15, -h * 0.97],
            [10, -h * 0.6],
          ],
          { hex: "#d7a878", surface: "wood" },
        ),
        turned(
          [
            [r * 0.3, -h * 0.66],
            [r * 0.94, -h * 0.56],
            [r, -h * 0.46],
            [r * 0.6, -h * 0.2],
            [6, 0],
          ],
          { hex: tone, surface: "glazed" },
        ),
        ellipse(0, -h * 0.58, r * 0.82, r * 0.13, { stroke: second, width: 9 }),
      ]),
      lean,
    );
  return {
    stance: "stands",
    feet: Array.from({ length: count }, (_, n) => [(n - (count - 1) / 2) * r * 2.1, 0, r * 0.4] as const),
    art: group(
      Array.from({ length: count }, (_, n) =>
        move(
          one(tones[[0, 4, 6, 3][n] ?? 0] ?? "", n === 0 ? (tones[1] ?? "") : "#f4ead2", [-8, 6, -14, 4][n] ?? 0),
          (n - (count - 1) / 2) * r * 2.1,
          0,
        ),
      ),
    ),
  };
}

export const blocks: Kind<"blocks"> = {
  heightCm: ({ shape }) => ({ cubes: 12, mixed: 22, planks: 24, tops: 7 })[shape],
  poses: ["angle", "above"],
  draw({ shape, count, width: w, height: h, accent }, { hex, pose }) {
    const tones = toyTones(hex, hexOf(accent));
    const flip = pose === "angle";
    if (shape === "cubes") return cubes(count, w, tones, flip);
    if (shape === "mixed") return mixedBlocks(count, w, h, tones, flip);
    return shape === "planks"
      ? planks(count, w, h, hex, hexOf(accent), flip)
      : tops(Math.min(count, 4), w, h, tones, pose === "above");
  },
};

export const stacker: Kind<"stacker"> = {
  heightCm: ({ form }) => ({ rings: 20, rainbow: 17, bars: 5 })[form],
  poses: ["angle", "above"],
  draw(drawing, { hex, pose }) {
    const { form, count, width: w, height: h, accent } = drawing;
    const second = hexOf(accent);
    if (form === "rings") return ringStacker(drawing, hex, second, pose === "angle");
    if (form === "bars") return xylophone(drawing, hex, second, pose === "above");
    const tones = Array.from({ length: count }, (_, n) => mix(hex, second, n / Math.max(1, count - 1))).map(
      (tone, n) => (n % 2 ? tint(tone, 0.1) : tone),
    );
    const step = w / 2 / (count + 1.1);
    const archAt = (n: number, dx: number, k: number): Art => {
      const [ro, ri] = [w / 2 - n * step, w / 2 - (n + 0.94) * step];
      const hy = h / (w / 2);
      const d = `M${-ro} 0C${-ro} ${-ro * hy * 1.33} ${ro} ${-ro * hy * 1.33} ${ro} 0L${ri} 0C${ri} ${-ri * hy * 1.33} ${-ri} ${-ri * hy * 1.33} ${-ri} 0Z`;
      const tone = tones[n] ?? hex;
      return move(
        group([
          path(d, {
            fill: linearGradient(
              [
                [0, tint(tone, 0.3)],
                [0.5, tone],
                [1, shade(tone, 0.22)],
              ],
              40,
            ),
          }),
          path(d, { fill: grainTexture(tone, "arc") }),
          path(d, { stroke: alpha(shade(tone, 0.5), 0.25), width: 2 }),
        ]),
        dx,
        k,
      );
    };
    const indices = Array.from({ length: count }, (_, n) => n);
    if (pose === "angle") {
      const outer = indices.filter((n) => n % 2 === 0).map((n) => archAt(n, -w * 0.16, 0));
      const inner = indices.filter((n) => n % 2 === 1).map((n) => archAt(n, w * 0.26, 40));
      return {
        art: group([...outer, ...inner]),
        stance: "stands",
        feet: [
          [-w * 0.16, 0, w * 0.5],
          [w * 0.26, 40, w * 0.42],
        ],
      };
    }
    return {
      art: group(indices.map((n) => archAt(n, 0, 0))),
      stance: "stands",
      feet: [[0, 0, w * 0.49]],
      focus: [-w * 0.3, -h * 0.6],
    };
  },
};

function ringStacker(
  { count, width: w, height: h }: Drawing<"stacker">,
  hex: string,
  second: string,
  apart: boolean,
): Piece {
  const thick = (h * 0.72) / count;
  const tones = Array.from(
    { length: count },
    (_, n) =>
      [hex, second, mix(hex, "#dfa23c", 0.6), tint(hex, 0.3), mix(hex, "#c8704a", 0.6), shade(hex, 0.16)][n % 6] ?? hex,
  );
  const ringOf = (n: number): Art =>
    turned(
      [
        [(w / 2) * (0.9 - n * 0.09), -thick],
        [(w / 2) * (0.98 - n * 0.09), -thick * 0.5],
        [(w / 2) * (0.9 - n * 0.09), 0],
      ],
      { hex: tones[n] ?? hex, surface: "glazed" },
    );
  const lie = apart ? 2 : 0;
  const base = group([
    disc(w * 0.44, -26, 26, { hex: "#d7a878", surface: "wood" }),
    rod(15, -h * 0.88, h * 0.84, { hex: "#d7a878", surface: "wood" }),
  ]);
  const stack = Array.from({ length: count - lie }, (_, n) => move(ringOf(n), 0, -30 - thick * n));
  const loose = Array.from({ length: lie }, (_, n) =>
    move(
      turn(
        group([
          ellipse(0, 0, w * 0.19, w * 0.19, { fill: ballLight(tones[count - 1 - n] ?? hex) }),
          circle(0, 0, 22, { fill: shade(tones[count - 1 - n] ?? hex, 0.5) }),
        ]),
        10,
      ),
      (n ? 1 : -1) * w * 0.66,
      -w * 0.17,
    ),
  );
  return {
    stance: "stands",
    feet: apart
      ? [
          [0, 0, w * 0.44],
          [w * 0.66, 0, w * 0.12],
          [-w * 0.66, 0, w * 0.12],
        ]
      : [[0, 0, w * 0.46]],
    art: group([base, ...stack, circle(0, -h * 0.93, w * 0.09, { fill: ballLight(second) }), ...loose]),
  };
}

function xylophone(
  { count, width: w, height: h }: Drawing<"stacker">,
  hex: string,
  second: string,
  above: boolean,
): Piece {
  const tones = ["#d2503f", "#e08a4a", "#dfa23c", "#a3b86f", "#5f8f6f", "#5f8fae", "#4b688c", "#b489a0"];
  const gap = w / count;
  const barHeight = above ? h * 1.5 : h;
  const bars = Array.from({ length: count }, (_, n) => {
    const tall = barHeight * (1 - n * 0.06);
    const x = -w / 2 + n * gap + 6;
    const tone = mix(tones[n % 8] ?? hex, hex, 0.18);
    return group([
      panel(x, -barHeight / 2 - tall / 2, gap - 12, tall, 10, tone, "wood", 90),
      circle(x + gap / 2 - 6, -barHeight / 2 - tall * 0.36, 7, { fill: metalLight("#b9bdbf") }),
      circle(x + gap / 2 - 6, -barHeight / 2 + tall * 0.36, 7, { fill: metalLight("#b9bdbf") }),
    ]);
  });
  const rail = (k: number) =>
    turn(
      rect(-w / 2 - 22, -barHeight / 2 + barHeight * k - 15, w + 44, 30, 10, {
        fill: linearGradient(
          [
            [0, "#e6c494"],
            [1, "#b98a58"],
          ],
          90,
        ),
      }),
      k > 0 ? -2.6 : 2.6,
      0,
      -barHeight / 2,
    );
  const mallet = turn(
    group([
      rect(-w * 0.3, -9, w * 0.6, 18, 9, {
        fill: linearGradient(
          [
            [0, "#ecd0a2"],
            [1, "#b98a58"],
          ],
          90,
        ),
      }),
      circle(w * 0.3, 0, 34, { fill: ballLight(second) }),
    ]),
    above ? -34 : -12,
  );
  return {
    stance: above ? "lies" : "stands",
    feet: [[0, 0, w * 0.5]],
    art: group([
      rail(-0.34),
      rail(0.34),
      ...bars,
      move(mallet, above ? w * 0.04 : w * 0.12, above ? -barHeight * 0.3 : -barHeight * 0.4),
    ]),
  };
}

export const toyVehicle: Kind<"toy-vehicle"> = {
  heightCm: ({ form }) => (form === "train" ? 9 : 11),
  poses: ["angle"],
  draw({ form, wagons, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    const r = h * 0.17;
    if (form !== "train") {
      const seen = car(w, h, hex, second, form === "lorry");
      return pose === "angle" ? fromTheOtherSide(seen, w, h, form === "lorry") : seen;
    }
    const unit = w / (wagons + 1.25);
    const floor = -r * 1.1;
    const engine = group([
      panel(-unit * 0.6, floor - h * 0.12, unit * 1.2, h * 0.14, 8, "#d7a878", "wood"),
      rect(-unit * 0.56, floor - h * 0.48, unit * 0.72, h * 0.38, 22, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.4)],
            [0.4, hex],
            [1, shade(hex, 0.3)],
          ],
          90,
        ),
      }),
      ...[-0.3, -0.06].map((k) => rect(unit * k, floor - h * 0.48, 13, h * 0.38, 2, { fill: second })),
      panel(unit * 0.1, floor - h * 0.72, unit * 0.46, h * 0.62, 8, hex, "wood"),
      rect(unit * 0.19, floor - h * 0.62, unit * 0.28, h * 0.22, 10, { fill: "#f7ecd0" }),
      panel(unit * 0.03, floor - h * 0.8, unit * 0.6, h * 0.1, 10, second, "wood"),
      path(
        `M${-unit * 0.46} ${floor - h * 0.46}L${-unit * 0.42} ${floor - h * 0.66}L${-unit * 0.5} ${floor - h * 0.78}L${-unit * 0.2} ${floor - h * 0.78}L${-unit * 0.28} ${floor - h * 0.66}L${-unit * 0.24} ${floor - h * 0.46}Z`,
        { fill: roundLight(second) },
      ),
      wheel(-unit * 0.36, -r * 0.9, r * 0.9, "#c98d5a"),
      wheel(unit * 0.34, -r * 1.05, r * 1.05, "#c98d5a"),
      wheel(-unit * 0.02, -r * 0.8, r * 0.8, "#c98d5a"),
    ]);
    const wagon = (n: number) =>
      group([
        rect(-unit * 0.62, floor - h * 0.06, 40, 12, 4, { fill: "#5a4632" }),
        panel(-unit * 0.44, floor - h * 0.12, unit * 0.88, h * 0.13, 8, "#d7a878", "wood"),
        n === 0
          ? group(
              [-0.24, 0, 0.24].map((k) =>
                circle(unit * k, floor - h * 0.26, unit * 0.14, {
                  fill: ballLight(["#c8704a", second, "#5f8fae"][Math.round(k * 4 + 1)] ?? second),
                }),
              ),
            )
          : group([
              rect(-unit * 0.34, floor - h * 0.4, unit * 0.3, h * 0.3, 6, { fill: roundLight("#5f8fae") }),
              rect(0, floor - h * 0.34, unit * 0.3, h * 0.24, 6, { fill: roundLight("#c8704a") }),
              path(
                `M${-unit * 0.36} ${floor - h * 0.39}L${-unit * 0.19} ${floor - h * 0.54}L${-unit * 0.02} ${floor - h * 0.39}Z`,
                { fill: second },
              ),
            ]),
        panel(-unit * 0.44, floor - h * 0.22, unit * 0.88, h * 0.12, 8, n ? second : hex, "wood"),
        wheel(-unit * 0.26, -r * 0.8, r * 0.8, "#c98d5a"),
        wheel(unit * 0.26, -r * 0.8, r * 0.8, "#c98d5a"),
      ]);
    const row = group([
      move(engine, -w / 2 + unit * 0.62, 0),
      ...Array.from({ length: wagons }, (_, n) => move(wagon(n), -w / 2 + unit * (1.76 + n * 1.02), 0)),
    ]);
    if (pose !== "angle") return { art: row, stance: "stands", feet: [[0, 0, w * 0.5]] };
    const track = group([
      line(`M${-w * 0.62} 30L${w * 0.62} 30`, "#b98a58", 22),
      line(`M${-w * 0.62} -8L${w * 0.62} -8`, "#c99d67", 16),
      ...Array.from({ length: 11 }, (_, n) =>
        line(`M${-w * 0.58 + n * w * 0.116} -10L${-w * 0.58 + n * w * 0.116 + 14} 34`, "#d7b07c", 20),
      ),
    ]);
    return {
      art: group([
        track,
        mirror(row),
        line(
          `M${w * 0.3} ${-h * 0.9}C${w * 0.38} ${-h * 1.1} ${w * 0.28} ${-h * 1.2} ${w * 0.4} ${-h * 1.3}`,
          alpha("#ffffff", 0.7),
          30,
        ),
      ]),
      stance: "stands",
      feet: [[0, 30, w * 0.62]],
    };
  },
};

/** A car or lorry driving the other way; the lorry has loaded up. */
function fromTheOtherSide(seen: Piece, w: number, h: number, loaded: boolean): Piece {
  const load = [
    ["#5f8fae", 0.1, 0.5],
    ["#c8704a", -0.08, 0.5],
    ["#dfa23c", -0.26, 0.5],
    ["#a9b797", 0.01, 0.86],
    ["#e8bfb0", -0.17, 0.86],
  ] as const;
  const cargo = load.map(([tone, x, y]) =>
    panel(-w * (x + 0.17), -h * (y + 0.36), w * 0.17, h * 0.36, 8, tone, "wood"),
  );
  return { ...seen, art: group([loaded && group(cargo), mirror(seen.art)]) };
}

function car(w: number, h: number, hex: string, second: string, lorry: boolean): Piece {
  const r = h * 0.24;
  const body = lorry
    ? `M${-w / 2} ${-r}L${-w / 2} ${-h}L${-w * 0.2} ${-h}L${-w * 0.16} ${-h * 0.5}L${w / 2} ${-h * 0.5}L${w / 2} ${-r}Z`
    : `M${-w / 2} ${-r}C${-w * 0.52} ${-h * 0.56} ${-w * 0.44} ${-h * 0.6} ${-w * 0.3} ${-h * 0.62}C${-w * 0.2} ${-h * 1.04} ${w * 0.2} ${-h * 1.06} ${w * 0.28} ${-h * 0.64}C${w * 0.46} ${-h * 0.62} ${w * 0.52} ${-h * 0.5} ${w / 2} ${-r}Z`;
  const windows = lorry
    ? rect(-w * 0.42, -h * 0.88, w * 0.16, h * 0.28, 10, { fill: "#f7ecd0" })
    : group([
        path(
          `M${-w * 0.22} ${-h * 0.63}C${-w * 0.16} ${-h * 0.88} ${-w * 0.08} ${-h * 0.9} ${-w * 0.02} ${-h * 0.9}L${-w * 0.02} ${-h * 0.63}Z`,
          { fill: "#e9f0ee" },
        ),
        path(
          `M${w * 0.03} ${-h * 0.9}C${w * 0.12} ${-h * 0.9} ${w * 0.18} ${-h * 0.84} ${w * 0.21} ${-h * 0.63}L${w * 0.03} ${-h * 0.63}Z`,
          { fill: "#d5e0de" },
        ),
      ]);
  return {
    stance: "stands",
    feet: [[0, 0, w * 0.46]],
    focus: [-w * 0.3, -h * 0.3],
    art: group([
      path(body, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.4)],
            [0.4, hex],
            [1, shade(hex, 0.28)],
          ],
          70,
        ),
      }),
      windows,
      path(`M${-w * 0.5} ${-h * 0.42}L${w * 0.5} ${-h * 0.42}L${w * 0.5} ${-h * 0.34}L${-w * 0.5} ${-h * 0.34}Z`, {
        fill: second,
      }),
      !lorry &&
        line(
          `M${-w * 0.28} ${-h * 0.68}C${-w * 0.18} ${-h * 0.98} ${w * 0.08} ${-h} ${w * 0.16} ${-h * 0.9}`,
          alpha("#ffffff", 0.5),
          8,
        ),
      circle(-w * 0.47, -h * 0.5, 15, { fill: "#f7e2a2" }),
      circle(w * 0.02, -h * 0.42, h * 0.13, { fill: "#f7ecd0" }),
      text(w * 0.02, -h * 0.36, h * 0.17, "7", shade(hex, 0.2)),
      wheel(-w * 0.28, -r, r, "#c98d5a"),
      wheel(w * 0.28, -r, r, "#c98d5a"),
    ]),
  };
}
