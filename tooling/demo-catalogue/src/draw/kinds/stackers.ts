import type { Drawing } from "../../drawing-kinds.ts";
import { panel } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { ballLight, linearGradient, metalLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, move, path, rect, turn } from "../svg.ts";
import { grainTexture } from "../textures.ts";
import { disc, rod, turned } from "../turned.ts";

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
