import { tube } from "../blocks.ts";
import { hexOf, shade, tint } from "../colour.ts";
import { linearGradient } from "../light.ts";
import type { Kind } from "../piece.ts";
import { group, path } from "../svg.ts";
import { type Profile, turned } from "../turned.ts";

export const teapot: Kind<"teapot"> = {
  heightCm: ({ height }) => height / 28,
  poses: [],
  draw({ spout, handle, surface, width: w, height: h, accent }, { hex }) {
    const r = w * 0.36;
    const second = hexOf(accent);
    const tall: Profile = [
      [r * 0.52, -h * 0.8, "corner"],
      [r * 0.86, -h * 0.42],
      [r, -h * 0.1],
      [r * 0.96, 0],
    ];
    const round: Profile = [
      [r * 0.5, -h * 0.78],
      [r * 0.92, -h * 0.62],
      [r, -h * 0.38],
      [r * 0.84, -h * 0.1],
      [r * 0.6, 0],
    ];
    const gooseneck = spout === "gooseneck";
    const profile = gooseneck ? tall : round;
    const pour = gooseneck
      ? tube(
          `M${-r * 0.9} ${-h * 0.16}C${-r * 1.5} ${-h * 0.14} ${-r * 1.2} ${-h * 0.7} ${-r * 1.5} ${-h * 0.8}C${-r * 1.56} ${-h * 0.83} ${-r * 1.66} ${-h * 0.82} ${-r * 1.72} ${-h * 0.8}`,
          22,
          hex,
        )
      : path(
          `M${-r * 0.84} ${-h * 0.34}C${-r * 1.3} ${-h * 0.38} ${-r * 1.3} ${-h * 0.62} ${-r * 1.56} ${-h * 0.74}L${-r * 1.4} ${-h * 0.78}C${-r * 1.16} ${-h * 0.72} ${-r * 1.1} ${-h * 0.62} ${-r * 0.8} ${-h * 0.6}Z`,
          {
            fill: linearGradient(
              [
                [0, tint(hex, 0.3)],
                [1, shade(hex, 0.14)],
              ],
              70,
            ),
          },
        );
    const grip =
      handle === "side"
        ? tube(
            gooseneck
              ? `M${r * 0.56} ${-h * 0.76}C${r * 1.7} ${-h * 0.92} ${r * 1.66} ${-h * 0.3} ${r * 1.2} ${-h * 0.22}`
              : `M${r * 0.8} ${-h * 0.66}C${r * 1.7} ${-h * 0.74} ${r * 1.6} ${-h * 0.08} ${r * 0.86} ${-h * 0.22}`,
            27,
            gooseneck ? second : hex,
          )
        : tube(
            `M${-r * 0.8} ${-h * 0.64}C${-r * 0.8} ${-h * 1.3} ${r * 0.8} ${-h * 1.3} ${r * 0.8} ${-h * 0.64}`,
            22,
            second,
          );
    const top = profile[0]?.[0] ?? r;
    return {
      stance: "stands",
      feet: [[0, 0, (profile.at(-1)?.[0] ?? r) * 0.98]],
      focus: [-r * 0.3, -h * 0.6],
      art: group([
        grip,
        pour,
        turned(profile, { hex, surface }),
        turned(
          [
            [top * 0.3, -h * 0.9],
            [top * 0.8, -h * 0.85],
            [top * 1.04, -h * 0.785, "corner"],
            [top * 1.04, -h * 0.765],
          ],
          { hex: tint(hex, 0.05), surface },
        ),
        turned(
          [
            [10, -h],
            [24, -h * 0.965],
            [14, -h * 0.9],
          ],
          { hex: gooseneck ? second : hex, surface: gooseneck ? "wood" : "glazed" },
        ),
      ]),
    };
  },
};
