import type { Drawing } from "../../drawing-kinds.ts";
import { bar, leg, tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { glow, linearGradient, metalLight, radialGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, line, move, path, rect, turn } from "../svg.ts";
import { weaveTexture } from "../textures.ts";
import { disc, type Profile, rod, TILT, turned, turnedOutline } from "../turned.ts";
import { WARM } from "./lamplight.ts";

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
