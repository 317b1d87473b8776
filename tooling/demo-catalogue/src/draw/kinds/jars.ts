import { tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { linearGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { planOf } from "../plans.ts";
import { type Art, circle, clip, ellipse, group, line, path, turn } from "../svg.ts";
import { crumbTexture } from "../textures.ts";
import { disc, glassMouth, type Profile, ring, turned, turnedOutline } from "../turned.ts";

/** Pasta, fruit in syrup: what a glass jar shows of itself. */
function jarFilling(fill: "half" | "full", r: number, h: number): Art {
  const top = fill === "half" ? -h * 0.46 : -h * 0.72;
  const body: Profile = [
    [r * 0.93, top, "corner"],
    [r * 0.93, -12],
    [r * 0.86, -4],
  ];
  const tones = fill === "half" ? ["#e8c986", "#d9b264", "#f0d9a2"] : ["#eda55c", "#e28a3c", "#f6c489"];
  const bits = Array.from({ length: fill === "half" ? 70 : 20 }, (_, n) => {
    const x = (((n * 61) % 97) / 97 - 0.5) * r * 1.8;
    const y = top + 8 + (((n * 37) % 89) / 89) * (-top - 12);
    const size: [number, number] = fill === "half" ? [r * 0.12, r * 0.045] : [r * 0.25, r * 0.23];
    return turn(
      ellipse(x, y, ...size, { fill: tones[n % 3], stroke: alpha("#7a4a18", 0.3), width: 2 }),
      (n * 53) % 180,
      x,
      y,
    );
  });
  return group([
    turned(body, { hex: tones[1] ?? "#d9b264", surface: "matte" }),
    clip(path(turnedOutline(body), { fill: "#000" }), bits),
    ellipse(0, top, r * 0.93, r * 0.1, { fill: tones[2] }),
  ]);
}

export const jar: Kind<"jar"> = {
  heightCm: ({ height, lid }) => (lid === "cork" ? 9 : height / 26),
  poses: ["above"],
  draw({ lid, surface, fill, width: w, height: h, accent }, { hex, pose }) {
    const r = w / 2;
    const second = hexOf(accent);
    const body = lid === "flat" || lid === "cork" ? h * 0.86 : h * 0.8;
    if (pose === "above") return saltPlan(r, hex, second);
    const squat = lid === "cork";
    const neck: Profile[number][] =
      lid === "clip"
        ? [
            [r * 0.74, -body],
            [r * 0.78, -body * 0.95],
            [r, -body * 0.84],
          ]
        : squat
          ? [
              [r * 0.74, -body, "corner"],
              [r * 0.96, -body * 0.6],
              [r, -body * 0.3],
            ]
          : [[r, -body, "corner"]];
    const profile: Profile = [...neck, [r, -h * 0.05], [r * 0.93, 0]];
    const top = profile[0]?.[0] ?? r;
    const lids: Record<typeof lid, Art> = {
      flat: group([disc(top * 1.03, -h, h - body + 8, { hex: second, surface: "wood" })]),
      knob: group([
        turned(
          [
            [top * 0.2, -body - h * 0.1],
            [top * 0.94, -body - h * 0.055],
            [top * 1.04, -body, "corner"],
            [top * 1.04, -body + 16],
          ],
          { hex, surface },
        ),
        turned(
          [
            [16, -h],
            [30, -h * 0.965],
            [12, -h * 0.9],
          ],
          { hex: second, surface: "metal" },
        ),
      ]),
      cork: group([
        turned(
          [
            [top * 0.9, -h, "corner"],
            [top * 0.86, -body + 6],
          ],
          { hex: second, surface: "matte" },
        ),
        ellipse(0, -h, top * 0.9, top * 0.12, { fill: tint(second, 0.25) }),
        ellipse(0, -h, top * 0.9, top * 0.12, { fill: crumbTexture(second) }),
      ]),
      clip: group([
        ring(
          [
            [top * 1.1, -body - 8],
            [top * 1.1, -body + 16],
          ],
          -body,
          -body + 20,
          roundLight(second),
        ),
        turned(
          [
            [top * 0.5, -h],
            [top * 0.96, -h * 0.95],
            [top * 1.1, -body - h * 0.02, "corner"],
            [top * 1.1, -body],
          ],
          { hex, surface: "glass" },
        ),
        tube(
          `M${top * 0.5} ${-h * 0.97}L${top * 1.16} ${-body - 10}L${top * 1.16} ${-body * 0.78}L${top * 1.02} ${-body * 0.7}`,
          9,
          "#b4b8ba",
        ),
        tube(`M${-top * 1.14} ${-body - 16}L${-top * 1.14} ${-body * 0.92}`, 9, "#b4b8ba"),
      ]),
    };
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.96]],
      focus: [0, -body],
      art: group([
        fill !== "none" && jarFilling(fill, r, body),
        turned(profile, { hex, surface: surface === "metal" ? "glazed" : surface }),
        surface === "glass" && lid === "flat" && glassMouth(r, -body, hex),
        surface === "metal" && ring(profile, -h * 0.52, -h * 0.24, "#f6efdf"),
        surface === "metal" &&
          line(
            `M${-r * 0.4} ${-h * 0.32}L${r * 0.4} ${-h * 0.32}M${-r * 0.25} ${-h * 0.25}L${r * 0.25} ${-h * 0.25}`,
            shade(hex, 0.2),
            8,
          ),
        lids[lid],
      ]),
    };
  },
};

function saltPlan(r: number, hex: string, cork: string): Piece {
  const plan = planOf(r * 0.86, { hex, surface: "matte" }, "salt");
  const lid = group([
    circle(r * 0.8, r * 0.86, r * 0.62, {
      fill: linearGradient(
        [
          [0, tint(cork, 0.3)],
          [1, shade(cork, 0.12)],
        ],
        50,
      ),
    }),
    circle(r * 0.8, r * 0.86, r * 0.62, { fill: crumbTexture(cork) }),
  ]);
  return { ...plan, art: group([plan.art, lid]) };
}
