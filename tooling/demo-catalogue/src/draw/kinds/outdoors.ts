import type { Drawing } from "../../drawing-kinds.ts";
import { bar, tube } from "../blocks.ts";
import { cloth, crease, stitches, strap } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { polygon } from "../curves.ts";
import { linearGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import {
  type Art,
  circle,
  clip,
  ellipse,
  group,
  grow,
  line,
  mirror,
  move,
  path,
  rect,
  turn,
  turnedPoint,
} from "../svg.ts";
import { type Profile, ring, turned } from "../turned.ts";

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

export const sleepingBag: Kind<"sleeping-bag"> = {
  heightCm: ({ form }) => (form === "roll" ? 16 : 210),
  poses: ["angle"],
  draw({ form, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    const angle = pose === "angle";
    if (form === "roll") return angle ? unrolledMat(w, hex, second) : rolledMat(w, h, hex, second);
    if (angle) return stuffSack(hex, second);
    const r = w / 2;
    const d = `M0 ${-h}C${r * 0.9} ${-h} ${r * 0.8} ${-h * 0.8} ${r} ${-h * 0.66}C${r * 1.02} ${-h * 0.4} ${r * 0.7} ${-h * 0.16} ${r * 0.6} -30Q${r * 0.5} 0 0 0Q${-r * 0.5} 0 ${-r * 0.6} -30C${-r * 0.7} ${-h * 0.16} ${-r * 1.02} ${-h * 0.4} ${-r} ${-h * 0.66}C${-r * 0.8} ${-h * 0.8} ${-r * 0.9} ${-h} 0 ${-h}Z`;
    const baffles = Array.from({ length: 9 }, (_, n) =>
      crease(
        [
          [-w, -h * (0.7 - n * 0.078)],
          [0, -h * (0.67 - n * 0.078)],
          [w, -h * (0.7 - n * 0.078)],
        ],
        hex,
        14,
      ),
    );
    const hood = `M0 ${-h * 0.95}C${r * 0.56} ${-h * 0.95} ${r * 0.6} ${-h * 0.78} 0 ${-h * 0.76}C${-r * 0.6} ${-h * 0.78} ${-r * 0.56} ${-h * 0.95} 0 ${-h * 0.95}Z`;
    return {
      stance: "lies",
      focus: [0, -h * 0.74],
      art: group([
        cloth(d, { hex, weave: "plain", accent: second, scale: 0.6 }, baffles),
        path(hood, {
          fill: linearGradient(
            [
              [0, shade(second, 0.34)],
              [1, second],
            ],
            80,
          ),
        }),
        path(hood, { stroke: shade(hex, 0.3), width: 9 }),
        line(
          `M${r * 0.16} ${-h * 0.76}C${r * 0.6} ${-h * 0.6} ${r * 0.6} ${-h * 0.36} ${r * 0.44} ${-h * 0.1}`,
          second,
          9,
        ),
        rect(-r * 0.34, -h * 0.14, r * 0.34, 30, 4, { fill: second }),
      ]),
    };
  },
};

const stuffSack = (hex: string, second: string): Piece => ({
  stance: "stands",
  feet: [[0, 0, 190]],
  art: group([
    cloth(
      "M-190 -40C-220 -180 -210 -320 -160 -400Q-80 -440 0 -436Q80 -440 160 -400C210 -320 220 -180 190 -40Q180 0 130 0L-130 0Q-180 0 -190 -40Z",
      { hex, weave: "plain", accent: second, scale: 0.6 },
      [
        crease(
          [
            [-120, -400],
            [-100, -300],
            [-130, -200],
          ],
          hex,
          18,
        ),
        crease(
          [
            [100, -400],
            [90, -280],
            [120, -180],
          ],
          hex,
          18,
        ),
        crease(
          [
            [0, -420],
            [-10, -350],
          ],
          hex,
          16,
        ),
      ],
    ),
    cloth("M-60 -428C-90 -500 -60 -520 0 -516C60 -520 90 -500 60 -428Z", {
      hex: shade(hex, 0.1),
      weave: "plain",
      accent: second,
    }),
    tube("M-70 -432C-30 -414 30 -414 70 -432", 14, second),
    tube("M50 -432C120 -470 150 -400 130 -360", 8, second),
    strap("M-206 -260L206 -260", 30, second),
    strap("M-206 -110L206 -110", 30, second),
    rect(-40, -280, 44, 40, 6, { fill: "#3a3836" }),
    rect(-40, -130, 44, 40, 6, { fill: "#3a3836" }),
  ]),
});

function rolledMat(w: number, h: number, hex: string, second: string): Piece {
  const r = h / 2;
  const x = -w / 2 + r * 0.55;
  const body = `M${x} ${-h}L${w / 2} ${-h}C${w / 2 + r * 0.5} ${-h} ${w / 2 + r * 0.5} 0 ${w / 2} 0L${x} 0Z`;
  const band = (k: number) =>
    group([
      rect(w * k, -h - 4, 34, h + 8, 8, {
        fill: linearGradient(
          [
            [0, tint(second, 0.3)],
            [0.4, second],
            [1, shade(second, 0.36)],
          ],
          90,
        ),
      }),
      rect(w * k - 6, -r - 30, 46, 50, 8, { fill: "#3a3836" }),
    ]);
  return {
    stance: "stands",
    feet: [[20, 0, w * 0.47]],
    art: group([
      path(body, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.12)],
            [0.25, tint(hex, 0.3)],
            [0.6, hex],
            [1, shade(hex, 0.36)],
          ],
          90,
        ),
      }),
      ...[0.16, 0.3, 0.44, 0.58, 0.72, 0.86].map((k) =>
        line(`M${x + 20} ${-h * k}L${w / 2 + 30} ${-h * k}`, alpha(shade(hex, 0.5), 0.18), 5),
      ),
      band(-0.12),
      band(0.26),
      ellipse(x, -r, r * 0.55, r, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.4)],
            [1, shade(hex, 0.04)],
          ],
          60,
        ),
        stroke: shade(hex, 0.2),
        width: 4,
      }),
      line(
        `M${x} ${-r}C${x + r * 0.16} ${-r * 1.3} ${x - r * 0.2} ${-r * 1.4} ${x - r * 0.2} ${-r}C${x - r * 0.2} ${-r * 0.5} ${x + r * 0.32} ${-r * 0.5} ${x + r * 0.32} ${-r}C${x + r * 0.32} ${-r * 1.75} ${x - r * 0.38} ${-r * 1.75} ${x - r * 0.38} ${-r}C${x - r * 0.38} ${-r * 0.3} ${x} ${-r * 0.16} ${x + r * 0.2} ${-r * 0.3}`,
        alpha(shade(hex, 0.5), 0.7),
        7,
      ),
    ]),
  };
}

const unrolledMat = (w: number, hex: string, second: string): Piece => {
  const d = polygon([
    [-w * 0.26, -w * 0.5],
    [w * 0.5, -w * 0.5],
    [w * 0.66, 0],
    [-w * 0.46, 0],
  ]);
  return {
    stance: "stands",
    feet: [[w * 0.08, -10, w * 0.58]],
    art: group([
      path(
        polygon([
          [-w * 0.46, -1],
          [w * 0.66, -1],
          [w * 0.66, 20],
          [-w * 0.46, 20],
        ]),
        { fill: shade(hex, 0.3) },
      ),
      cloth(d, { hex, weave: "waffle", accent: second, scale: 1.6 }),
      cloth(
        `M${-w * 0.31} ${-w * 0.56}L${w * 0.51} ${-w * 0.56}C${w * 0.58} ${-w * 0.56} ${w * 0.58} ${-w * 0.42} ${w * 0.51} ${-w * 0.42}L${-w * 0.31} ${-w * 0.42}C${-w * 0.4} ${-w * 0.42} ${-w * 0.4} ${-w * 0.56} ${-w * 0.31} ${-w * 0.56}Z`,
        { hex: tint(hex, 0.08), weave: "waffle", accent: second, scale: 1.6 },
      ),
      line(`M${-w * 0.41} ${-w * 0.08}L${w * 0.62} ${-w * 0.08}`, second, 10),
    ]),
  };
};

const HEADS: Record<Drawing<"garden-tool">["head"], (w: number, h: number, hex: string) => Art> = {
  trowel: (w, h, hex) => {
    const r = w / 2;
    return group([
      path(
        `M${-r * 0.9} ${-h * 0.36}Q0 ${-h * 0.46} ${r * 0.9} ${-h * 0.36}C${r} ${-h * 0.2} ${r * 0.5} ${-h * 0.04} 0 0C${-r * 0.5} ${-h * 0.04} ${-r} ${-h * 0.2} ${-r * 0.9} ${-h * 0.36}Z`,
        { fill: steelFace(hex) },
      ),
      line(`M0 ${-h * 0.37}C-6 ${-h * 0.2} 0 ${-h * 0.1} 0 -30`, alpha(tint(hex, 0.8), 0.5), 8),
    ]);
  },
  fork: (w, h, hex) =>
    group(
      [-0.38, 0, 0.38].map((k) =>
        tube(`M${w * k * 0.3} ${-h * 0.42}C${w * k * 1.3} ${-h * 0.4} ${w * k * 1.2} ${-h * 0.26} ${w * k} 0`, 22, hex),
      ),
    ),
  rake: (w, h, hex) =>
    group(
      Array.from({ length: 13 }, (_, n) => {
        const k = (n - 6) / 6;
        return tube(
          `M${k * 14} ${-h * 0.36}C${w * 0.3 * k} ${-h * 0.2} ${w * 0.48 * k} ${-h * 0.1} ${w * 0.5 * k} ${-h * 0.02 - Math.abs(k) * h * 0.02}L${w * 0.5 * k} ${h * 0.025 - Math.abs(k) * h * 0.02}`,
          8,
          hex,
        );
      }).concat(line(`M${-w * 0.3} ${-h * 0.165}Q0 ${-h * 0.15} ${w * 0.3} ${-h * 0.165}`, shade(hex, 0.2), 11)),
    ),
  spade: (w, h, hex) =>
    group([
      path(
        `M${-w / 2} ${-h * 0.34}L${w / 2} ${-h * 0.34}L${w * 0.48} ${-h * 0.06}Q${w * 0.2} 0 0 0Q${-w * 0.2} 0 ${-w * 0.48} ${-h * 0.06}Z`,
        { fill: steelFace(hex) },
      ),
      path(`M-34 ${-h * 0.34}Q0 ${-h * 0.2} 34 ${-h * 0.34}Z`, { fill: tint(hex, 0.2) }),
      line(`M${-w / 2} ${-h * 0.34}L${w / 2} ${-h * 0.34}`, tint(hex, 0.3), 10),
    ]),
  hoe: (w, h, hex) =>
    group([
      tube(`M0 ${-h * 0.36}C0 ${-h * 0.2} 0 ${-h * 0.14} 0 ${-h * 0.1}`, 20, hex),
      rect(-w / 2, -h * 0.12, w, h * 0.12, 8, { fill: steelFace(hex) }),
    ]),
};

const steelFace = (hex: string) =>
  linearGradient(
    [
      [0, tint(hex, 0.45)],
      [0.35, hex],
      [0.52, tint(hex, 0.3)],
      [1, shade(hex, 0.3)],
    ],
    15,
  );

export const gardenTool: Kind<"garden-tool"> = {
  heightCm: ({ height }) => height / 20,
  poses: [],
  draw({ head, width: w, height: h, accent }, { hex }) {
    const wood = hexOf(accent);
    const long = head === "spade" || head === "rake";
    const handle = turned(
      long
        ? [
            [15, -h, "corner"],
            [15, -h * 0.62],
            [17, -h * 0.34],
          ]
        : [
            [20, -h],
            [31, -h * 0.94],
            [26, -h * 0.74],
            [32, -h * 0.62],
            [17, -h * 0.54],
          ],
      { hex: wood, surface: "wood" },
      0.3,
    );
    const grip =
      head === "spade" &&
      group([
        rect(-66, -h - 18, 132, 38, 18, { fill: roundLight(wood) }),
        path(`M-52 ${-h + 16}L-16 ${-h * 0.9}L16 ${-h * 0.9}L52 ${-h + 16}Z`, { fill: roundLight(wood) }),
        path(`M-24 ${-h + 22}L-6 ${-h * 0.935}L6 ${-h * 0.935}L24 ${-h + 22}Z`, { fill: alpha("#3a2c20", 0.5) }),
      ]);
    const loop = !long && tube(`M0 ${-h * 0.97}C-40 ${-h * 1.06} 44 ${-h * 1.08} 8 ${-h * 0.97}`, 7, "#8a5a3a");
    const neck = long
      ? rect(-20, -h * 0.46, 40, h * 0.14, 6, { fill: roundLight(hex) })
      : tube(`M0 ${-h * 0.55}L0 ${-h * 0.4}`, 26, hex);
    const art = group([
      loop,
      neck,
      HEADS[head](w, h, hex),
      handle,
      rect(-21, -h * (long ? 0.47 : 0.56), 42, 34, 6, { fill: roundLight(tint(hex, 0.2)) }),
      grip,
    ]);
    const lean = long ? 32 : 38;
    return { art: turn(art, lean), stance: "lies", focus: turnedPoint([0, -h * (long ? 0.22 : 0.26)], lean) };
  },
};

export const wateringCan: Kind<"watering-can"> = {
  heightCm: ({ height }) => height / 15,
  poses: [],
  draw({ spout, width: w, height: h, accent }, { hex }) {
    const second = hexOf(accent);
    const r = w * 0.24;
    const cx = w * 0.16;
    const body: Profile =
      spout === "long"
        ? [
            [r * 0.66, -h * 0.66, "corner"],
            [r * 0.96, -h * 0.4],
            [r, -h * 0.1],
            [r * 0.92, 0],
          ]
        : [
            [r, -h * 0.72, "corner"],
            [r, 0],
          ];
    const rose = spout === "rose";
    const pipe = rose
      ? tube(`M${-r * 0.9 + cx} ${-h * 0.16}L${-w * 0.4} ${-h * 0.78}`, 36, hex)
      : tube(
          `M${-r * 0.9 + cx} ${-h * 0.2}C${-w * 0.24} ${-h * 0.2} ${-w * 0.3} ${-h * 0.6} ${-w * 0.48} ${-h * 0.94}`,
          24,
          hex,
        );
    const head =
      rose &&
      turn(
        group([
          path(
            `M${-w * 0.4 - 22} ${-h * 0.8}L${-w * 0.4 + 22} ${-h * 0.8}L${-w * 0.4 + 62} ${-h * 0.98}L${-w * 0.4 - 62} ${-h * 0.98}Z`,
            { fill: roundLight(second, 0.5) },
          ),
          ellipse(-w * 0.4, -h * 0.98, 62, 17, {
            fill: linearGradient([
              [0, tint(second, 0.5)],
              [1, second],
            ]),
          }),
          ...[-36, -12, 12, 36].map((x) => circle(-w * 0.4 + x, -h * 0.98, 4, { fill: shade(second, 0.5) })),
        ]),
        -32,
        -w * 0.4,
        -h * 0.8,
      );
    const place = (art: Art): Art => move(art, cx, 0);
    const top = body[0]?.[1] ?? -h;
    return {
      stance: "stands",
      feet: [[cx, 0, r * 0.96]],
      focus: [-w * 0.3, -h * 0.7],
      art: group([
        rose &&
          tube(
            `M${cx - r * 0.8} ${top}C${cx - r * 0.7} ${-h * 1.06} ${cx + r * 0.7} ${-h * 1.06} ${cx + r * 0.8} ${top}`,
            22,
            second,
          ),
        tube(
          `M${cx + r * 0.4} ${top + 20}C${cx + r * 1.9} ${-h * 0.96} ${cx + r * 1.9} ${-h * 0.2} ${cx + r * 0.94} ${-h * 0.16}`,
          22,
          rose ? hex : second,
        ),
        pipe,
        head,
        place(
          group([
            ellipse(0, top, (body[0]?.[0] ?? r) * 1, (body[0]?.[0] ?? r) * 0.16, { fill: shade(hex, 0.5) }),
            turned(body, { hex, surface: rose ? "metal" : "glazed" }),
            ring(body, -h * 0.1, -h * 0.06, roundLight(shade(hex, 0.12))),
            rose && ring(body, -h * 0.66, -h * 0.62, roundLight(shade(hex, 0.12))),
            line(
              `M${-(body[0]?.[0] ?? r)} ${top}C${-r * 0.5} ${top + r * 0.2} ${r * 0.5} ${top + r * 0.2} ${body[0]?.[0] ?? r} ${top}`,
              tint(hex, 0.4),
              7,
            ),
          ]),
        ),
        rose && line(`M${cx - r * 0.9} ${-h * 0.6}L${-w * 0.24} ${-h * 0.52}`, shade(second, 0.1), 11),
      ]),
    };
  },
};

export const gloves: Kind<"gloves"> = {
  heightCm: () => 26,
  poses: [],
  draw({ form, weave, width: w, height: h, accent }, { hex }) {
    const second = hexOf(accent);
    const k = w / 520;
    const hand =
      form === "mittens"
        ? `M-95 -40L-105 ${-h * 0.4}C-150 ${-h * 0.48} -190 ${-h * 0.6} -170 ${-h * 0.7}C-150 ${-h * 0.76} -112 ${-h * 0.68} -104 ${-h * 0.6}C-112 ${-h * 0.86} -80 ${-h} 0 ${-h}C86 ${-h} 112 ${-h * 0.82} 104 ${-h * 0.56}L92 -40Z`
        : `M-84 -40L-96 ${-h * 0.36}C-150 ${-h * 0.46} -176 ${-h * 0.58} -160 ${-h * 0.66}C-142 ${-h * 0.7} -112 ${-h * 0.62} -92 ${-h * 0.52}L-92 ${-h * 0.84}C-92 ${-h * 0.93} -48 ${-h * 0.93} -46 ${-h * 0.84}L-44 ${-h * 0.66}L-40 ${-h * 0.94}C-38 ${-h * 1.02} 6 ${-h * 1.02} 8 ${-h * 0.94}L8 ${-h * 0.66}L14 ${-h * 0.9}C18 ${-h * 0.98} 56 ${-h * 0.97} 58 ${-h * 0.88}L54 ${-h * 0.62}L62 ${-h * 0.76}C70 ${-h * 0.84} 104 ${-h * 0.82} 102 ${-h * 0.72}L88 ${-h * 0.36}L80 -40Z`;
    const cuff = `M-92 ${-h * 0.18}L94 ${-h * 0.18}L${form === "mittens" ? 96 : 118} 0L${form === "mittens" ? -98 : -122} 0Z`;
    const glove = group([
      cloth(hand, { hex, weave, accent: second, scale: 0.6 }, [
        crease(
          [
            [-60, -h * 0.36],
            [0, -h * 0.4],
            [60, -h * 0.34],
          ],
          hex,
          12,
        ),
      ]),
      form === "fingers" &&
        group([
          stitches(`M-44 ${-h * 0.6}L-40 ${-h * 0.42}`, hex),
          stitches(`M8 ${-h * 0.6}L10 ${-h * 0.42}`, hex),
          stitches(`M54 ${-h * 0.56}L50 ${-h * 0.42}`, hex),
        ]),
      cloth(cuff, {
        hex: form === "mittens" ? shade(hex, 0.06) : second,
        weave: form === "mittens" ? "rib" : "plain",
        accent: second,
        scale: 0.9,
      }),
      form === "fingers" && stitches(`M-100 ${-h * 0.14}L102 ${-h * 0.14}`, second),
    ]);
    const right = turn(grow(glove, k, 1), 8);
    const left = turn(mirror(grow(glove, k, 1)), -14);
    return {
      stance: "lies",
      focus: [-w * 0.24, -h * 0.3],
      art: group([move(right, w * 0.25, 0), move(left, -w * 0.25, 14)]),
    };
  },
};
