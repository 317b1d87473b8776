import type { Drawing } from "../../drawing-kinds.ts";
import { bar, leg, tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { glow, linearGradient, metalLight, radialGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, line, move, path, rect, turn } from "../svg.ts";
import { weaveTexture } from "../textures.ts";
import { disc, type Profile, rod, TILT, turned, turnedOutline } from "../turned.ts";

const WARM = "#ffdf9c";

/** A shade of a lamp, its lower rim at y = 0; lit, cloth and paper glow and metal throws light down. */
function shadeOf(
  form: "dome" | "drum" | "cone" | "globe" | "basket",
  w: number,
  h: number,
  hex: string,
  lit: boolean,
): Art {
  const r = w / 2;
  const thin = form === "drum" || form === "globe" || form === "basket";
  if (form === "globe") return globeShade(r, h / 2, hex, lit);
  const profiles: Record<"dome" | "drum" | "cone" | "basket", Profile> = {
    dome: [
      [r * 0.16, -h, "corner"],
      [r * 0.62, -h * 0.9],
      [r * 0.9, -h * 0.5],
      [r, 0],
    ],
    drum: [
      [r * 0.8, -h, "corner"],
      [r, 0],
    ],
    cone: [
      [r * 0.26, -h, "corner"],
      [r * 0.34, -h * 0.84, "corner"],
      [r, 0],
    ],
    basket: [
      [r * 0.3, -h],
      [r * 0.86, -h * 0.72],
      [r, -h * 0.34],
      [r * 0.72, 0],
    ],
  };
  const profile = profiles[form];
  const outline = turnedOutline(profile);
  const tone = lit && thin ? mix(hex, WARM, 0.6) : hex;
  const bottom = profile.at(-1)?.[0] ?? r;
  const inner = ellipse(0, 0, bottom, bottom * TILT, {
    fill: lit
      ? radialGradient([
          [0, "#fffbe8"],
          [0.6, WARM],
          [1, shade(WARM, 0.2)],
        ])
      : shade(tint(hex, 0.3), 0.28),
  });
  const texture =
    thin &&
    path(outline, {
      fill: weaveTexture(form === "basket" ? "herringbone" : "plain", tone, tone, form === "basket" ? 1.2 : 0.8),
    });
  const shine =
    lit &&
    thin &&
    path(outline, {
      fill: radialGradient(
        [
          [0, alpha("#fff6d8", 0.95)],
          [0.6, alpha(WARM, 0.5)],
          [1, alpha(WARM, 0)],
        ],
        0.5,
        0.6,
        0.6,
      ),
    });
  const top = ellipse(0, -h, profile[0]?.[0] ?? 0, (profile[0]?.[0] ?? 0) * TILT, {
    fill: shade(tone, form === "drum" ? 0.34 : 0.1),
  });
  return group([
    turned(profile, { hex: tone, surface: form === "dome" ? "glazed" : "matte" }),
    texture,
    shine,
    top,
    lit && move(inner, 0, 0),
  ]);
}

function globeShade(r: number, ry: number, hex: string, lit: boolean): Art {
  const tone = lit ? mix(hex, WARM, 0.55) : hex;
  const fill = radialGradient(
    [
      [0, lit ? "#fffbe6" : tint(tone, 0.55)],
      [0.5, tone],
      [1, shade(tone, lit ? 0.12 : 0.3)],
    ],
    lit ? 0.5 : 0.36,
    lit ? 0.55 : 0.3,
    lit ? 0.55 : 0.75,
  );
  const hoops = [0.72, 0.38, 0, -0.38, -0.72].map((k) =>
    line(
      `M${-r * Math.sqrt(1 - k * k)} ${-ry + ry * k}C${-r * 0.5} ${-ry + ry * k + 16} ${r * 0.5} ${-ry + ry * k + 16} ${r * Math.sqrt(1 - k * k)} ${-ry + ry * k}`,
      alpha(shade(tone, 0.4), 0.22),
      2.5,
    ),
  );
  return group([ellipse(0, -ry, r, ry, { fill }), r > 200 && group(hoops)]);
}

function lampStand({ stand, height: h, accent }: Drawing<"lamp">, hex: string, reach: number): Art {
  const second = hexOf(accent);
  const wood = ["oak", "ash", "beech", "walnut"].includes(accent);
  const skin = { hex: second, surface: wood ? ("wood" as const) : ("metal" as const) };
  if (stand === "column")
    return group([
      disc(h * 0.17, -18, 18, { hex: second, surface: wood ? "wood" : "matte" }),
      rod(h * 0.034, -reach - 20, reach + 4, skin),
    ]);
  if (stand === "ball") {
    const r = h * 0.185;
    return group([
      rod(9, -reach - 20, reach - r, { hex: "#b08d4f", surface: "metal" }),
      turned(
        [
          [r * 0.3, -r * 1.75],
          [r * 0.9, -r * 1.3],
          [r, -r * 0.8],
          [r * 0.62, 0],
        ],
        { hex: tint(hex, 0.25), surface: "speckled" },
      ),
    ]);
  }
  if (stand === "tripod") {
    const spread = h * 0.19;
    return group([
      leg([0, -reach - 8], [10, -34], 18, 12, shade(second, 0.2)),
      leg([-6, -reach - 8], [-spread, 0], 22, 14, second),
      leg([6, -reach - 8], [spread, 0], 22, 14, second),
      rect(-26, -reach - 14, 52, 22, 8, { fill: metalLight("#c9a35a") }),
    ]);
  }
  return group([]);
}

function armLamp(drawing: Drawing<"lamp">, hex: string, lit: boolean): Piece {
  const { height: h, width: w, accent } = drawing;
  const steel = hexOf(accent);
  const [elbow, head] = [
    [-h * 0.2, -h * 0.52],
    [h * 0.22, -h * 0.93],
  ] as const;
  const art = group([
    lit && glow(head[0] + 46, head[1] + 210, 330, 0.5),
    disc(h * 0.17, -26, 26, { hex, surface: "matte" }),
    bar([0, -24], [elbow[0], elbow[1]], 15, steel),
    bar([elbow[0], elbow[1]], [head[0], head[1]], 15, steel),
    line(`M${elbow[0] + 22} ${elbow[1] + 60}L${elbow[0] + 60} ${elbow[1] - 66}`, shade(steel, 0.2), 7, {
      dash: "3 5",
      cap: "butt",
    }),
    circle(0, -28, 19, { fill: roundLight(hex) }),
    circle(elbow[0], elbow[1], 21, { fill: roundLight(hex) }),
    move(turn(shadeOf("cone", w, w * 0.74, hex, lit), -24, 0, -w * 0.7), head[0] + 6, head[1] + w * 0.66),
    circle(head[0], head[1], 15, { fill: roundLight(steel) }),
  ]);
  return { art, stance: "stands", feet: [[0, 0, h * 0.17]], lights: [[head[0] + 40, head[1] + w * 0.6]] };
}

function arcLamp(drawing: Drawing<"lamp">, hex: string, lit: boolean): Piece {
  const { height: h, width: w, accent } = drawing;
  const [x, end] = [-h * 0.3, h * 0.26];
  const shadeH = w * 0.5;
  const art = group([
    disc(h * 0.13, -30, 30, { hex: hexOf(accent), surface: "speckled" }),
    tube(`M0 -34L0 ${-h * 0.6}C0 ${-h * 1.02} ${end - x} ${-h * 1.1} ${end - x} ${-h * 0.66 - shadeH}`, 13, hex),
    lit && glow(end - x, -h * 0.52, 300, 0.5),
    move(shadeOf("dome", w, shadeH, hex, lit), end - x, -h * 0.62),
  ]);
  return { art, stance: "stands", feet: [[0, 0, h * 0.13]], lights: [[end - x, -h * 0.6]] };
}

export const lamp: Kind<"lamp"> = {
  heightCm: ({ height, stand }) => (stand === "tripod" || stand === "arc" ? height / 5.4 : height / 15),
  poses: ["lit"],
  draw(drawing, { hex, pose }) {
    const lit = pose === "lit";
    const { height: h, width: w, shade: form, stand } = drawing;
    if (stand === "arm") return armLamp(drawing, hex, lit);
    if (stand === "arc") return arcLamp(drawing, hex, lit);
    const shadeH = form === "globe" ? w * 0.92 : form === "dome" ? w * 0.5 : w * 0.6;
    const reach = h - shadeH;
    const feet: Piece["feet"] =
      stand === "tripod"
        ? [
            [-h * 0.19, 0, 26],
            [h * 0.19, 0, 26],
            [10, -34, 20],
          ]
        : [[0, 0, h * 0.15]];
    const art = group([
      lampStand(drawing, hex, reach),
      lit && glow(0, -reach - shadeH * 0.3, w * 1.25, 0.85),
      move(shadeOf(form, w, shadeH, hex, lit), 0, -reach),
      form === "globe" && rect(-w * 0.18, -reach - 10, w * 0.36, 26, 10, { fill: metalLight(hexOf(drawing.accent)) }),
      form === "globe" &&
        tube(
          `M${-w * 0.3} ${-h * 0.97}C${-w * 0.34} ${-h * 1.2} ${w * 0.34} ${-h * 1.2} ${w * 0.3} ${-h * 0.97}`,
          10,
          hexOf(drawing.accent),
        ),
    ]);
    return { art, stance: "stands", feet, lights: [[0, -reach - shadeH * 0.3]], focus: [0, -reach - shadeH * 0.3] };
  },
};

export const pendantLamp: Kind<"pendant-lamp"> = {
  heightCm: ({ height }) => height / 14,
  poses: ["lit"],
  draw({ shade: form, width: w, height: h, accent }, { hex, pose }) {
    const lit = pose === "lit";
    const art = group([
      line(`M0 ${-h - 400}L0 ${-h}`, "#4b443d", 5),
      lit && glow(0, -h * 0.3, w * 0.9, 0.7),
      (form === "dome" || form === "cone") &&
        ellipse(0, 0, w / 2 - 3, w * 0.5 * TILT, {
          fill: lit
            ? "#fff3cf"
            : linearGradient([
                [0, shade(hexOf(accent), 0.3)],
                [1, tint(hexOf(accent), 0.2)],
              ]),
        }),
      rect(-15, -h - 44, 30, 50, 8, { fill: metalLight("#b08d4f") }),
      shadeOf(form, w, h, hex, lit),
    ]);
    return {
      art: {
        ...art,
        box: { left: -w / 2, right: w / 2, top: -h - 200, bottom: form === "globe" ? 0 : w * 0.5 * TILT },
      },
      stance: "hangs",
      lights: [[0, -h * 0.2]],
    };
  },
};

function lanternBody({ body, width: w, height: h, accent }: Drawing<"lantern">, hex: string, lit: boolean): Art {
  const dark = hexOf(accent);
  const r = w / 2;
  const pane = lit
    ? radialGradient(
        [
          [0, "#fffbe6"],
          [0.5, WARM],
          [1, alpha("#f0a848", 0.8)],
        ],
        0.5,
        0.6,
        0.7,
      )
    : linearGradient([
        [0, "#f7efdd"],
        [0.4, "#fffdf6"],
        [1, "#ddd2bd"],
      ]);
  if (body === "frame") {
    return group([
      rect(-r * 0.86, -h * 0.82, w * 0.86, h * 0.76, 4, { fill: pane }),
      move(candleFlame(44, lit), 0, -h * 0.06),
      ...[-0.92, -0.06, 0.8].map((x) => rect(r * x, -h * 0.84, 13, h * 0.8, 3, { fill: roundLight(hex) })),
      path(`M${-r} ${-h * 0.82}L${-r * 0.4} ${-h}L${r * 0.4} ${-h}L${r} ${-h * 0.82}Z`, { fill: roundLight(hex) }),
      rect(-r, -h * 0.06, w, h * 0.06, 4, { fill: roundLight(hex) }),
    ]);
  }
  const waist = body === "storm" ? 1.12 : 0.92;
  return group([
    turned(
      [
        [r * 0.9, -h * 0.26, "corner"],
        [r, -h * 0.2],
        [r, -h * 0.04],
        [r * 0.88, 0],
      ],
      { hex, surface: "glazed" },
    ),
    path(
      turnedOutline([
        [r * 0.72, -h * 0.82],
        [r * waist * 0.86, -h * 0.6],
        [r * waist * 0.86, -h * 0.42],
        [r * 0.82, -h * 0.26],
      ]),
      { fill: pane, stroke: alpha("#8a7a60", 0.5), width: 3 },
    ),
    line(
      `M${-r * 0.5} ${-h * 0.74}C${-r * 0.62} ${-h * 0.6} ${-r * 0.62} ${-h * 0.45} ${-r * 0.54} ${-h * 0.34}`,
      alpha("#ffffff", 0.8),
      9,
    ),
    ...[-0.84, 0.8].map((x) => rect(r * x - 5, -h * 0.84, 12, h * 0.62, 4, { fill: dark })),
    turned(
      [
        [r * 0.4, -h],
        [r * 0.74, -h * 0.94],
        [r * 0.92, -h * 0.84],
        [r * 0.92, -h * 0.8],
      ],
      { hex, surface: "glazed" },
    ),
    circle(0, -h * 0.12, r * 0.16, { fill: dark }),
  ]);
}

function candleFlame(height: number, lit: boolean): Art {
  return group([
    rect(-26, -height - 60, 52, height + 60, 5, { fill: roundLight("#f4ead2") }),
    lit && flameAt(0, -height - 64, 1),
  ]);
}

/** A candle's flame, its wick at (x, y). */
export const flameAt = (x: number, y: number, k: number): Art =>
  group([
    glow(x, y - 26 * k, 190 * k, 0.75),
    path(
      `M${x} ${y - 72 * k}C${x + 26 * k} ${y - 34 * k} ${x + 20 * k} ${y + 2 * k} ${x} ${y + 2 * k}C${x - 20 * k} ${y + 2 * k} ${x - 26 * k} ${y - 34 * k} ${x} ${y - 72 * k}Z`,
      {
        fill: linearGradient(
          [
            [0, "#ffb347"],
            [0.6, "#ffe9a8"],
            [1, "#fff9e0"],
          ],
          90,
        ),
      },
    ),
  ]);

export const lantern: Kind<"lantern"> = {
  heightCm: ({ height }) => height / 24,
  poses: ["lit"],
  draw(drawing, { hex, pose }) {
    const { width: w, height: h, accent } = drawing;
    const lit = pose === "lit";
    const handle = tube(
      `M${-w * 0.42} ${-h * 0.84}C${-w * 0.5} ${-h * 1.28} ${w * 0.5} ${-h * 1.28} ${w * 0.42} ${-h * 0.84}`,
      13,
      hexOf(accent),
    );
    return {
      art: group([handle, lit && glow(0, -h * 0.5, w * 1.6, 0.85), lanternBody(drawing, hex, lit)]),
      stance: "stands",
      feet: [[0, 0, w * 0.46]],
      lights: [[0, -h * 0.5]],
    };
  },
};

const nightMoon = (w: number, h: number, tone: string, lit: boolean, base: string): Art => {
  const r = Math.min(w, h * 0.86) / 2;
  const cy = -h * 0.1 - r + 6;
  return group([
    disc(r * 0.62, -h * 0.1, h * 0.1, { hex: base, surface: "wood" }),
    circle(0, cy, r, {
      fill: radialGradient(
        [
          [0, lit ? "#fffdf0" : tint(tone, 0.5)],
          [0.6, tone],
          [1, shade(tone, lit ? 0.1 : 0.22)],
        ],
        0.4,
        0.36,
        0.7,
      ),
    }),
    ...[
      [-0.3, -0.2, 0.2],
      [0.28, 0.12, 0.26],
      [-0.1, 0.45, 0.15],
      [0.3, -0.45, 0.12],
      [-0.55, 0.2, 0.1],
    ].map(([x = 0, y = 0, k = 0]) =>
      group([
        circle(r * x, cy + r * y, r * k, { fill: alpha(shade(tone, 0.35), 0.26) }),
        circle(r * x + 4, cy + r * y + 4, r * k * 0.86, { fill: alpha(tone, 0.6) }),
      ]),
    ),
    circle(-r * 0.2, cy + r * 0.02, 7, { fill: "#5a4632" }),
    circle(r * 0.2, cy + r * 0.02, 7, { fill: "#5a4632" }),
    line(
      `M${-r * 0.1} ${cy + r * 0.16}C${-r * 0.05} ${cy + r * 0.24} ${r * 0.05} ${cy + r * 0.24} ${r * 0.1} ${cy + r * 0.16}`,
      "#5a4632",
      5,
    ),
  ]);
};

const nightHouse = (w: number, h: number, tone: string, lit: boolean, roof: string): Art => {
  const window = (x: number, y: number) =>
    group([
      rect(x, y, w * 0.22, h * 0.17, w * 0.11, {
        fill: lit
          ? radialGradient([
              [0, "#fffbe6"],
              [1, "#ffc868"],
            ])
          : shade(tone, 0.3),
      }),
      line(`M${x + w * 0.11} ${y}L${x + w * 0.11} ${y + h * 0.17}`, tone, 6, { cap: "butt" }),
    ]);
  return group([
    rect(w * 0.2, -h * 0.97, w * 0.13, h * 0.24, 4, { fill: roundLight(shade(roof, 0.1)) }),
    path(`M${-w / 2} 0L${-w / 2} ${-h * 0.6}L0 ${-h * 0.94}L${w / 2} ${-h * 0.6}L${w / 2} 0Z`, {
      fill: linearGradient(
        [
          [0, tint(tone, 0.3)],
          [0.5, tone],
          [1, shade(tone, 0.16)],
        ],
        20,
      ),
    }),
    line(`M${-w * 0.55} ${-h * 0.575}L0 ${-h * 0.965}L${w * 0.55} ${-h * 0.575}`, shade(roof, 0.2), 38),
    line(`M${-w * 0.55} ${-h * 0.585}L0 ${-h * 0.975}L${w * 0.55} ${-h * 0.585}`, roof, 28),
    window(-w * 0.33, -h * 0.53),
    window(w * 0.11, -h * 0.53),
    window(-w * 0.33, -h * 0.28),
    rect(w * 0.08, -h * 0.27, w * 0.26, h * 0.27, w * 0.13, { fill: roundLight(roof) }),
    circle(w * 0.28, -h * 0.12, 6, { fill: "#f5e4bd" }),
  ]);
};

export const nightLight: Kind<"night-light"> = {
  heightCm: ({ height }) => height / 28,
  poses: ["lit"],
  draw({ form, width: w, height: h, accent }, { hex, pose }) {
    const lit = pose === "lit";
    const tone = lit ? mix(hex, WARM, 0.45) : hex;
    const second = hexOf(accent);
    const cloud = group(
      [0.26, -0.02, -0.3]
        .map((x, index) =>
          circle(w * x, -h * ([0.4, 0.56, 0.36][index] ?? 0.4), w * ([0.24, 0.3, 0.22][index] ?? 0.24), {
            fill: radialGradient(
              [
                [0, tint(tone, 0.5)],
                [1, shade(tone, 0.1)],
              ],
              0.4,
              0.3,
              0.8,
            ),
          }),
        )
        .concat(
          rect(-w * 0.5, -h * 0.42, w, h * 0.42, h * 0.2, {
            fill: linearGradient(
              [
                [0, tint(tone, 0.25)],
                [1, shade(tone, 0.14)],
              ],
              90,
            ),
          }),
        ),
    );
    const body =
      form === "cloud"
        ? cloud
        : form === "moon"
          ? nightMoon(w, h, tone, lit, second)
          : nightHouse(w, h, tone, lit, second);
    return {
      art: group([lit && glow(0, -h * 0.55, w * 1.15, 0.8), body]),
      stance: "stands",
      feet: [[0, 0, form === "moon" ? w * 0.3 : w * 0.46]],
      lights: [[0, -h * 0.5]],
    };
  },
};
