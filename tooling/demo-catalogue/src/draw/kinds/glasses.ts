import type { Drawing } from "../../drawing-kinds.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { hollowLight, linearGradient } from "../light.ts";
import type { Kind } from "../piece.ts";
import { planOf } from "../plans.ts";
import { type Art, ellipse, group, move, type Style } from "../svg.ts";
import { speckleTexture } from "../textures.ts";
import { type Profile, turned } from "../turned.ts";
import { glassOf } from "./drinking-glass.ts";

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
