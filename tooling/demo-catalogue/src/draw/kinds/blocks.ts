import { panel } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { ballLight, linearGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { circle, ellipse, group, line, mirror, move, path, rect, text, turn } from "../svg.ts";
import { turned } from "../turned.ts";

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
