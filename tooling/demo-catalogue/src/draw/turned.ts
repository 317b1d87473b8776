import type { Surface } from "../drawing-kinds.ts";
import { alpha, lightnessOf, mix, shade, tint } from "./colour.ts";
import { at, through, underArc } from "./curves.ts";
import { hollowLight, linearGradient, metalLight, roundLight } from "./light.ts";
import { type Art, clip, ellipse, group, line, type Paint, type Point, path } from "./svg.ts";
import { brushedTexture, grainTexture, speckleTexture } from "./textures.ts";

/** A round thing's half outline, from top to bottom; "corner" breaks the curve there. */
export type Profile = readonly (readonly [radius: number, y: number, corner?: "corner" | undefined])[];

/** How far one looks down on round things: an ellipse's height by its width. */
export const TILT = 0.13;

export interface Skin {
  hex: string;
  surface: Surface;
  /** The second tone of a band, or of what a dipped thing was dipped into. */
  accent?: string;
}

function sideOf(profile: Profile, factor: number): string {
  let d = "";
  let run: Point[] = [];
  for (const [radius, y, corner] of profile) {
    run.push([radius * factor, y]);
    if (corner && run.length > 1) {
      d += through(run);
      run = [[radius * factor, y]];
    }
  }
  return d + (run.length > 1 ? through(run) : "");
}

const endsOf = (profile: Profile) => {
  const first = profile[0] ?? [0, 0];
  const last = profile.at(-1) ?? first;
  return { top: first, bottom: last };
};

/** The closed outline of a turned body. */
export function turnedOutline(profile: Profile, tilt = TILT): string {
  const { top, bottom } = endsOf(profile);
  const back = [...profile].reverse().map(([r, y, corner]): Profile[number] => [r, y, corner]);
  return `M${at([-top[0], top[1]])}${sideOf(profile, -1)}${underArc(0, bottom[1], bottom[0], bottom[0] * tilt)}${sideOf(back, 1)}Z`;
}

/** The radius of a profile at a height, straight between its points. */
export function radiusAt(profile: Profile, y: number): number {
  for (let index = 0; index < profile.length - 1; index++) {
    const [r1 = 0, y1 = 0] = profile[index] ?? [];
    const [r2 = 0, y2 = 0] = profile[index + 1] ?? [];
    if (y >= y1 && y <= y2) return r1 + ((r2 - r1) * (y - y1)) / Math.max(1, y2 - y1);
  }
  return endsOf(profile).bottom[0];
}

/** A ring around a body between two heights, curved as the eye sees it. */
export function ring(profile: Profile, from: number, to: number, fill: Paint, tilt = TILT): Art {
  const steps = Array.from({ length: 7 }, (_, step) => from + ((to - from) * step) / 6);
  const right = steps.map((y): Point => [radiusAt(profile, y) + 1, y]);
  const [r1, r2] = [radiusAt(profile, from) + 1, radiusAt(profile, to) + 1];
  const left = steps.map((y): Point => [-radiusAt(profile, y) - 1, y]).reverse();
  const d = `M${at([-r1, from])}${underArc(0, from, r1, r1 * tilt)}L${right.map(at).join("L")}${underArcBack(r2, to, tilt)}L${left.map(at).join("L")}Z`;
  return clip(path(turnedOutline(profile, tilt), { fill: "#000" }), [path(d, { fill })]);
}

const underArcBack = (r: number, y: number, tilt: number): string =>
  `C${at([r, y + r * tilt * 0.55])} ${at([r * 0.55, y + r * tilt])} ${at([0, y + r * tilt])}C${at([-r * 0.55, y + r * tilt])} ${at([-r, y + r * tilt * 0.55])} ${at([-r, y])}`;

/** A turned body in its skin, without its mouth. */
export function turned(profile: Profile, { hex, surface, accent }: Skin, tilt = TILT): Art {
  const outline = turnedOutline(profile, tilt);
  const { top, bottom } = endsOf(profile);
  const height = bottom[1] - top[1];
  const shape = path(outline, { fill: surface === "metal" ? metalLight(hex) : roundLight(hex, GLOSS[surface]) });
  if (surface === "glass") return glassBody(profile, hex, tilt);
  const over = OVERLAYS[surface]?.(profile, hex, accent ?? contrastClay(hex), top[1], height, tilt) ?? [];
  const foot = path(outline, {
    fill: linearGradient(
      [
        [0.72, alpha("#2a1a10", 0)],
        [1, alpha("#2a1a10", 0.2)],
      ],
      90,
    ),
  });
  return group([shape, clip(path(outline, { fill: "#000" }), [...over, foot])]);
}

const contrastClay = (hex: string): string =>
  lightnessOf(hex) > 0.82 ? mix(hex, "#b98a62", 0.55) : mix(tint(hex, 0.5), "#ead9bf", 0.7);

const GLOSS: Record<Surface, number> = {
  matte: 0.2,
  glazed: 0.42,
  speckled: 0.28,
  ribbed: 0.25,
  banded: 0.38,
  dipped: 0.28,
  metal: 0.5,
  wood: 0.22,
  glass: 0.5,
};

type Overlay = (profile: Profile, hex: string, accent: string, top: number, height: number, tilt: number) => Art[];

const gleam: Overlay = (profile, hex, _accent, top, height) => {
  const points = [0.12, 0.3, 0.5, 0.68].map((share): Point => {
    const y = top + height * share;
    return [-radiusAt(profile, y) * 0.62, y];
  });
  const [first] = points;
  if (!first) return [];
  const width = Math.max(5, radiusAt(profile, top + height * 0.4) * 0.11);
  return [line(`M${at(first)}${through(points)}`, alpha("#ffffff", lightnessOf(hex) > 0.8 ? 0.75 : 0.42), width)];
};

const OVERLAYS: Partial<Record<Surface, Overlay>> = {
  glazed: gleam,
  speckled: (profile, hex, ...rest) => [
    path(turnedOutline(profile), { fill: speckleTexture(hex) }),
    ...gleam(profile, hex, ...rest).map((art) => group([art], { opacity: 0.4 })),
  ],
  ribbed: (profile, hex) =>
    Array.from({ length: 17 }, (_, index) => {
      const angle = ((index - 8) / 8.6) * (Math.PI / 2);
      const { top } = endsOf(profile);
      const factor = Math.sin(angle);
      const d = `M${at([top[0] * factor, top[1]])}${sideOf(profile, factor)}L${at([radiusAt(profile, 1e9) * factor, endsOf(profile).bottom[1] + 40])}`;
      const width = Math.max(2, radiusAt(profile, (top[1] + endsOf(profile).bottom[1]) / 2) * 0.085 * Math.cos(angle));
      return group([
        line(d, alpha(shade(hex, 0.55), 0.34), width),
        line(d, alpha(tint(hex, 0.8), 0.3), width * 0.35, { cap: "butt" }),
      ]);
    }),
  banded: (profile, hex, accent, top, height, tilt) => [
    ring(profile, top + height * 0.1, top + height * 0.17, roundLight(accent, 0.3), tilt),
    ring(profile, top + height * 0.2, top + height * 0.225, roundLight(accent, 0.3), tilt),
    ...gleam(profile, hex, accent, top, height, tilt),
  ],
  dipped: (profile, _hex, accent, top, height, tilt) => [
    ring(profile, top + height * 0.6, top + height * 1.02, roundLight(accent, 0.15), tilt * 1.1),
    ring(profile, top + height * 0.595, top + height * 0.612, alpha("#2a1a10", 0.16), tilt * 1.1),
  ],
  metal: (profile) => [path(turnedOutline(profile), { fill: brushedTexture(0) })],
  wood: (profile, hex) => [path(turnedOutline(profile), { fill: grainTexture(hex, "turned", 90) })],
};

function glassBody(profile: Profile, hex: string, tilt: number): Art {
  const outline = turnedOutline(profile, tilt);
  const fill = linearGradient([
    [0, alpha(shade(hex, 0.3), 0.62)],
    [0.1, alpha(hex, 0.34)],
    [0.24, alpha("#ffffff", 0.5)],
    [0.36, alpha(hex, 0.26)],
    [0.8, alpha(hex, 0.38)],
    [0.93, alpha("#ffffff", 0.3)],
    [1, alpha(shade(hex, 0.35), 0.66)],
  ]);
  const { top, bottom } = endsOf(profile);
  const height = bottom[1] - top[1];
  const streak = gleam(profile, "#ffffff", hex, top[1], height, tilt);
  const base = ellipse(0, bottom[1] - bottom[0] * 0.05, bottom[0] * 0.9, bottom[0] * tilt * 0.9, {
    fill: alpha(shade(hex, 0.3), 0.24),
    stroke: alpha("#ffffff", 0.5),
    width: 2,
  });
  const edge = path(outline, { stroke: alpha(shade(hex, 0.45), 0.55), width: 3 });
  return group([path(outline, { fill }), clip(path(outline, { fill: "#000" }), [base, ...streak]), edge]);
}

/** The mouth of a vessel: its rim and the hollow behind. */
export function mouth(radius: number, y: number, hex: string, wall = 0.06, inside = hex, tilt = TILT): Art {
  const inner = radius * (1 - wall);
  return group([
    ellipse(0, y, radius, radius * tilt, {
      fill: linearGradient([
        [0, tint(hex, 0.35)],
        [0.6, tint(hex, 0.12)],
        [1, shade(hex, 0.1)],
      ]),
    }),
    ellipse(0, y + radius * tilt * 0.06, inner, inner * tilt * 0.92, { fill: hollowLight(inside) }),
  ]);
}

/** A glass vessel's mouth: two fine bright ellipses. */
export const glassMouth = (radius: number, y: number, hex: string): Art =>
  group([
    ellipse(0, y, radius, radius * TILT, {
      fill: alpha("#ffffff", 0.18),
      stroke: alpha(shade(hex, 0.4), 0.6),
      width: 4,
    }),
    ellipse(0, y - 1, radius - 3, radius * TILT - 2, { stroke: alpha("#ffffff", 0.8), width: 2 }),
  ]);

/** A flat round thing: a disc of some thickness, its top seen. */
export function disc(radius: number, y: number, thickness: number, skin: Skin, tilt = TILT): Art {
  const side = turned(
    [
      [radius, y, "corner"],
      [radius, y + thickness],
    ],
    skin,
    tilt,
  );
  const fill =
    skin.surface === "metal"
      ? metalLight(tint(skin.hex, 0.2))
      : linearGradient(
          [
            [0, tint(skin.hex, 0.4)],
            [1, skin.hex],
          ],
          20,
        );
  const top = ellipse(0, y, radius, radius * tilt, { fill });
  const grain =
    skin.surface === "wood" && ellipse(0, y, radius, radius * tilt, { fill: grainTexture(skin.hex, "top", 0, 0.7) });
  return group([side, top, grain]);
}

/** A straight round rod from y to y + height. */
export const rod = (radius: number, y: number, height: number, skin: Skin): Art =>
  turned(
    [
      [radius, y, "corner"],
      [radius, y + height],
    ],
    skin,
    0.3,
  );
