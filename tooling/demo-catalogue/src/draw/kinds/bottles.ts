import { tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { metalLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { type Art, ellipse, group, line, rect } from "../svg.ts";
import { type Profile, ring, rod, turned } from "../turned.ts";

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
