import { tube } from "../blocks.ts";
import { alpha, hexOf, mix } from "../colour.ts";
import { metalLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { group, line, move } from "../svg.ts";
import { type Profile, ring, rod, turned } from "../turned.ts";

export const mill: Kind<"mill"> = {
  heightCm: ({ height }) => height / 29,
  poses: [],
  draw({ crank, profile, width: w, height: h, accent }, { hex }) {
    const r = w / 2;
    const second = hexOf(accent);
    const wood = hex === hexOf("ash") || hex === hexOf("beech") || hex === hexOf("oak") || hex === hexOf("walnut");
    const skin = { hex, surface: wood ? ("wood" as const) : ("matte" as const) };
    const waisted: Profile = [
      [r * 0.62, -h * 0.7],
      [r * 0.5, -h * 0.58],
      [r * 0.56, -h * 0.44],
      [r * 0.9, -h * 0.16],
      [r, -h * 0.06],
      [r, 0],
    ];
    const straight: Profile = [
      [r, -h * 0.72, "corner"],
      [r, -h * 0.04],
      [r * 0.94, 0],
    ];
    const knob = turned(
      [
        [20, -h * 1.05],
        [27, -h * 0.98],
        [17, -h * 0.9],
      ],
      { hex: second, surface: "wood" },
    );
    const handle = group([
      rod(6, -h * 0.86, h * 0.12, { hex: "#c3c7c9", surface: "metal" }),
      tube(`M0 ${-h * 0.86}L${w * 0.86} ${-h * 0.9}`, 14, "#b8bcbe"),
      move(knob, w * 0.86, 0),
    ]);
    return {
      stance: "stands",
      feet: [[0, 0, r]],
      focus: [0, -h * 0.68],
      art: group([
        turned(profile === "waisted" ? waisted : straight, skin),
        ring(
          [
            [r * 1.01, -h],
            [r * 1.01, 0],
          ],
          -h * 0.05,
          -h * 0.02,
          metalLight(crank ? "#c3c7c9" : second),
        ),
        crank &&
          turned(
            [
              [r * 0.5, -h * 0.8],
              [r * 0.94, -h * 0.75, "corner"],
              [r, -h * 0.72, "corner"],
              [r, -h * 0.66],
            ],
            { hex: "#c3c7c9", surface: "metal" },
          ),
        crank && handle,
        !crank &&
          turned(
            [
              [r * 0.3, -h * 0.96],
              [r * 0.68, -h * 0.88],
              [r * 0.7, -h * 0.78],
              [r * 0.5, -h * 0.71],
            ],
            skin,
          ),
        !crank &&
          turned(
            [
              [12, -h],
              [22, -h * 0.975],
              [10, -h * 0.95],
            ],
            { hex: second, surface: "metal" },
          ),
        crank && line(`M${-r * 0.6} ${-h * 0.6}L${-r * 0.6} ${-h * 0.12}`, alpha("#ffffff", 0.28), 12),
        profile === "straight" &&
          ring(
            [
              [r * 1.005, -h],
              [r * 1.005, 0],
            ],
            -h * 0.34,
            -h * 0.32,
            mix(hex, "#000000", 0.3),
          ),
      ]),
    };
  },
};
