import type { Drawing } from "../../drawing-kinds.ts";
import { tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { hollowLight, linearGradient, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { planOf } from "../plans.ts";
import { type Art, ellipse, group, line, move, path, rect, type Style, turn } from "../svg.ts";
import { speckleTexture } from "../textures.ts";
import { glassMouth, mouth, type Profile, rod, turned } from "../turned.ts";

const clay = (hex: string): string => mix(tint(hex, 0.5), "#ead9bf", 0.7);

function vaseProfile(profile: Drawing<"vase">["profile"], w: number, h: number): Profile {
  const r = w / 2;
  const shapes: Record<Drawing<"vase">["profile"], Profile> = {
    bottle: [
      [r * 0.3, -h],
      [r * 0.22, -h * 0.9],
      [r * 0.24, -h * 0.66],
      [r * 0.82, -h * 0.46],
      [r, -h * 0.26],
      [r * 0.86, -h * 0.06],
      [r * 0.7, 0],
    ],
    belly: [
      [r * 0.52, -h],
      [r * 0.46, -h * 0.92],
      [r * 0.8, -h * 0.74],
      [r, -h * 0.46],
      [r * 0.84, -h * 0.16],
      [r * 0.5, 0],
    ],
    cylinder: [
      [r, -h, "corner"],
      [r * 0.97, -h * 0.5],
      [r * 0.94, -h * 0.04],
      [r * 0.88, 0],
    ],
    flared: [
      [r * 0.78, -h],
      [r * 0.52, -h * 0.84],
      [r * 0.5, -h * 0.62],
      [r * 0.92, -h * 0.34],
      [r, -h * 0.18],
      [r * 0.72, 0],
    ],
    amphora: [
      [r * 0.5, -h],
      [r * 0.36, -h * 0.86],
      [r * 0.9, -h * 0.68],
      [r, -h * 0.52],
      [r * 0.6, -h * 0.16],
      [r * 0.38, 0],
    ],
  };
  return shapes[profile];
}

const stem = (x: number, top: number, lean: number, hex: string): Art =>
  line(`M${x} 0C${x} ${top * 0.4} ${x + lean * 0.3} ${top * 0.8} ${x + lean} ${top}`, hex, 4);

/** A few dry stems, so that a vase is seen to be one. */
function sprig(mouthY: number, height: number, x = 0): Art {
  const parts = [-58, -12, 44].flatMap((lean, index): Art[] => {
    const top = -height * ([0.78, 1, 0.86][index] ?? 1);
    const seeds = [0, 1, 2, 3, 4, 5].map((n) => {
      const share = 1 - n * 0.085;
      const side = n % 2 ? 9 : -9;
      return turn(
        ellipse(lean * share + side, top * share, 6.5, 14, { fill: n % 2 ? "#b99557" : "#d3b37a" }),
        lean * 0.5 + side * 3,
        lean * share + side,
        top * share,
      );
    });
    return [stem(0, top, lean, "#8f7a4c"), ...seeds];
  });
  return move(group(parts), x, mouthY);
}

function singleVase(drawing: Drawing<"vase">, hex: string, scale = 1, dry = false): Art {
  const [w, h] = [drawing.width * scale, drawing.height * scale];
  const profile = vaseProfile(drawing.profile, w, h);
  const skin = { hex, surface: drawing.surface, accent: clay(hex) };
  const radius = profile[0]?.[0] ?? 0;
  const glass = drawing.surface === "ribbed" && drawing.profile === "cylinder";
  const body = glass
    ? group([
        turned(profile, { hex, surface: "glass" }),
        group([turned(profile, { hex, surface: "ribbed" })], { opacity: 0.5 }),
      ])
    : turned(profile, skin);
  const rim = glass || drawing.surface === "glass" ? glassMouth(radius, -h, hex) : mouth(radius, -h, hex, 0.12);
  return group([rim, dry && sprig(-h + 14, h * 0.5), body, group([rim], { opacity: dry ? 0.5 : 1 })]);
}

export const vase: Kind<"vase"> = {
  heightCm: ({ height }) => height / 20,
  poses: [],
  draw(drawing, { hex }) {
    if (drawing.count === 1)
      return { art: singleVase(drawing, hex, 1, drawing.profile !== "bottle"), stance: "stands" };
    const gap = drawing.width * 1.08;
    const art = group([
      move(singleVase({ ...drawing, profile: "bottle" }, tint(hex, 0.35), 1.16), gap * 0.05, -18),
      move(singleVase(drawing, hex, 1, true), -gap, 0),
      move(singleVase({ ...drawing, profile: "belly" }, shade(hex, 0.24), 0.86), gap, 6),
    ]);
    const radius = drawing.width * 0.44;
    return {
      art,
      stance: "stands",
      feet: [
        [-gap, 0, radius],
        [0, -18, radius],
        [gap, 4, radius],
      ],
    };
  },
};

function bowlProfile(profile: Drawing<"bowl">["profile"], w: number, h: number): Profile {
  const r = w / 2;
  const shapes: Record<Drawing<"bowl">["profile"], Profile> = {
    round: [
      [r, -h],
      [r * 0.97, -h * 0.7],
      [r * 0.78, -h * 0.28],
      [r * 0.46, -h * 0.06, "corner"],
      [r * 0.44, 0],
    ],
    wide: [
      [r, -h],
      [r * 0.82, -h * 0.5],
      [r * 0.5, -h * 0.1, "corner"],
      [r * 0.48, 0],
    ],
    footed: [
      [r, -h],
      [r * 0.95, -h * 0.72],
      [r * 0.66, -h * 0.34],
      [r * 0.36, -h * 0.2, "corner"],
      [r * 0.44, 0],
    ],
  };
  return shapes[profile];
}

export const bowl: Kind<"bowl"> = {
  heightCm: ({ height }) => height / 28,
  poses: ["above"],
  draw(drawing, { hex, pose }) {
    const { width: w, height: h, surface } = drawing;
    if (pose === "above") return planOf(w / 2, { hex, surface, accent: hexOf(drawing.accent) }, "bowl");
    const profile = bowlProfile(drawing.profile, w, h);
    const body = turned(profile, { hex, surface, accent: hexOf(drawing.accent) });
    const inside = surface === "dipped" ? hexOf(drawing.accent) : hex;
    const pestle =
      drawing.inside === "pestle" &&
      turn(
        group([
          rod(w * 0.045, -h * 1.62, h * 0.7, { hex: hexOf(drawing.accent), surface: "matte" }),
          ellipse(0, -h * 0.95, w * 0.07, h * 0.16, { fill: roundLight(hexOf(drawing.accent)) }),
          ellipse(0, -h * 1.62, w * 0.055, h * 0.05, { fill: tint(hexOf(drawing.accent), 0.3) }),
        ]),
        24,
        0,
        -h * 0.9,
      );
    return {
      art: group([mouth(w / 2, -h, hex, 0.05, inside, 0.17), pestle, group([body])]),
      stance: "stands",
      focus: [-w * 0.1, -h * 0.96],
      feet: [[0, 0, w * 0.26]],
    };
  },
};

const penCup = (w: number, h: number): Art => {
  const pens: [number, number, string][] = [
    [-0.26, -9, "#dfa23c"],
    [-0.06, -2, "#2f5646"],
    [0.14, 5, "#d2503f"],
    [0.28, 12, "#3c4043"],
  ];
  return group(
    pens.map(([x, lean, hex], index) => {
      const top = -h * (1.42 - (index % 2) * 0.1);
      const tip = index % 2 === 0;
      return turn(
        group([
          rect(w * x - 11, top, 22, h * 0.8, 4, { fill: roundLight(hex) }),
          tip && path(`M${w * x - 11} ${top + 4}L${w * x} ${top - 34}L${w * x + 11} ${top + 4}Z`, { fill: "#e3c9a0" }),
          tip && path(`M${w * x - 4} ${top - 21}L${w * x} ${top - 34}L${w * x + 4} ${top - 21}Z`, { fill: hex }),
        ]),
        lean,
        w * x,
        -h * 0.6,
      );
    }),
  );
};

const toothbrush = (w: number, h: number, hex: string, lean: number, x: number): Art =>
  turn(
    group([
      rect(w * x - 9, -h * 1.5, 18, h, 9, { fill: roundLight(hex) }),
      rect(w * x - 12, -h * 1.62, 20, h * 0.24, 8, { fill: roundLight(hex) }),
      rect(w * x + 6, -h * 1.6, 22, h * 0.2, 4, {
        fill: linearGradient([
          [0, "#fdfbf5"],
          [1, "#d9e3e2"],
        ]),
      }),
    ]),
    lean,
    w * x,
    -h * 0.6,
  );

function mugHandle(form: Drawing<"mug">["handle"], w: number, h: number, hex: string): Art | false {
  const x = w * 0.46;
  const width = Math.max(18, w * 0.085);
  if (form === "round")
    return tube(
      `M${x} ${-h * 0.76}C${x + w * 0.42} ${-h * 0.84} ${x + w * 0.4} ${-h * 0.14} ${x - 4} ${-h * 0.2}`,
      width,
      shade(hex, 0.06),
    );
  if (form === "square")
    return tube(
      `M${x} ${-h * 0.74}L${x + w * 0.28} ${-h * 0.74}L${x + w * 0.28} ${-h * 0.28}L${x - 2} ${-h * 0.28}`,
      width,
      shade(hex, 0.06),
    );
  return false;
}

export const mug: Kind<"mug"> = {
  heightCm: ({ height }) => height / 46,
  poses: ["above"],
  draw(drawing, { hex, pose }) {
    const { width: w, height: h, surface, handle, contents } = drawing;
    const accent = hexOf(drawing.accent);
    if (pose === "above") return planOf(w / 2, { hex, surface, accent }, "coffee");
    const r = w / 2;
    const profile: Profile =
      handle === "none" && contents === "none"
        ? [
            [r * 0.94, -h],
            [r, -h * 0.6],
            [r * 0.9, -h * 0.22],
            [r * 0.62, 0],
          ]
        : surface === "glazed"
          ? [
              [r * 1.02, -h],
              [r * 0.95, -h * 0.94, "corner"],
              [r * 0.93, -h * 0.5],
              [r * 0.9, -h * 0.08],
              [r * 0.8, 0],
            ]
          : [
              [r, -h, "corner"],
              [r * 0.98, -h * 0.4],
              [r * 0.94, -h * 0.1],
              [r * 0.8, 0],
            ];
    const top = profile[0]?.[0] ?? r;
    const enamel = surface === "glazed" && handle === "round";
    const rimHex = enamel ? accent : hex;
    const inside = contents === "none" && !enamel ? "#6b452c" : tint(hex, 0.2);
    return {
      stance: "stands",
      focus: [-w * 0.22, -h * 0.55],
      feet: [[0, 0, w * 0.4]],
      art: group([
        mugHandle(handle, w, h, hex),
        mouth(top, -h, rimHex, 0.06, tint(hex, 0.1)),
        contents === "none" &&
          !enamel &&
          ellipse(0, -h + top * 0.035, top * 0.88, top * 0.085, {
            fill: linearGradient(
              [
                [0, shade(inside, 0.3)],
                [1, tint(inside, 0.14)],
              ],
              30,
            ),
          }),
        contents === "pens" && penCup(w, h),
        contents === "brush" && toothbrush(w, h, "#d7a878", -12, -0.14),
        contents === "brush" && toothbrush(w, h, "#5f8fae", 13, 0.14),
        turned(profile, { hex, surface, accent }),
        path(
          `M${-top} ${-h}C${-top} ${-h + top * 0.07} ${-top * 0.55} ${-h + top * 0.13} 0 ${-h + top * 0.13}C${top * 0.55} ${-h + top * 0.13} ${top} ${-h + top * 0.07} ${top} ${-h}`,
          { stroke: enamel ? accent : alpha(tint(rimHex, 0.7), 0.8), width: enamel ? 10 : 5, cap: "round" },
        ),
      ]),
    };
  },
};

const wineProfile = (w: number, h: number): Profile => [
  [w * 0.36, -h],
  [w * 0.47, -h * 0.8],
  [w * 0.45, -h * 0.62],
  [w * 0.2, -h * 0.49],
  [w * 0.035, -h * 0.44],
  [w * 0.028, -h * 0.2],
  [w * 0.05, -h * 0.05],
  [w * 0.4, -h * 0.012],
  [w * 0.4, 0],
];

function glassOf(drawing: Drawing<"glass">, hex: string, drink: string | undefined): Art {
  const { width: w, height: h, profile: form, surface } = drawing;
  const r = w / 2;
  const shapes: Record<Drawing<"glass">["profile"], Profile> = {
    tumbler: [
      [r, -h, "corner"],
      [r * 0.9, -h * 0.4],
      [r * 0.82, 0],
    ],
    highball: [
      [r * 0.8, -h, "corner"],
      [r * 0.78, 0],
    ],
    wine: wineProfile(w, h),
    carafe: [
      [r * 0.5, -h],
      [r * 0.34, -h * 0.8],
      [r * 0.5, -h * 0.58],
      [r, -h * 0.24],
      [r * 0.86, 0],
    ],
  };
  const profile = shapes[form];
  const top = profile[0]?.[0] ?? r;
  const level = form === "wine" ? -h * 0.72 : -h * 0.62;
  const filled: Profile = [
    [radius(profile, level) * 0.95, level, "corner"],
    ...profile
      .filter(([, y]) => y > level && (form !== "wine" || y < -h * 0.45))
      .map(([pr, y, c]): Profile[number] => [pr * 0.93, y - 8, c]),
  ];
  const liquid =
    drink !== undefined &&
    group([
      group([turned(filled, { hex: drink, surface: "matte" })], { opacity: 0.78 }),
      ellipse(0, level, radius(profile, level) * 0.94, radius(profile, level) * 0.12, { fill: tint(drink, 0.3) }),
    ]);
  const ribs = surface === "ribbed" && group([turned(profile, { hex, surface: "ribbed" })], { opacity: 0.38 });
  return group([liquid, ribs, turned(profile, { hex, surface: "glass" }), glassMouth(top, -h, hex)]);
}

function radius(profile: Profile, y: number): number {
  const below = profile.findIndex(([, py]) => py >= y);
  const [r2 = 0, y2 = 0] = profile[below] ?? [];
  const [r1 = r2, y1 = y2] = profile[below - 1] ?? [];
  return y2 === y1 ? r2 : r1 + ((r2 - r1) * (y - y1)) / (y2 - y1);
}

export const glass: Kind<"glass"> = {
  heightCm: ({ height, profile }) => (profile === "wine" ? height / 26 : height / 33),
  poses: ["above"],
  draw(drawing, { hex, pose }) {
    const { width: w, count } = drawing;
    if (pose === "above") {
      const one = planOf(w / 2, { hex, surface: "glass", accent: hex }, "water").art;
      return {
        stance: "lies",
        art: count === 1 ? one : group([move(one, -w * 0.58, -w * 0.2), move(one, w * 0.58, w * 0.24)]),
      };
    }
    const drink = drawing.profile === "wine" ? "#c98b6b" : "#b9d6d8";
    if (count === 1) return { art: glassOf(drawing, hex, drink), stance: "stands", feet: [[0, 0, w * 0.42]] };
    const gap = w * 0.56;
    return {
      stance: "stands",
      feet: [
        [-gap, -14, w * 0.4],
        [gap, 6, w * 0.4],
      ],
      focus: [gap, -drawing.height * 0.7],
      art: group([move(glassOf(drawing, hex, undefined), -gap, -14), move(glassOf(drawing, hex, drink), gap, 6)]),
    };
  },
};

function stackedPlate(w: number, y: number, drawing: Drawing<"plate">, hex: string, thick: number): Art {
  const r = w / 2;
  const tilt = 0.2;
  const raised = drawing.rim === "raised" ? 1.5 : 1;
  const profile: Profile = [
    [r, y - thick * raised],
    [r * 0.9, y - thick * 0.35],
    [r * 0.55, y, "corner"],
    [r * 0.55, y + 2],
  ];
  return group([
    turned(profile, { hex: shade(hex, 0.08), surface: drawing.surface === "speckled" ? "speckled" : "matte" }, tilt),
    plateTop(r, y - thick * raised, drawing, hex, tilt),
  ]);
}

function plateTop(r: number, y: number, drawing: Drawing<"plate">, hex: string, tilt: number): Art {
  const accent = hexOf(drawing.accent);
  const well = drawing.rim === "coupe" ? 0.82 : 0.68;
  const edge: Style = { stroke: alpha(tint(hex, 0.8), 0.8), width: 3 };
  return group([
    ellipse(0, y, r, r * tilt, {
      fill: linearGradient(
        [
          [0, tint(hex, 0.4)],
          [0.5, hex],
          [1, shade(hex, 0.12)],
        ],
        25,
      ),
      ...edge,
    }),
    drawing.surface === "banded" && ellipse(0, y, r * 0.95, r * tilt * 0.93, { stroke: accent, width: r * 0.03 }),
    ellipse(0, y + r * 0.012, r * well, r * tilt * well, { fill: hollowLight(tint(hex, 0.1)), opacity: 0.55 }),
    drawing.surface === "speckled" && ellipse(0, y, r, r * tilt, { fill: speckleTexture(hex) }),
    ellipse(0, y + r * 0.022, r * well * 0.97, r * tilt * well * 0.94, {
      fill: linearGradient(
        [
          [0, shade(hex, 0.04)],
          [1, tint(hex, 0.25)],
        ],
        30,
      ),
    }),
  ]);
}

export const plate: Kind<"plate"> = {
  heightCm: ({ count }) => 2.5 + count,
  poses: ["above"],
  draw(drawing, { hex, pose }) {
    const { width: w, count, surface } = drawing;
    if (pose === "above") return planOf(w / 2, { hex, surface, accent: hexOf(drawing.accent) }, "plate");
    const thick = count === 1 ? drawing.height * 0.42 : 30;
    const gap = count === 1 ? 0 : Math.max(24, (drawing.height - 50) / count);
    const pile = Array.from({ length: count }, (_, index) => stackedPlate(w, -index * gap, drawing, hex, thick));
    return { art: group(pile), stance: "stands", feet: [[0, 0, w * 0.36]], focus: [-w * 0.3, -thick - gap] };
  },
};
