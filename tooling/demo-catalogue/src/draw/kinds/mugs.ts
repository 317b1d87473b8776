import type { Drawing } from "../../drawing-kinds.ts";
import { tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { linearGradient, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { planOf } from "../plans.ts";
import { type Art, ellipse, group, path, rect, turn } from "../svg.ts";
import { mouth, type Profile, rod, turned } from "../turned.ts";

function bowlProfile(profile: Drawing<"bowl">["profile"], w: number, h: number): Profile {
  const r = w / 2;
  const shapes: Record<Drawing<"bowl">["profile"], Profile> = {
    round: [
      [r, -h],
      [r * 0.97, -h * 0.7],
      [r * 0.78, -h * 0.28],
      [r * 0.46, -h * 0.06, "corner"],
      [r * 0.44, 0],
    ],
    wide: [
      [r, -h],
      [r * 0.82, -h * 0.5],
      [r * 0.5, -h * 0.1, "corner"],
      [r * 0.48, 0],
    ],
    footed: [
      [r, -h],
      [r * 0.95, -h * 0.72],
      [r * 0.66, -h * 0.34],
      [r * 0.36, -h * 0.2, "corner"],
      [r * 0.44, 0],
    ],
  };
  return shapes[profile];
}

export const bowl: Kind<"bowl"> = {
  heightCm: ({ height }) => height / 28,
  poses: ["above"],
  draw(drawing, { hex, pose }) {
    const { width: w, height: h, surface } = drawing;
    if (pose === "above") return planOf(w / 2, { hex, surface, accent: hexOf(drawing.accent) }, "bowl");
    const profile = bowlProfile(drawing.profile, w, h);
    const body = turned(profile, { hex, surface, accent: hexOf(drawing.accent) });
    const inside = surface === "dipped" ? hexOf(drawing.accent) : hex;
    const pestle =
      drawing.inside === "pestle" &&
      turn(
        group([
          rod(w * 0.045, -h * 1.62, h * 0.7, { hex: hexOf(drawing.accent), surface: "matte" }),
          ellipse(0, -h * 0.95, w * 0.07, h * 0.16, { fill: roundLight(hexOf(drawing.accent)) }),
          ellipse(0, -h * 1.62, w * 0.055, h * 0.05, { fill: tint(hexOf(drawing.accent), 0.3) }),
        ]),
        24,
        0,
        -h * 0.9,
      );
    return {
      art: group([mouth(w / 2, -h, hex, 0.05, inside, 0.17), pestle, group([body])]),
      stance: "stands",
      focus: [-w * 0.1, -h * 0.96],
      feet: [[0, 0, w * 0.26]],
    };
  },
};

const penCup = (w: number, h: number): Art => {
  const pens: [number, number, string][] = [
    [-0.26, -9, "#dfa23c"],
    [-0.06, -2, "#2f5646"],
    [0.14, 5, "#d2503f"],
    [0.28, 12, "#3c4043"],
  ];
  return group(
    pens.map(([x, lean, hex], index) => {
      const top = -h * (1.42 - (index % 2) * 0.1);
      const tip = index % 2 === 0;
      return turn(
        group([
          rect(w * x - 11, top, 22, h * 0.8, 4, { fill: roundLight(hex) }),
          tip && path(`M${w * x - 11} ${top + 4}L${w * x} ${top - 34}L${w * x + 11} ${top + 4}Z`, { fill: "#e3c9a0" }),
          tip && path(`M${w * x - 4} ${top - 21}L${w * x} ${top - 34}L${w * x + 4} ${top - 21}Z`, { fill: hex }),
        ]),
        lean,
        w * x,
        -h * 0.6,
      );
    }),
  );
};

const toothbrush = (w: number, h: number, hex: string, lean: number, x: number): Art =>
  turn(
    group([
      rect(w * x - 9, -h * 1.5, 18, h, 9, { fill: roundLight(hex) }),
      rect(w * x - 12, -h * 1.62, 20, h * 0.24, 8, { fill: roundLight(hex) }),
      rect(w * x + 6, -h * 1.6, 22, h * 0.2, 4, {
        fill: linearGradient([
          [0, "#fdfbf5"],
          [1, "#d9e3e2"],
        ]),
      }),
    ]),
    lean,
    w * x,
    -h * 0.6,
  );

function mugHandle(form: Drawing<"mug">["handle"], w: number, h: number, hex: string): Art | false {
  const x = w * 0.46;
  const width = Math.max(18, w * 0.085);
  if (form === "round")
    return tube(
      `M${x} ${-h * 0.76}C${x + w * 0.42} ${-h * 0.84} ${x + w * 0.4} ${-h * 0.14} ${x - 4} ${-h * 0.2}`,
      width,
      shade(hex, 0.06),
    );
  if (form === "square")
    return tube(
      `M${x} ${-h * 0.74}L${x + w * 0.28} ${-h * 0.74}L${x + w * 0.28} ${-h * 0.28}L${x - 2} ${-h * 0.28}`,
      width,
      shade(hex, 0.06),
    );
  return false;
}

export const mug: Kind<"mug"> = {
  heightCm: ({ height }) => height / 46,
  poses: ["above"],
  draw(drawing, { hex, pose }) {
    const { width: w, height: h, surface, handle, contents } = drawing;
    const accent = hexOf(drawing.accent);
    if (pose === "above") return planOf(w / 2, { hex, surface, accent }, "coffee");
    const r = w / 2;
    const profile: Profile =
      handle === "none" && contents === "none"
        ? [
            [r * 0.94, -h],
            [r, -h * 0.6],
            [r * 0.9, -h * 0.22],
            [r * 0.62, 0],
          ]
        : surface === "glazed"
          ? [
              [r * 1.02, -h],
              [r * 0.95, -h * 0.94, "corner"],
              [r * 0.93, -h * 0.5],
              [r * 0.9, -h * 0.08],
              [r * 0.8, 0],
            ]
          : [
              [r, -h, "corner"],
              [r * 0.98, -h * 0.4],
              [r * 0.94, -h * 0.1],
              [r * 0.8, 0],
            ];
    const top = profile[0]?.[0] ?? r;
    const enamel = surface === "glazed" && handle === "round";
    const rimHex = enamel ? accent : hex;
    const inside = contents === "none" && !enamel ? "#6b452c" : tint(hex, 0.2);
    return {
      stance: "stands",
      focus: [-w * 0.22, -h * 0.55],
      feet: [[0, 0, w * 0.4]],
      art: group([
        mugHandle(handle, w, h, hex),
        mouth(top, -h, rimHex, 0.06, tint(hex, 0.1)),
        contents === "none" &&
          !enamel &&
          ellipse(0, -h + top * 0.035, top * 0.88, top * 0.085, {
            fill: linearGradient(
              [
                [0, shade(inside, 0.3)],
                [1, tint(inside, 0.14)],
              ],
              30,
            ),
          }),
        contents === "pens" && penCup(w, h),
        contents === "brush" && toothbrush(w, h, "#d7a878", -12, -0.14),
        contents === "brush" && toothbrush(w, h, "#5f8fae", 13, 0.14),
        turned(profile, { hex, surface, accent }),
        path(
          `M${-top} ${-h}C${-top} ${-h + top * 0.07} ${-top * 0.55} ${-h + top * 0.13} 0 ${-h + top * 0.13}C${top * 0.55} ${-h + top * 0.13} ${top} ${-h + top * 0.07} ${top} ${-h}`,
          { stroke: enamel ? accent : alpha(tint(rimHex, 0.7), 0.8), width: enamel ? 10 : 5, cap: "round" },
        ),
      ]),
    };
  },
};
