import { bar, cuboid, face, frontBox, leg, panel, seen, tube } from "../blocks.ts";
import { cloth } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { polygon } from "../curves.ts";
import { linearGradient, metalPlane, radialGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, clip, ellipse, group, line, move, path, rect, turn } from "../svg.ts";
import { grainTexture } from "../textures.ts";
import { disc } from "../turned.ts";

const NATURAL = new Set((["oak", "ash", "beech", "walnut", "cork", "chestnut"] as const).map(hexOf));

const stuffOf = (hex: string) => (NATURAL.has(hex) ? ("wood" as const) : ("paint" as const));

/** A round seat or table top. */
const roundTop = (r: number, y: number, thick: number, hex: string, tilt = 0.2): Art =>
  disc(r, y, thick, { hex, surface: stuffOf(hex) === "wood" ? "wood" : "matte" }, tilt);

export const stool: Kind<"stool"> = {
  heightCm: () => 45,
  poses: [],
  draw({ seat, legs, width: w, height: h }, { hex }) {
    const dark = shade(hex, 0.22);
    const r = w / 2;
    if (seat === "step") {
      const side = (x: number, back: boolean): Art =>
        leg([x * 0.84, -h + 20], [x, back ? -40 : 0], 44, 38, back ? dark : hex);
      return {
        stance: "stands",
        feet: [
          [-r, 0, 34],
          [r, 0, 34],
        ],
        focus: [0, -h * 0.96],
        art: group([
          side(-r * 0.9, true),
          side(r * 0.9, true),
          frontBox(-r * 0.88, -h, w * 0.88, 34, 70, hex, stuffOf(hex)),
          side(-r, false),
          side(r, false),
          frontBox(-r * 1.05, -h * 0.46, w * 1.05, 32, 84, hex, stuffOf(hex)),
          rect(-58, -h - 44, 116, 24, 12, { fill: shade(hex, 0.5) }),
        ]),
      };
    }
    const top = seat === "round" ? roundTop(r * 0.92, -h, 40, hex) : frontBox(-r, -h, w, 38, 90, hex, stuffOf(hex));
    const spread: [number, number][] =
      legs === 3
        ? [
            [0.12, -58],
            [-0.86, 0],
            [0.9, -8],
          ]
        : [
            [-0.7, -56],
            [0.7, -56],
            [-0.9, 0],
            [0.9, 0],
          ];
    return {
      stance: "stands",
      feet: spread.map(([x, y]) => [r * x, y, 26] as const),
      focus: [0, -h],
      seat: -h,
      art: group([
        ...spread.map(([x, y], n) =>
          leg([r * x * 0.6, -h + 44 + y * 0.3], [r * x, y], 42, 28, n === 0 || (legs === 4 && n === 1) ? dark : hex),
        ),
        bar([-r * 0.74, -h * 0.3], [r * 0.78, -h * 0.33], 20, shade(hex, 0.1)),
        top,
      ]),
    };
  },
};

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

function riserAngle(w: number, h: number, hex: string, second: string): Piece {
  const depth = w * 0.42;
  const thick = h * 0.2;
  const post = (x: number, z: number) => cuboid([x, 0, z], [24, h - thick, 24], second, "wood");
  return {
    stance: "stands",
    art: group([
      post(-w / 2 + 10, depth - 40),
      post(w / 2 - 34, depth - 40),
      post(-w / 2 + 10, 14),
      post(w / 2 - 34, 14),
      cuboid([-w / 2, h - thick, 0], [w, thick, depth], hex, stuffOf(hex)),
    ]),
  };
}

export const chair: Kind<"chair"> = {
  heightCm: ({ back }) => (back === "sling" ? 62 : 84),
  poses: ["angle"],
  draw(drawing, { hex, pose }) {
    const { back, width: w, height: h, accent } = drawing;
    if (back === "sling") return slingChair(w, h, hex, hexOf(accent), pose === "angle");
    if (pose === "angle") return chairAngle(w, h, hex, hexOf(accent));
    const r = w / 2;
    const seatY = -h * 0.53;
    const dark = shade(hex, 0.2);
    const post = (side: number) => leg([side * r * 0.86, -h], [side * r * 0.72, seatY], 26, 34, hex);
    const rungs =
      back === "ladder"
        ? [0.96, 0.83, 0.7].map((k) => panel(-r * 0.82, -h * k, w * 0.82, h * 0.062, 12, hex, stuffOf(hex)))
        : [-0.56, -0.34, -0.11, 0.11, 0.34, 0.56].map((k) =>
            leg([r * k * 1.12, -h * 0.95], [r * k, seatY], 13, 17, hex),
          );
    const woven = hexOf(accent);
    const seat = polygon([
      [-r * 0.8, seatY - 62],
      [r * 0.8, seatY - 62],
      [r, seatY],
      [-r, seatY],
    ]);
    return {
      stance: "stands",
      feet: [
        [-r * 0.94, 0, 24],
        [r * 0.94, 0, 24],
        [-r * 0.72, -46, 18],
        [r * 0.72, -46, 18],
      ],
      focus: [0, -h * 0.86],
      seat: seatY - 30,
      art: group([
        leg([-r * 0.68, seatY], [-r * 0.74, -46], 30, 22, dark),
        leg([r * 0.68, seatY], [r * 0.74, -46], 30, 22, dark),
        bar([-r * 0.72, -h * 0.22], [r * 0.72, -h * 0.22], 16, dark),
        ...rungs,
        post(-1),
        post(1),
        back === "spindles" && panel(-r * 0.96, -h, w * 0.96, h * 0.07, 22, hex, stuffOf(hex)),
        back === "panel" && panel(-r * 0.8, -h * 0.96, w * 0.8, h * 0.3, 20, hex, stuffOf(hex)),
        back === "ladder"
          ? cloth(seat, { hex: woven, weave: "herringbone", accent: woven })
          : face(seat, tint(hex, 0.16), stuffOf(hex)),
        panel(-r, seatY, w, 30, 10, hex, stuffOf(hex)),
        leg([-r * 0.86, seatY + 28], [-r * 0.96, 0], 36, 24, hex),
        leg([r * 0.86, seatY + 28], [r * 0.96, 0], 36, 24, hex),
        bar([-r * 0.9, -h * 0.16], [r * 0.9, -h * 0.16], 18, hex),
      ]),
    };
  },
};

function chairAngle(w: number, h: number, hex: string, woven: string): Piece {
  const depth = w * 0.9;
  const seatH = h * 0.52;
  const post = (x: number, z: number, height: number) => cuboid([x, 0, z], [26, height, 26], hex, stuffOf(hex));
  const rung = (y: number) => cuboid([-w / 2 + 20, y, depth - 20], [w - 40, h * 0.07, 12], hex, stuffOf(hex));
  const weave = polygon([
    seen([-w / 2 + 24, seatH + 31, 24]),
    seen([w / 2 - 24, seatH + 31, 24]),
    seen([w / 2 - 24, seatH + 31, depth - 24]),
    seen([-w / 2 + 24, seatH + 31, depth - 24]),
  ]);
  return {
    stance: "stands",
    art: group([
      post(-w / 2, depth - 26, h),
      post(w / 2 - 26, depth - 26, h),
      rung(h * 0.64),
      rung(h * 0.77),
      rung(h * 0.9),
      cuboid([-w / 2 + 10, h * 0.2, depth - 20], [w - 20, 18, 12], shade(hex, 0.1), stuffOf(hex)),
      cuboid([-w / 2, seatH, 0], [w, 30, depth], hex, stuffOf(hex)),
      cloth(weave, { hex: woven, weave: "herringbone", accent: woven }),
      post(-w / 2, 0, seatH),
      post(w / 2 - 26, 0, seatH),
      cuboid([-w / 2 + 20, h * 0.16, 4], [w - 40, 18, 12], hex, stuffOf(hex)),
    ]),
  };
}

function slingChair(w: number, h: number, hex: string, wood: string, angle: boolean): Piece {
  const r = w / 2;
  const fabric = { hex, weave: "plain" as const, accent: hex };
  if (angle) {
    const sling = `M${-r * 0.92} ${-h * 0.98}C${-r * 0.6} ${-h * 0.3} ${-r * 0.1} ${-h * 0.3} ${r * 0.9} ${-h * 0.56}L${r * 0.92} ${-h * 0.5}C${-r * 0.1} ${-h * 0.18} ${-r * 0.76} ${-h * 0.2} ${-r * 1.02} ${-h * 0.96}Z`;
    return {
      stance: "stands",
      feet: [
        [-r * 0.7, 0, 26],
        [r * 0.72, 0, 26],
      ],
      art: group([
        bar([-r * 0.94, -h * 0.98], [r * 0.72, 0], 26, shade(wood, 0.16)),
        cloth(sling, fabric),
        bar([r * 0.92, -h * 0.54], [-r * 0.7, 0], 26, wood),
        bar([-r * 0.44, -h * 0.3], [r * 0.4, -h * 0.3], 18, wood),
        circle(0.03 * r, -h * 0.26, 13, { fill: "#8d8a84" }),
      ]),
    };
  }
  const sling = `M${-r * 0.78} ${-h}Q0 ${-h * 0.93} ${r * 0.78} ${-h}L${r * 0.9} ${-h * 0.5}Q${r * 0.86} ${-h * 0.34} ${r * 0.84} ${-h * 0.36}Q0 ${-h * 0.26} ${-r * 0.84} ${-h * 0.36}Q${-r * 0.86} ${-h * 0.34} ${-r * 0.9} ${-h * 0.5}Z`;
  const seat = `M${-r * 0.88} ${-h * 0.46}Q0 ${-h * 0.36} ${r * 0.88} ${-h * 0.46}L${r * 0.86} ${-h * 0.36}Q0 ${-h * 0.24} ${-r * 0.86} ${-h * 0.36}Z`;
  return {
    stance: "stands",
    feet: [
      [-r * 0.9, 0, 24],
      [r * 0.9, 0, 24],
      [-r * 0.6, -30, 18],
      [r * 0.6, -30, 18],
    ],
    focus: [-r * 0.6, -h * 0.86],
    art: group([
      bar([-r * 0.9, -h * 0.44], [r * 0.6, -30], 22, shade(wood, 0.2)),
      bar([r * 0.9, -h * 0.44], [-r * 0.6, -30], 22, shade(wood, 0.2)),
      bar([-r * 0.84, -h * 1.01], [-r * 0.84, -h * 0.36], 24, wood),
      bar([r * 0.84, -h * 1.01], [r * 0.84, -h * 0.36], 24, wood),
      cloth(sling, fabric),
      path(seat, {
        fill: linearGradient(
          [
            [0, alpha("#2a1a10", 0.3)],
            [1, alpha("#ffffff", 0.1)],
          ],
          90,
        ),
      }),
      bar([-r * 0.84, -h * 0.38], [-r * 0.92, 0], 26, wood),
      bar([r * 0.84, -h * 0.38], [r * 0.92, 0], 26, wood),
      bar([-r * 0.88, -h * 0.18], [r * 0.88, -h * 0.18], 20, wood),
      ...[-1, 1].map((side) => circle(side * r * 0.85, -h * 0.38, 12, { fill: "#8d8a84" })),
    ]),
  };
}

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

const REFLECTION = linearGradient(
  [
    [0, "#dfe8ea"],
    [0.35, "#f7fafa"],
    [0.5, "#cfdcdf"],
    [0.62, "#eef4f4"],
    [1, "#b9c9cd"],
  ],
  40,
);

export const mirror: Kind<"mirror"> = {
  heightCm: ({ stand, height }) => (stand ? 34 : height / 9),
  poses: ["angle"],
  draw(drawing, { hex, pose }) {
    const { shape, stand, width: w, height: h, accent } = drawing;
    const metal = hexOf(accent);
    const r = w / 2;
    const squeeze = pose === "angle" ? 0.66 : 1;
    const glassH = stand ? w : h;
    const cy = -h + glassH / 2;
    const pane = (k: number, fill: Parameters<typeof ellipse>[4]): Art =>
      shape === "round"
        ? ellipse(0, cy, (r - k) * squeeze, glassH / 2 - k, fill)
        : rect((-r + k) * squeeze, -h + k, (w - 2 * k) * squeeze, glassH - 2 * k, shape === "arch" ? r : 12, fill);
    const foot =
      stand &&
      group([
        disc(w * 0.3, -22, 22, { hex, surface: "metal" }),
        rect(-9, -h + glassH - 8, 18, h - glassH - 10, 4, { fill: roundLight(hex) }),
      ]);
    const streaks = clip(pane(16, { fill: "#000" }), [
      turn(rect(-w, cy - 60, w * 2, 44, 0, { fill: alpha("#ffffff", 0.5) }), -52, 0, cy),
      turn(rect(-w, cy + 10, w * 2, 16, 0, { fill: alpha("#ffffff", 0.45) }), -52, 0, cy),
    ]);
    return {
      stance: stand ? "stands" : "hangs",
      feet: [[0, 0, w * 0.28]],
      focus: [0, -h + glassH],
      art: group([
        foot,
        squeeze < 1 && move(pane(0, { fill: shade(metal, 0.35) }), 22, 0),
        pane(0, { fill: metalPlane(hex, 40) }),
        pane(15, { fill: REFLECTION }),
        streaks,
      ]),
    };
  },
};

export const clock: Kind<"clock"> = {
  heightCm: ({ height }) => height / 42,
  poses: ["angle"],
  draw({ case: form, feet, width: w, height: h, accent }, { hex, pose }) {
    const r = Math.min(w, h) / 2;
    const cy = feet ? -h + r : -r;
    const angle = pose === "angle";
    const squeeze = angle ? 0.78 : 1;
    const shell = (k: number, dx: number, fill: Parameters<typeof rect>[5]): Art =>
      form === "round"
        ? ellipse(dx, cy, r * k * squeeze, r * k, fill)
        : rect(-r * k * squeeze + dx, cy - r * k, 2 * r * k * squeeze, 2 * r * k, 36, fill);
    const ticks = Array.from({ length: 12 }, (_, n) =>
      turn(
        rect(-(n % 3 ? 3 : 5), cy - r * 0.74, n % 3 ? 6 : 10, r * (n % 3 ? 0.07 : 0.12), 3, { fill: "#3a3a3a" }),
        n * 30,
        0,
        cy,
      ),
    );
    const hand = (length: number, width: number, degrees: number, tone: string) =>
      turn(rect(-width / 2, cy - r * length, width, r * (length + 0.1), width / 2, { fill: tone }), degrees, 0, cy);
    const dial = group([
      circle(0, cy, r * 0.84, {
        fill: radialGradient(
          [
            [0, "#fffdf7"],
            [1, "#ece4d2"],
          ],
          0.4,
          0.35,
          0.7,
        ),
      }),
      ...ticks,
      hand(0.42, 16, 305, "#333333"),
      hand(0.62, 11, 60, "#333333"),
      hand(0.66, 5, 200, hexOf(accent)),
      circle(0, cy, 15, { fill: hexOf(accent) }),
    ]);
    const legs =
      feet &&
      group([-1, 1].map((side) => leg([side * r * 0.5, cy + r * 0.8], [side * r * 0.7, 0], 40, 24, shade(hex, 0.12))));
    const squeezed: Art = angle ? { ...group([dial]), attributes: { transform: `scale(${squeeze} 1)` } } : dial;
    return {
      stance: feet ? "stands" : "hangs",
      feet: [
        [-r * 0.7, 0, 30],
        [r * 0.7, 0, 30],
      ],
      art: group([
        legs,
        angle && shell(1, 80, { fill: shade(hex, 0.3) }),
        angle && shell(1, 44, { fill: shade(hex, 0.18) }),
        shell(1, 0, { fill: roundLight(hex, 0.3) }),
        stuffOf(hex) === "wood" && shell(1, 0, { fill: grainTexture(hex, "clock", 0) }),
        shell(0.87, 0, { fill: shade(hex, 0.32) }),
        squeezed,
        line(
          `M${-r * 0.5 * squeeze} ${cy - r * 0.5}C${-r * 0.3 * squeeze} ${cy - r * 0.72} ${-r * 0.1 * squeeze} ${cy - r * 0.76} 0 ${cy - r * 0.77}`,
          alpha("#ffffff", 0.6),
          10,
        ),
      ]),
    };
  },
};
