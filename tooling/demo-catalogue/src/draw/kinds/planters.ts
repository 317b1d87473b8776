import type { Drawing } from "../../drawing-kinds.ts";
import { leg, panel } from "../blocks.ts";
import { alpha, shade, tint } from "../colour.ts";
import { linearGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { planOf } from "../plans.ts";
import { type Art, circle, group, line, move, path, rect, turn } from "../svg.ts";
import { brushedTexture } from "../textures.ts";
import { disc, mouth, type Profile, turned } from "../turned.ts";
import { plantOf } from "./greenery.ts";
import { soil } from "./leaves.ts";

function potProfile(form: Drawing<"planter">["profile"], w: number, h: number): Profile {
  const r = w / 2;
  const shapes: Record<Drawing<"planter">["profile"], Profile> = {
    tapered: [
      [r, -h, "corner"],
      [r * 0.98, -h * 0.76, "corner"],
      [r * 0.9, -h * 0.75, "corner"],
      [r * 0.66, 0],
    ],
    cylinder: [
      [r, -h, "corner"],
      [r * 0.98, -h * 0.1],
      [r * 0.9, 0],
    ],
    belly: [
      [r * 0.78, -h],
      [r * 0.82, -h * 0.93],
      [r, -h * 0.52],
      [r * 0.8, -h * 0.12],
      [r * 0.6, 0],
    ],
    bowl: [
      [r, -h, "corner"],
      [r * 0.9, -h * 0.44],
      [r * 0.58, -h * 0.04],
      [r * 0.5, 0],
    ],
    trough: [
      [r, -h, "corner"],
      [r * 0.94, 0],
    ],
  };
  return shapes[form];
}

function trough({ width: w, height: h, plant, surface }: Drawing<"planter">, hex: string, angle: boolean): Piece {
  const r = w / 2;
  const slope = angle ? w * 0.16 : 0;
  const front = `M${-r} ${-h}L${r - slope} ${-h}L${r - slope - w * 0.03} 0L${-r + w * 0.03} 0Z`;
  const grow = (x: number, y: number) =>
    move(plantOf(plant === "none" ? "herbs" : plant, w * (angle ? 0.86 : 0.96)), x, y);
  return {
    stance: "stands",
    feet: [[0, 0, r * 0.94]],
    art: group([
      angle &&
        path(
          `M${r - slope} ${-h}L${r + slope * 0.6} ${-h - slope * 0.7}L${r + slope * 0.6 - 14} ${-slope * 0.6}L${r - slope - w * 0.03} 0Z`,
          {
            fill: linearGradient([
              [0, shade(hex, 0.16)],
              [1, shade(hex, 0.4)],
            ]),
          },
        ),
      angle &&
        path(
          `M${-r} ${-h}L${-r + slope * 1.5} ${-h - slope * 0.7}L${r + slope * 0.6} ${-h - slope * 0.7}L${r - slope} ${-h}Z`,
          { fill: "#4d3828" },
        ),
      !angle && path(`M${-r * 0.97} ${-h - 26}L${r * 0.97} ${-h - 26}L${r} ${-h}L${-r} ${-h}Z`, { fill: "#4d3828" }),
      grow(angle ? w * 0.02 : 0, -h - (angle ? slope * 0.3 : 10)),
      path(front, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.3)],
            [0.4, hex],
            [0.6, tint(hex, 0.16)],
            [1, shade(hex, 0.24)],
          ],
          24,
        ),
      }),
      surface === "metal" && path(front, { fill: brushedTexture(90) }),
      panel(-r - 8, -h - 8, w + 16 - slope, 30, 8, tint(hex, 0.08), "paint"),
      ...[-0.5, 0, 0.5].map((k) =>
        line(
          `M${k * (w - slope) - slope * 0.5} ${-h + 40}L${k * (w - slope) * 0.97 - slope * 0.5} -20`,
          alpha(shade(hex, 0.5), 0.22),
          6,
        ),
      ),
    ]),
  };
}

export const planter: Kind<"planter"> = {
  heightCm: ({ profile, height }) => (profile === "trough" ? 18 : height / 15),
  poses: ["above", "angle"],
  draw(drawing, { hex, pose }) {
    const { profile: form, surface, under, plant, width: w, height: h } = drawing;
    if (form === "trough") return trough(drawing, hex, pose === "angle");
    if (pose === "above") return bowlPlan(w / 2, hex, surface);
    const profile = potProfile(form, w, h);
    const top = profile[0]?.[0] ?? w / 2;
    const foot = profile.at(-1)?.[0] ?? w / 3;
    const lift = under === "legs" ? h * 0.5 : under === "saucer" ? 18 : 0;
    const pot = group([
      mouth(top, -h, hex, 0.08, shade(hex, 0.1)),
      soil(top, -h),
      move(plantOf(plant, top * (plant === "tree" ? 2.1 : 1.75)), 0, -h + top * 0.02),
      turned(profile, { hex, surface }),
      plant === "trailing" && move(plantOf("trailing", top * 1.7), 0, -h + top * 0.1),
    ]);
    const stand =
      under === "legs" &&
      group(
        [
          [-0.8, 0],
          [0.8, 0],
          [0.1, -34],
        ]
          .map(([k = 0, y = 0]) =>
            leg([foot * k * 0.9, -h * 0.62 + y], [foot * k * 1.04, lift + y], 26, 18, y ? "#9a6f45" : "#c99d67"),
          )
          .reverse(),
      );
    const saucer = under === "saucer" && disc(foot * 1.24, 0, 22, { hex: shade(hex, 0.05), surface: "matte" });
    const cord =
      under === "cord" &&
      group([
        ...[-0.86, 0.86, 0].map((k) =>
          line(`M${top * k} ${-h + (k === 0 ? top * 0.12 : 0)}L0 ${-h - w * 1.1}`, "#b59a6a", 7),
        ),
        line(`M0 ${-h - w * 1.1}L0 ${-h - w * 1.1 - 400}`, "#b59a6a", 9),
        circle(0, -h - w * 1.1, 15, { fill: "#c9a35a" }),
      ]);
    const body = group([
      cord,
      saucer,
      stand,
      pot,
      pose === "angle" &&
        group([
          rect(foot * 0.2, -h * 0.34, 64, 40, 4, { fill: "#f4ead2" }),
          line(
            `M${foot * 0.2 + 10} ${-h * 0.34 + 16}L${foot * 0.2 + 52} ${-h * 0.34 + 16}M${foot * 0.2 + 10} ${-h * 0.34 + 27}L${foot * 0.2 + 40} ${-h * 0.34 + 27}`,
            "#9a8a68",
            3,
          ),
        ]),
    ]);
    const box = under === "cord" ? { ...body.box, top: -h - w * 1.3 } : body.box;
    return {
      art: { ...(pose === "angle" ? mirrored(body) : body), box },
      stance: under === "cord" ? "hangs" : "stands",
      feet:
        under === "legs"
          ? [
              [-foot * 0.83, lift, 16],
              [foot * 0.83, lift, 16],
              [foot * 0.1, lift - 34, 14],
            ]
          : [[0, lift, (under === "saucer" ? foot * 1.2 : foot) * 0.98]],
      focus: [0, -h * 0.6],
    };
  },
};

const mirrored = (art: Art): Art => ({ ...group([art]), attributes: { transform: "scale(-1 1)" } });

function bowlPlan(r: number, hex: string, surface: Drawing<"planter">["surface"]): Piece {
  const plan = planOf(r, { hex, surface }, "bowl");
  const ball = (x: number, y: number, size: number, tone: string) =>
    group([
      circle(x + 8, y + 12, size, { fill: alpha("#2a1a10", 0.3) }),
      circle(x, y, size, { fill: roundLight(tone) }),
      ...Array.from({ length: 12 }, (_, n) =>
        turn(
          group([
            line(`M${x} ${y - size * 0.2}L${x} ${y - size * 0.94}`, alpha(shade(tone, 0.5), 0.35), 4),
            line(`M${x} ${y - size * 0.9}L${x + 3} ${y - size * 1.06}`, "#f1ecd2", 3),
          ]),
          n * 30,
          x,
          y,
        ),
      ),
      circle(x, y, size * 0.16, { fill: "#e58fa0" }),
    ]);
  const pebbles = Array.from({ length: 70 }, (_, n) =>
    circle(
      Math.cos(n * 2.4) * r * 0.8 * Math.sqrt(n / 70),
      Math.sin(n * 2.4) * r * 0.8 * Math.sqrt(n / 70),
      r * 0.055,
      { fill: ["#cbb592", "#b89d78", "#dccbad"][n % 3] },
    ),
  );
  return {
    ...plan,
    art: group([
      plan.art,
      circle(0, 0, r * 0.88, { fill: "#8f7654" }),
      ...pebbles,
      ball(-r * 0.34, -r * 0.2, r * 0.34, "#5b8a5c"),
      ball(r * 0.36, r * 0.1, r * 0.27, "#7fa56a"),
      ball(-r * 0.16, r * 0.48, r * 0.2, "#86a872"),
      ball(r * 0.2, -r * 0.48, r * 0.17, "#4f7d5b"),
    ]),
  };
}
