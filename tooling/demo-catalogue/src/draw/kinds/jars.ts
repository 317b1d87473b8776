import { tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { linearGradient, metalLight, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { planOf } from "../plans.ts";
import { type Art, circle, clip, ellipse, group, line, path, rect, turn } from "../svg.ts";
import { crumbTexture } from "../textures.ts";
import { disc, glassMouth, type Profile, ring, rod, turned, turnedOutline } from "../turned.ts";

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

export const bottle: Kind<"bottle"> = {
  heightCm: ({ height, top }) => ({ pourer: 24, pump: 18, screw: 7.5, loop: 26, cork: height / 24 })[top],
  poses: [],
  draw({ top, surface, width: w, height: h, accent }, { hex }) {
    const r = w / 2;
    const second = hexOf(accent);
    const shapes: Record<typeof top, Profile> = {
      pourer: [
        [r * 0.26, -h * 0.86, "corner"],
        [r * 0.3, -h * 0.7],
        [r * 0.9, -h * 0.54],
        [r, -h * 0.4],
        [r, -h * 0.04],
        [r * 0.92, 0],
      ],
      cork: [
        [r * 0.3, -h * 0.9, "corner"],
        [r * 0.34, -h * 0.7],
        [r, -h * 0.48],
        [r, 0],
      ],
      pump: [
        [r * 0.4, -h * 0.72, "corner"],
        [r * 0.9, -h * 0.66],
        [r, -h * 0.56],
        [r, -h * 0.05],
        [r * 0.92, 0],
      ],
      screw: [
        [r * 0.46, -h * 0.72, "corner"],
        [r * 0.5, -h * 0.66],
        [r * 0.94, -h * 0.56],
        [r, -h * 0.46],
        [r, -h * 0.05],
        [r * 0.92, 0],
      ],
      loop: [
        [r * 0.7, -h * 0.84],
        [r * 0.94, -h * 0.78],
        [r, -h * 0.7],
        [r, -h * 0.04],
        [r * 0.9, 0],
      ],
    };
    const profile = shapes[top];
    const steel = { hex: second, surface: "metal" as const };
    const tops: Record<typeof top, Art> = {
      pourer: group([
        turned(
          [
            [r * 0.3, -h * 0.9, "corner"],
            [r * 0.28, -h * 0.84],
          ],
          { hex: "#c39a6b", surface: "matte" },
        ),
        tube(`M0 ${-h * 0.9}C0 ${-h * 0.97} ${r * 0.1} ${-h * 0.98} ${r * 0.34} ${-h}`, 16, second),
      ]),
      cork: turned(
        [
          [r * 0.3, -h, "corner"],
          [r * 0.27, -h * 0.88],
        ],
        { hex: second, surface: "matte" },
      ),
      pump: group([
        rod(r * 0.1, -h * 0.92, h * 0.2, steel),
        turned(
          [
            [r * 0.46, -h * 0.78, "corner"],
            [r * 0.46, -h * 0.7],
          ],
          steel,
        ),
        tube(`M${r * 0.14} ${-h * 0.95}L${-r * 0.76} ${-h * 0.95}L${-r * 0.84} ${-h * 0.9}`, 26, second),
        turned(
          [
            [r * 0.22, -h, "corner"],
            [r * 0.22, -h * 0.92],
          ],
          steel,
        ),
      ]),
      screw: group([
        turned(
          [
            [r * 0.56, -h, "corner"],
            [r * 0.58, -h * 0.74],
          ],
          { hex: second, surface: "ribbed" },
        ),
        ellipse(0, -h, r * 0.56, r * 0.08, { fill: tint(second, 0.3) }),
      ]),
      loop: group([
        turned(
          [
            [r * 0.66, -h * 0.94, "corner"],
            [r * 0.7, -h * 0.84],
          ],
          { hex: second, surface: "ribbed" },
        ),
        tube(
          `M${-r * 0.4} ${-h * 0.92}C${-r * 0.5} ${-h * 1.02} ${r * 0.5} ${-h * 1.02} ${r * 0.4} ${-h * 0.92}`,
          20,
          second,
        ),
      ]),
    };
    const ink =
      top === "screw" &&
      turned(
        [
          [r * 0.93, -h * 0.42, "corner"],
          [r * 0.93, -h * 0.06],
          [r * 0.86, -h * 0.02],
        ],
        { hex: shade(hex, 0.1), surface: "matte" },
      );
    const label =
      top === "screw" &&
      group([
        rect(-r * 0.56, -h * 0.37, r * 1.12, h * 0.24, 5, { fill: "#f7f1e2" }),
        line(
          `M${-r * 0.34} ${-h * 0.28}L${r * 0.34} ${-h * 0.28}M${-r * 0.2} ${-h * 0.21}L${r * 0.2} ${-h * 0.21}`,
          mix(hex, "#000000", 0.2),
          6,
        ),
      ]);
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.96]],
      focus: [0, -h * 0.68],
      art: group([
        ink,
        turned(profile, {
          hex: top === "screw" ? mix(hex, "#dbe8e6", 0.55) : hex,
          surface: surface === "metal" ? "matte" : surface,
        }),
        label,
        surface === "metal" &&
          line(`M${-r * 0.62} ${-h * 0.7}L${-r * 0.62} ${-h * 0.1}`, alpha("#ffffff", 0.35), r * 0.13),
        surface === "metal" && ring(profile, -h * 0.05, -h * 0.0, metalLight("#b9bdbf")),
        tops[top],
      ]),
    };
  },
};
