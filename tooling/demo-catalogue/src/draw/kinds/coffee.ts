import { tube } from "../blocks.ts";
import { hexOf, tint } from "../colour.ts";
import { linearGradient, metalLight, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { circle, ellipse, group, path, rect } from "../svg.ts";
import { disc, mouth, type Profile, ring, rod, TILT, turned } from "../turned.ts";

export const dripper: Kind<"dripper"> = {
  heightCm: ({ height }) => height / 23,
  poses: [],
  draw({ server, surface, width: w, height: h, accent }, { hex }) {
    const r = w / 2;
    const base = server === "none" ? 0 : -h * 0.52;
    const coneTop = server === "none" ? -h : base - h * 0.42;
    const cone: Profile = [
      [r * 0.9, coneTop, "corner"],
      [r * 0.42, base - h * 0.06, "corner"],
      [r * 0.42, base - h * 0.04],
    ];
    const carafe =
      server === "carafe" &&
      group([
        turned(
          [
            [r * 0.8, -h * 0.2, "corner"],
            [r * 0.95, -h * 0.06],
            [r * 0.8, -8],
          ],
          { hex: "#54321f", surface: "matte" },
        ),
        ellipse(0, -h * 0.2, r * 0.82, r * 0.1, { fill: "#8a5a3a" }),
        turned(
          [
            [r * 0.42, -h * 0.52, "corner"],
            [r * 0.4, -h * 0.46],
            [r * 0.86, -h * 0.26],
            [r, -h * 0.12],
            [r * 0.84, 0],
          ],
          { hex: "#dbe8e6", surface: "glass" },
        ),
        ring(
          [
            [r * 0.42, -h * 0.5],
            [r * 0.42, -h * 0.42],
          ],
          -h * 0.5,
          -h * 0.43,
          roundLight(hexOf(accent)),
        ),
      ]);
    const mugUnder =
      server === "mug" &&
      turned(
        [
          [r * 0.7, -h * 0.48, "corner"],
          [r * 0.66, 0],
        ],
        { hex: tint(hex, 0.2), surface: "glazed" },
      );
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.8]],
      focus: [0, coneTop * 0.8],
      art: group([
        carafe,
        mugUnder,
        tube(
          `M${r * 0.72} ${coneTop + h * 0.06}C${r * 1.36} ${coneTop + h * 0.02} ${r * 1.1} ${base - h * 0.12} ${r * 0.56} ${base - h * 0.14}`,
          22,
          hex,
        ),
        path(
          `M${-r * 0.72} ${coneTop + 4}L${-r * 0.8} ${coneTop - h * 0.05}L${r * 0.8} ${coneTop - h * 0.05}L${r * 0.72} ${coneTop + 4}Z`,
          {
            fill: linearGradient([
              [0, "#fffdf6"],
              [1, "#e4dac6"],
            ]),
          },
        ),
        mouth(r * 0.9, coneTop, hex, 0.07, hex),
        ellipse(0, coneTop + 6, r * 0.7, r * 0.07, { fill: "#3f281b" }),
        turned(cone, { hex, surface }),
        disc(r * 0.72, base - h * 0.045, h * 0.03, { hex, surface: "glazed" }),
      ]),
    };
  },
};

export const frenchPress: Kind<"french-press"> = {
  heightCm: () => 24,
  poses: [],
  draw({ frame, width: w, height: h, accent }, { hex }) {
    const r = w * 0.42;
    const metal = hexOf(accent);
    const body: Profile = [
      [r, -h * 0.74, "corner"],
      [r, -h * 0.06],
      [r * 0.96, 0],
    ];
    return {
      stance: "stands",
      feet: [[0, 0, r]],
      focus: [r * 0.2, -h * 0.72],
      art: group([
        tube(`M${r} ${-h * 0.66}C${r * 1.7} ${-h * 0.7} ${r * 1.7} ${-h * 0.12} ${r} ${-h * 0.16}`, 24, "#6b4a34"),
        rod(5, -h * 0.92, h * 0.5, { hex: "#c3c7c9", surface: "metal" }),
        turned(
          [
            [r * 0.94, -h * 0.5, "corner"],
            [r * 0.94, -12],
          ],
          { hex: "#4a2c1b", surface: "matte" },
        ),
        ellipse(0, -h * 0.5, r * 0.94, r * TILT, {
          fill: linearGradient([
            [0, "#8a5a36"],
            [1, "#c79a62"],
          ]),
        }),
        turned(body, { hex, surface: "glass" }),
        ...(frame === "bands" ? [0.1, 0.62] : [0.05, 0.2, 0.35, 0.5, 0.65]).map((k) =>
          ring(body, -h * k - 16, -h * k, metalLight(metal)),
        ),
        ...[-0.72, 0.72].map((x) => rect(r * x - 7, -h * 0.66, 14, h * 0.66, 4, { fill: metalLight(metal) })),
        turned(
          [
            [r * 0.34, -h * 0.83],
            [r * 0.9, -h * 0.79],
            [r * 1.05, -h * 0.745, "corner"],
            [r * 1.05, -h * 0.72],
          ],
          { hex: metal, surface: "metal" },
        ),
        circle(0, -h * 0.95, r * 0.16, { fill: roundLight("#6b4a34") }),
      ]),
    };
  },
};
