import { bar, frontBox, leg, tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { linearGradient, metalPlane, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { type Art, ellipse, group, line, rect } from "../svg.ts";
import { disc } from "../turned.ts";
import { riserAngle, roundTop, stuffOf } from "./carpentry.ts";

export const table: Kind<"table"> = {
  heightCm: ({ top, height }) => (top === "tray" ? 50 : height > 300 ? 45 : 12),
  poses: ["angle"],
  draw({ top, legs, width: w, height: h, accent }, { hex, pose }) {
    const r = w / 2;
    const second = hexOf(accent);
    if (pose === "angle") return riserAngle(w, h, hex, second);
    if (top === "rectangle") {
      const thick = Math.min(44, h * 0.22);
      const slab = (x: number) =>
        group([frontBox(x, -h + thick, w * 0.06, h - thick, 1, shade(hex, 0.12), stuffOf(hex))]);
      const straight = (x: number) => leg([x, -h + thick], [x, 0], 30, 24, second);
      return {
        stance: "stands",
        feet: [
          [-r * 0.82, 0, w * 0.05],
          [r * 0.82, 0, w * 0.05],
        ],
        focus: [-r * 0.6, -h],
        art: group([
          legs === "slab" && rect(-r * 0.86, -h * 0.42, w * 0.86, 30, 4, { fill: roundLight(second) }),
          ...(legs === "slab" ? [slab(-r * 0.9), slab(r * 0.9 - w * 0.06)] : [straight(-r * 0.88), straight(r * 0.88)]),
          legs === "straight" &&
            rect(-r * 0.5, -58, w * 0.5, 44, 5, {
              fill: linearGradient([
                [0, "#f8f3e6"],
                [1, "#dcd3bf"],
              ]),
            }),
          legs === "straight" &&
            group([
              rect(-r * 0.46, -78, w * 0.42, 20, 3, { fill: "#5f8fae" }),
              rect(-r * 0.4, -96, w * 0.36, 18, 3, { fill: "#c8704a" }),
            ]),
          frontBox(-r, -h, w, thick, Math.min(90, w * 0.12), hex, stuffOf(hex)),
        ]),
      };
    }
    const tilt = 0.2;
    const rim = group([
      disc(r, -h * 0.94, h * 0.07, { hex, surface: "matte" }, tilt),
      ellipse(0, -h * 0.94, r * 0.95, r * 0.95 * tilt, {
        fill: linearGradient(
          [
            [0, shade(hex, 0.3)],
            [0.3, shade(hex, 0.06)],
            [1, tint(hex, 0.26)],
          ],
          50,
        ),
      }),
      ellipse(0, -h * 0.94, r, r * tilt, { stroke: alpha(tint(hex, 0.7), 0.8), width: 4 }),
    ]);
    const feet: [number, number][] = [
      [0.1, -60],
      [-0.84, 0],
      [0.86, -6],
    ];
    return {
      stance: "stands",
      feet: feet.map(([x, y]) => [r * x, y, 24] as const),
      focus: [-r * 0.5, -h * 0.94],
      art: group([
        ...feet.map(([x, y], n) =>
          leg(
            [r * x * (legs === "splayed" ? 0.5 : 0.95), -h * 0.88],
            [r * x, y],
            34,
            22,
            n === 0 ? shade(second, 0.22) : second,
          ),
        ),
        top === "tray" ? rim : roundTop(r, -h, 34, hex),
        top === "tray" &&
          tube(
            `M${-r * 0.5} ${-h * 0.94 - r * 0.17}C${-r * 0.4} ${-h * 1.1} ${r * 0.4} ${-h * 1.1} ${r * 0.5} ${-h * 0.94 - r * 0.17}`,
            15,
            second,
          ),
      ]),
    };
  },
};

const books = (x: number, y: number, k: number, tones: readonly string[]): Art => {
  let left = x;
  return group(
    tones.map((tone, n) => {
      const [bw, bh] = [(20 + ((n * 13) % 14)) * k, (104 + ((n * 29) % 40)) * k];
      const art = group([
        rect(left, y - bh, bw, bh, 3, { fill: roundLight(tone, 0.2) }),
        line(
          `M${left + 3} ${y - bh * 0.82}L${left + bw - 3} ${y - bh * 0.82}M${left + 3} ${y - bh * 0.2}L${left + bw - 3} ${y - bh * 0.2}`,
          alpha(tint(tone, 0.8), 0.6),
          3,
          { cap: "butt" },
        ),
      ]);
      left += bw + 2;
      return art;
    }),
  );
};

export const shelf: Kind<"shelf"> = {
  heightCm: ({ style }) => (style === "wall" ? 42 : style === "pegs" ? 20 : 172),
  poses: [],
  draw({ style, boards, width: w, height: h }, { hex }) {
    const r = w / 2;
    const stuff = stuffOf(hex);
    if (style === "wall" || style === "pegs") {
      const gap = boards > 1 ? (h - 34) / (boards - 1) : 0;
      const rows = Array.from({ length: boards }, (_, n) => -n * gap);
      return {
        stance: "hangs",
        focus: [-r * 0.7, -h * 0.2],
        art: group([
          ...[-0.7, 0.7].map((x) => rect(r * x - 9, -h, 18, h, 5, { fill: metalPlane("#6a6764", 90) })),
          style === "pegs"
            ? group([-0.7, -0.35, 0, 0.35, 0.7].map((x) => bar([r * x, -10], [r * x + 12, 44], 22, hex)))
            : books(-r * 0.5, -34, 1.1, ["#c8704a", "#f1ece2", "#5f8fae", "#2f5646", "#dfa23c"]),
          style === "wall" &&
            boards > 1 &&
            group([
              ellipse(r * 0.5, -gap - 34 - 46, 44, 46, { fill: roundLight("#e8bfb0") }),
              rect(r * 0.5 - 14, -gap - 154, 28, 46, 6, { fill: roundLight("#e8bfb0") }),
              books(-r * 0.64, -gap - 34, 0.8, ["#41464a", "#a9b797", "#c9922b"]),
            ]),
          ...rows.map((y) => frontBox(-r, y - 30, w, 30, 16, hex, stuff)),
        ]),
      };
    }
    const lean = style === "ladder" ? 0.16 : 0;
    const rail = (side: number) => leg([side * r * (0.86 - lean), -h], [side * r * 0.94, 0], 26, 28, hex);
    const things = ["#5f8fae", "#c8704a", "#f1d98b", "#2f5646", "#e8bfb0"];
    const levels = Array.from({ length: boards }, (_, n) => {
      const k = (n + 0.42) / (boards + 0.1);
      const half = r * (0.94 - lean * k) * 0.98;
      const y = -h * k;
      const props =
        n % 2 === 0
          ? books(-half * 0.7, y - 22, 0.72, things.slice(n % 3, (n % 3) + 3))
          : group([
              ellipse(half * 0.3, y - 22 - 30, 34, 30, { fill: roundLight(things[n] ?? "#f1ece2") }),
              rect(half * 0.3 - 9, y - 106, 18, 34, 5, { fill: roundLight(things[n] ?? "#f1ece2") }),
            ]);
      return group([props, frontBox(-half, y - 22, half * 2, 24, 26 * (1 - k * 0.5), hex, stuff)]);
    });
    return {
      stance: "stands",
      feet: [
        [-r * 0.94, 0, 24],
        [r * 0.94, 0, 24],
      ],
      focus: [-r * 0.5, -h * 0.3],
      art: group([rail(-1), rail(1), ...levels]),
    };
  },
};
