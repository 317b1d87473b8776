import { bar, tube } from "../blocks.ts";
import { cloth, crease } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { polygon } from "../curves.ts";
import { linearGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, clip, ellipse, group, line, path } from "../svg.ts";

const guyLine = (x1: number, y1: number, x2: number): Art =>
  group([line(`M${x1} ${y1}L${x2} 0`, alpha("#7b7264", 0.8), 3), line(`M${x2 - 5} -16L${x2 + 3} 4`, "#a55f3a", 6)]);

export const tent: Kind<"tent"> = {
  heightCm: ({ form }) => (form === "teepee" ? 150 : 115),
  poses: ["open"],
  draw({ form, width: w, height: h, accent }, { hex, pose }) {
    const open = pose === "open";
    const second = hexOf(accent);
    if (form === "teepee") return teepee(w, h, hex, second, open);
    const r = w / 2;
    const skin = (d: string, tone: string, degrees = 60) =>
      group([
        path(d, {
          fill: linearGradient(
            [
              [0, tint(tone, 0.34)],
              [0.5, tone],
              [1, shade(tone, 0.22)],
            ],
            degrees,
          ),
        }),
        path(d, { stroke: alpha(shade(tone, 0.5), 0.4), width: 3 }),
      ]);
    const dome = form === "dome";
    const outer = dome
      ? `M${-r} 0C${-r * 0.86} ${-h * 1.06} ${-r * 0.34} ${-h} 0 ${-h}C${r * 0.34} ${-h} ${r * 0.86} ${-h * 1.06} ${r} 0Z`
      : `M${-r * 0.3} 0C${-r * 0.3} ${-h * 1.2} ${r * 0.2} ${-h * 1.02} ${r * 0.3} ${-h * 0.94}C${r * 0.7} ${-h * 0.86} ${r * 0.96} ${-h * 0.5} ${r} 0Z`;
    const front = dome
      ? `M${-r * 0.66} 0C${-r * 0.5} ${-h * 0.8} ${-r * 0.2} ${-h} 0 ${-h}C${r * 0.2} ${-h} ${r * 0.44} ${-h * 0.76} ${r * 0.52} 0Z`
      : `M${-r} 0C${-r} ${-h * 1.34} ${r * 0.06} ${-h * 1.34} ${r * 0.06} 0Z`;
    const cx = dome ? -r * 0.06 : -r * 0.47;
    const half = dome ? r * 0.36 : r * 0.36;
    const door = `M${cx - half} 0C${cx - half * 0.8} ${-h * 0.8} ${cx - half * 0.2} ${-h * 0.78} ${cx} ${-h * 0.78}C${cx + half * 0.2} ${-h * 0.78} ${cx + half * 0.8} ${-h * 0.8} ${cx + half} 0Z`;
    const inside = group([
      path(door, {
        fill: linearGradient(
          [
            [0, "#4a3b2c"],
            [0.7, "#8c7049"],
            [1, "#b79562"],
          ],
          90,
        ),
      }),
      clip(path(door, { fill: "#000" }), [
        ellipse(cx, -14, half * 0.9, 34, { fill: "#5f8fae" }),
        ellipse(cx - half * 0.3, -34, half * 0.3, 22, { fill: "#f1ece2" }),
      ]),
      path(
        `M${cx + half} 0C${cx + half * 0.8} ${-h * 0.8} ${cx + half * 0.2} ${-h * 0.78} ${cx} ${-h * 0.78}C${cx + half * 0.5} ${-h * 0.56} ${cx + half * 0.9} ${-h * 0.3} ${cx + half * 1.24} 0Z`,
        {
          fill: linearGradient(
            [
              [0, tint(hex, 0.4)],
              [1, shade(hex, 0.06)],
            ],
            20,
          ),
        },
      ),
    ]);
    const closed = group([
      path(door, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.14)],
            [1, shade(hex, 0.14)],
          ],
          30,
        ),
      }),
      line(`M${cx} ${-h * 0.78}L${cx} 0`, second, 7),
      line(door.replace("Z", ""), second, 6),
    ]);
    const hoops = dome
      ? group([
          tube(front.replace("Z", ""), 9, second),
          line(
            `M${-r * 0.82} ${-h * 0.4}C${-r * 0.5} ${-h * 0.86} ${-r * 0.1} ${-h} 0 ${-h}`,
            alpha(shade(hex, 0.5), 0.35),
            5,
          ),
        ])
      : group([
          tube(front.replace("Z", ""), 9, second),
          line(
            `M${r * 0.3} ${-h * 0.94}C${r * 0.54} ${-h * 0.8} ${r * 0.58} ${-h * 0.4} ${r * 0.56} 0`,
            alpha(shade(hex, 0.5), 0.5),
            7,
          ),
        ]);
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.98]],
      focus: [cx, -h * 0.6],
      art: group([
        guyLine(r * 0.7, -h * 0.6, r * 1.14),
        guyLine(-r * 0.7, -h * 0.6, -r * 1.14),
        skin(outer, shade(hex, 0.1), 30),
        skin(front, hex),
        hoops,
        open ? inside : closed,
      ]),
    };
  },
};

function teepee(w: number, h: number, hex: string, wood: string, open: boolean): Piece {
  const r = w / 2;
  const apex = -h * 0.84;
  const fabric = { hex, weave: "plain" as const, accent: wood };
  const pole = (x: number, tip: number) => bar([x, 0], [tip, -h], 17, wood);
  return {
    stance: "stands",
    feet: [
      [-r, 0, 20],
      [r, 0, 20],
      [0, -6, r * 0.94],
    ],
    focus: [0, apex + 40],
    art: group([
      pole(-r * 0.3, r * 0.18),
      pole(r * 0.32, -r * 0.2),
      path(
        polygon([
          [0, apex],
          [-r * 0.9, -24],
          [r * 0.9, -24],
        ]),
        { fill: shade(hex, 0.36) },
      ),
      open &&
        group([
          ellipse(0, -34, r * 0.62, 34, {
            fill: linearGradient([
              [0, "#e8bfb0"],
              [1, "#c99c8b"],
            ]),
          }),
          ellipse(-r * 0.2, -66, r * 0.24, 40, { fill: roundLight("#dfa23c") }),
          ellipse(r * 0.22, -60, r * 0.22, 36, { fill: roundLight("#5f8fae") }),
        ]),
      cloth(
        polygon([
          [-r * 0.06, apex],
          [-r * 0.98, -10],
          [open ? -r * 0.5 : -r * 0.02, -10],
          [0, apex + (open ? 90 : 40)],
        ]),
        fabric,
        [
          crease(
            [
              [-r * 0.2, apex + 140],
              [-r * 0.5, -60],
            ],
            hex,
            16,
          ),
        ],
      ),
      cloth(
        polygon([
          [r * 0.06, apex],
          [r * 0.98, -10],
          [open ? r * 0.5 : r * 0.02, -10],
          [0, apex + (open ? 90 : 40)],
        ]),
        { ...fabric, hex: shade(hex, 0.1) },
        [
          crease(
            [
              [r * 0.2, apex + 140],
              [r * 0.5, -60],
            ],
            hex,
            16,
          ),
        ],
      ),
      open && group([-1, 1].map((k) => circle(k * r * 0.31, -h * 0.34, 12, { fill: wood }))),
      pole(-r, r * 0.12),
      pole(r, -r * 0.12),
      path(`M${-r * 0.2} ${apex + 6}L${r * 0.2} ${apex + 6}L${r * 0.14} ${apex - 30}L${-r * 0.14} ${apex - 30}Z`, {
        fill: tint(hex, 0.2),
      }),
      ...[-0.62, -0.36, -0.1, 0.16, 0.42, 0.68].map((k, n) =>
        path(
          polygon([
            [r * k - 18, apex + 250 + Math.abs(k) * 80 - 30],
            [r * k + 18, apex + 250 + Math.abs(k) * 80 - 30],
            [r * k, apex + 250 + Math.abs(k) * 80 + 14],
          ]),
          { fill: ["#c8704a", "#dfa23c", "#5f8fae"][n % 3], opacity: open ? 0 : 1 },
        ),
      ),
    ]),
  };
}
