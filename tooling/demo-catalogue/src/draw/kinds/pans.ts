import { tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { linearGradient, metalPlane } from "../light.ts";
import type { Kind } from "../piece.ts";
import { planOf } from "../plans.ts";
import { type Art, ellipse, group, line, mirror, rect, turn } from "../svg.ts";
import { grainTexture } from "../textures.ts";
import { mouth, type Profile, turned } from "../turned.ts";

const WOODS = ["oak", "ash", "beech", "walnut", "cocoa", "cork", "chestnut"];

/** A long handle to the right from (x, y), rising a little. */
function longHandle(x: number, y: number, length: number, thick: number, hex: string, wood: boolean, slope = -9): Art {
  const grip = rect(x + length * 0.26, y - thick / 2, length * 0.74, thick, thick / 2, {
    fill: linearGradient(
      [
        [0, tint(hex, 0.35)],
        [0.4, hex],
        [1, shade(hex, 0.3)],
      ],
      90,
    ),
  });
  return turn(
    group([
      rect(x - 14, y - thick * 0.3, length * 0.36, thick * 0.6, 5, { fill: metalPlane("#b4b7b8", 90) }),
      grip,
      wood &&
        rect(x + length * 0.26, y - thick / 2, length * 0.74, thick, thick / 2, { fill: grainTexture(hex, "handle") }),
      ellipse(x + length * 0.93, y, thick * 0.16, thick * 0.16, { fill: shade(hex, 0.6) }),
    ]),
    slope,
    x,
    y,
  );
}

export const pan: Kind<"pan"> = {
  heightCm: ({ height }) => height / 19,
  poses: ["above"],
  draw({ wall, handle, width: w, height: h, accent }, { hex, pose }) {
    const r = w / 2;
    const grip = hexOf(accent);
    const wood = WOODS.includes(accent);
    const length = handle === "short" ? w * 0.36 : w * 0.74;
    const thick = handle === "short" ? w * 0.085 : w * 0.066;
    if (pose === "above") {
      const plan = planOf(
        r,
        { hex, surface: "matte" },
        "pan",
        handle === "loops" ? [loopsPlan(r, hex)] : [longHandle(r - 6, 0, length, thick * 1.15, grip, wood, 0)],
      );
      return { ...plan, art: turn(plan.art, 38) };
    }
    const profiles: Record<typeof wall, Profile> = {
      straight: [
        [r, -h, "corner"],
        [r * 0.98, -h * 0.1],
        [r * 0.92, 0],
      ],
      sloped: [
        [r, -h, "corner"],
        [r * 0.86, -h * 0.2],
        [r * 0.76, 0],
      ],
      round: [
        [r, -h, "corner"],
        [r * 0.84, -h * 0.44],
        [r * 0.52, -h * 0.08],
        [r * 0.34, 0],
      ],
    };
    return {
      stance: "stands",
      feet: [[0, 0, (profiles[wall].at(-1)?.[0] ?? r) * 0.98]],
      focus: [r * 0.7, -h],
      art: group([
        handle !== "loops" && longHandle(r * 0.94, -h * 0.78, length, thick, grip, wood),
        handle === "loops" && group([sideLoop(r, -h * 0.7, hex), mirror(sideLoop(r, -h * 0.7, hex))]),
        mouth(r, -h, tint(hex, 0.12), 0.03, hex),
        turned(profiles[wall], { hex, surface: "matte" }),
        line(
          `M${-r * 0.95} ${-h * 0.86}C${-r * 0.9} ${-h * 0.5} ${-r * 0.84} ${-h * 0.3} ${-r * 0.78} ${-h * 0.16}`,
          alpha("#ffffff", 0.22),
          9,
        ),
      ]),
    };
  },
};

const sideLoop = (r: number, y: number, hex: string): Art =>
  tube(`M${r * 0.96} ${y - 14}C${r * 1.22} ${y - 20} ${r * 1.22} ${y + 34} ${r * 0.95} ${y + 26}`, 20, hex);

const loopsPlan = (r: number, hex: string): Art => {
  const loop = tube(
    `M${r * 0.96} ${-r * 0.22}C${r * 1.26} ${-r * 0.24} ${r * 1.26} ${r * 0.24} ${r * 0.96} ${r * 0.22}`,
    24,
    hex,
  );
  return group([loop, turn(loop, 180)]);
};

export const pot: Kind<"pot"> = {
  heightCm: ({ height }) => height / 22,
  poses: ["above"],
  draw({ handles, lid, surface, width: w, height: h, accent }, { hex, pose }) {
    const r = w / 2;
    const second = hexOf(accent);
    const handleHex = surface === "metal" ? hex : shade(hex, 0.05);
    if (pose === "above") {
      const extra =
        handles === "long" ? longHandle(r - 8, 0, w * 0.56, w * 0.08, hex, false, 0) : loopsPlan(r, handleHex);
      const plan = planOf(
        r,
        { hex: surface === "metal" ? "#c3c7c9" : hex, surface },
        surface === "metal" ? "water" : "stew",
        [extra],
      );
      return { ...plan, art: turn(plan.art, handles === "long" ? 40 : 18) };
    }
    const body: Profile = [
      [r, -h * 0.82, "corner"],
      [r, -h * 0.3],
      [r * 0.96, -h * 0.08],
      [r * 0.84, 0],
    ];
    const bodyTop = lid ? -h * 0.76 : -h;
    const profile: Profile = body.map(([pr, y, c]): Profile[number] => [pr, y === -h * 0.82 ? bodyTop : y, c]);
    const cover =
      lid &&
      group([
        turned(
          [
            [r * 0.12, -h * 0.94],
            [r * 0.7, -h * 0.88],
            [r * 0.98, -h * 0.79, "corner"],
            [r * 1.01, -h * 0.755],
          ],
          { hex, surface: surface === "banded" ? "glazed" : surface },
        ),
        turned(
          [
            [r * 0.13, -h, "corner"],
            [r * 0.13, -h * 0.96],
            [r * 0.06, -h * 0.92],
          ],
          { hex: second, surface: "metal" },
        ),
        ellipse(0, -h, r * 0.13, r * 0.03, { fill: tint(second, 0.45) }),
      ]);
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.86]],
      focus: [-r * 0.4, -h * 0.7],
      art: group([
        handles === "loops" && group([sideLoop(r, -h * 0.6, handleHex), mirror(sideLoop(r, -h * 0.6, handleHex))]),
        handles === "long" && longHandle(r * 0.96, -h * 0.8, w * 0.68, w * 0.075, hex, false),
        handles === "bail" &&
          tube(`M${-r} ${bodyTop + 30}C${-r} ${-h * 1.7} ${r} ${-h * 1.7} ${r} ${bodyTop + 30}`, 12, second),
        !lid && mouth(r, -h, hex, 0.04, hex),
        turned(profile, { hex, surface, accent: second }),
        cover,
      ]),
    };
  },
};
