import { tube } from "../blocks.ts";
import { cloth, crease, stitches } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { linearGradient } from "../light.ts";
import type { Kind } from "../piece.ts";
import { circle, ellipse, group, line, mirror, path, rect, turn } from "../svg.ts";

export const beanie: Kind<"beanie"> = {
  heightCm: () => 22,
  poses: [],
  draw({ weave, cuff, pompom, width: w, height: h, accent }, { hex }) {
    const r = w / 2;
    const ball = pompom ? w * 0.17 : 0;
    const top = -h + ball * 1.6;
    const crown = `M${-r * 0.96} -${h * 0.2}C${-r * 1.02} ${top * 0.8} ${-r * 0.5} ${top} 0 ${top}C${r * 0.5} ${top} ${r * 1.02} ${top * 0.8} ${r * 0.96} -${h * 0.2}Z`;
    const ribs = [-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75].map((k) =>
      line(
        `M${r * k} ${-h * 0.2}C${r * k * 1.06} ${top * 0.66} ${r * k * 0.6} ${top * 0.94} ${r * k * 0.12} ${top + 8}`,
        alpha(shade(hex, 0.55), 0.3),
        7,
      ),
    );
    const tufts = Array.from({ length: 44 }, (_, n) =>
      turn(
        line(
          `M0 ${-h + ball}L0 ${-h + ball * (0.02 + (n % 4) * 0.05)}`,
          n % 2 ? hexOf(accent) : shade(hexOf(accent), 0.14),
          7,
        ),
        n * 8.2,
        0,
        -h + ball,
      ),
    );
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.92]],
      focus: [-r * 0.2, -h * 0.4],
      art: group([
        cloth(
          crown,
          { hex, weave, accent: hexOf(accent), scale: weave === "cable" ? 1.1 : 1 },
          weave === "rib" ? ribs : [],
        ),
        cuff &&
          cloth(
            `M${-r} ${-h * 0.3}Q0 ${-h * 0.37} ${r} ${-h * 0.3}L${r * 0.99} -12Q${r * 0.98} 0 ${r * 0.9} 0Q0 26 ${-r * 0.9} 0Q${-r * 0.98} 0 ${-r * 0.99} -12Z`,
            { hex: shade(hex, 0.03), weave: "rib", accent: hexOf(accent), scale: 1.1 },
          ),
        cuff &&
          line(`M${-r * 0.98} ${-h * 0.295}Q0 ${-h * 0.365} ${r * 0.98} ${-h * 0.295}`, alpha(tint(hex, 0.6), 0.5), 5),
        cuff && rect(r * 0.42, -h * 0.21, 56, 40, 4, { fill: hexOf(accent) === "#f1ece2" ? "#94532f" : hexOf(accent) }),
        pompom && circle(0, -h + ball, ball * 0.9, { fill: shade(hexOf(accent), 0.1) }),
        ...(pompom ? tufts : []),
      ]),
    };
  },
};

export const cap: Kind<"cap"> = {
  heightCm: () => 14,
  poses: ["angle"],
  draw({ form, width: w, height: h, accent }, { hex, pose }) {
    const r = w / 2;
    const fabric = { hex, weave: "plain" as const, accent: hexOf(accent), scale: 0.8 };
    const angle = pose === "angle";
    if (form === "bucket") {
      const art = group([
        cloth(
          `M${-r * 0.56} ${-h * 0.36}L${-r * 0.46} ${-h * 0.92}Q0 ${-h * 1.08} ${r * 0.46} ${-h * 0.92}L${r * 0.56} ${-h * 0.36}Z`,
          fabric,
          [
            crease(
              [
                [-r * 0.3, -h * 0.9],
                [-r * 0.34, -h * 0.5],
              ],
              hex,
              12,
            ),
          ],
        ),
        ellipse(0, -h * 0.93, r * 0.45, h * 0.075, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.24)],
              [1, hex],
            ],
            30,
          ),
          stroke: alpha(shade(hex, 0.5), 0.3),
          width: 3,
        }),
        cloth(
          `M${-r * 0.58} ${-h * 0.4}Q0 ${-h * 0.26} ${r * 0.58} ${-h * 0.4}L${r} ${-h * 0.06}Q${r * 0.5} ${h * 0.1} 0 ${h * 0.1}Q${-r * 0.5} ${h * 0.1} ${-r} ${-h * 0.06}Z`,
          { ...fabric, hex: shade(hex, 0.04) },
        ),
        ...[0.25, 0.5, 0.75].map((k) =>
          line(
            `M${-r * (0.58 + 0.42 * k)} ${-h * (0.4 - 0.34 * k)}Q0 ${-h * (0.26 - 0.38 * k)} ${r * (0.58 + 0.42 * k)} ${-h * (0.4 - 0.34 * k)}`,
            alpha(shade(hex, 0.5), 0.35),
            3,
            { dash: "9 6" },
          ),
        ),
        rect(-34, -h * 0.54, 68, 40, 5, { fill: hexOf(accent) }),
        ...[-0.4, 0.4].map((k) => circle(r * k, -h * 0.62, 8, { fill: shade(hex, 0.4) })),
      ]);
      return {
        art: angle
          ? turn(
              mirror(
                group([
                  art,
                  tube(
                    `M${-r * 0.5} ${-h * 0.2}C${-r * 0.4} ${h * 0.5} ${r * 0.4} ${h * 0.5} ${r * 0.5} ${-h * 0.2}`,
                    9,
                    "#8a5a3a",
                  ),
                ]),
              ),
              -10,
            )
          : art,
        stance: "stands",
        feet: [[0, h * 0.06, r * 0.9]],
      };
    }
    if (angle) {
      const back = group([
        cloth(
          `M${-r * 0.62} 0C${-r * 0.7} ${-h * 0.8} ${-r * 0.3} ${-h} 0 ${-h}C${r * 0.3} ${-h} ${r * 0.7} ${-h * 0.8} ${r * 0.62} 0Z`,
          fabric,
        ),
        path(`M${-r * 0.3} 0C${-r * 0.3} ${-h * 0.42} ${r * 0.3} ${-h * 0.42} ${r * 0.3} 0Z`, {
          fill: shade(hex, 0.6),
        }),
        rect(-r * 0.36, -34, r * 0.72, 34, 6, { fill: shade(hex, 0.1) }),
        rect(r * 0.02, -38, 44, 42, 5, { stroke: hexOf(accent), width: 8 }),
        ...[-0.3, 0.3].map((k) =>
          line(
            `M${r * k * 1.9} -20C${r * k * 2} ${-h * 0.6} ${r * k} ${-h * 0.9} 0 ${-h + 6}`,
            alpha(shade(hex, 0.5), 0.4),
            3,
          ),
        ),
        ellipse(0, -h, 22, 11, { fill: shade(hex, 0.14) }),
      ]);
      return { art: back, stance: "stands", feet: [[0, 0, r * 0.6]] };
    }
    const art = group([
      cloth(
        `M${-r * 0.5} -${h * 0.14}C${-r * 0.62} ${-h * 0.86} ${-r * 0.1} ${-h} ${r * 0.14} ${-h}C${r * 0.5} ${-h} ${r * 0.86} ${-h * 0.76} ${r * 0.82} -${h * 0.08}Q${r * 0.2} ${h * 0.06} ${-r * 0.5} -${h * 0.14}Z`,
        fabric,
        [
          line(
            `M${r * 0.14} ${-h + 4}C${-r * 0.04} ${-h * 0.7} ${-r * 0.1} ${-h * 0.4} ${-r * 0.1} 0`,
            alpha(shade(hex, 0.5), 0.4),
            4,
          ),
          line(
            `M${r * 0.16} ${-h + 4}C${r * 0.44} ${-h * 0.7} ${r * 0.5} ${-h * 0.4} ${r * 0.48} 0`,
            alpha(shade(hex, 0.5), 0.4),
            4,
          ),
        ],
      ),
      ellipse(r * 0.14, -h, 24, 11, { fill: shade(hex, 0.16) }),
      circle(-r * 0.22, -h * 0.66, 8, { fill: shade(hex, 0.4) }),
      circle(r * 0.56, -h * 0.66, 8, { fill: shade(hex, 0.4) }),
      cloth(
        `M${-r * 0.52} -${h * 0.2}C${-r * 0.9} -${h * 0.2} ${-r * 1.04} ${h * 0.02} ${-r} ${h * 0.08}C${-r * 0.7} -${h * 0.04} ${-r * 0.1} -${h * 0.02} ${r * 0.36} ${h * 0.0}C${r * 0.1} -${h * 0.12} ${-r * 0.3} -${h * 0.2} ${-r * 0.52} -${h * 0.2}Z`,
        { ...fabric, hex: shade(hex, 0.1) },
      ),
      stitches(`M${-r * 0.9} 0C${-r * 0.7} -${h * 0.1} ${-r * 0.2} -${h * 0.08} ${r * 0.1} -${h * 0.05}`, hex, 2.4),
    ]);
    return { art, stance: "stands", feet: [[0, h * 0.05, r * 0.86]] };
  },
};
