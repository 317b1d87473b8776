import type { Drawing } from "../../drawing-kinds.ts";
import { tint } from "../colour.ts";
import { type Art, ellipse, group } from "../svg.ts";
import { glassMouth, type Profile, turned } from "../turned.ts";

export const wineProfile = (w: number, h: number): Profile => [
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

export function glassOf(drawing: Drawing<"glass">, hex: string, drink: string | undefined): Art {
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

export function radius(profile: Profile, y: number): number {
  const below = profile.findIndex(([, py]) => py >= y);
  const [r2 = 0, y2 = 0] = profile[below] ?? [];
  const [r1 = r2, y1 = y2] = profile[below - 1] ?? [];
  return y2 === y1 ? r2 : r1 + ((r2 - r1) * (y - y1)) / (y2 - y1);
}
