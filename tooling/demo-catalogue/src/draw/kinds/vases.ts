import type { Drawing } from "../../drawing-kinds.ts";
import { mix, shade, tint } from "../colour.ts";
import type { Kind } from "../piece.ts";
import { type Art, ellipse, group, line, move, turn } from "../svg.ts";
import { glassMouth, mouth, type Profile, turned } from "../turned.ts";

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
