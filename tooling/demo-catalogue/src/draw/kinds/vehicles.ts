import { panel } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { ballLight, linearGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, group, line, mirror, move, path, rect, text } from "../svg.ts";
import { grainTexture } from "../textures.ts";

const wheel = (x: number, y: number, r: number, hex: string): Art =>
  group([
    circle(x + 4, y, r, { fill: shade(hex, 0.4) }),
    circle(x, y, r, {
      fill: linearGradient(
        [
          [0, tint(hex, 0.3)],
          [1, shade(hex, 0.14)],
        ],
        50,
      ),
    }),
    circle(x, y, r, { fill: grainTexture(hex, "wheel", 30) }),
    circle(x, y, r * 0.3, { fill: "#f4ead2" }),
    circle(x, y, r * 0.12, { fill: "#8a6a44" }),
  ]);

export const toyVehicle: Kind<"toy-vehicle"> = {
  heightCm: ({ form }) => (form === "train" ? 9 : 11),
  poses: ["angle"],
  draw({ form, wagons, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    const r = h * 0.17;
    if (form !== "train") {
      const seen = car(w, h, hex, second, form === "lorry");
      return pose === "angle" ? fromTheOtherSide(seen, w, h, form === "lorry") : seen;
    }
    const unit = w / (wagons + 1.25);
    const floor = -r * 1.1;
    const engine = group([
      panel(-unit * 0.6, floor - h * 0.12, unit * 1.2, h * 0.14, 8, "#d7a878", "wood"),
      rect(-unit * 0.56, floor - h * 0.48, unit * 0.72, h * 0.38, 22, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.4)],
            [0.4, hex],
            [1, shade(hex, 0.3)],
          ],
          90,
        ),
      }),
      ...[-0.3, -0.06].map((k) => rect(unit * k, floor - h * 0.48, 13, h * 0.38, 2, { fill: second })),
      panel(unit * 0.1, floor - h * 0.72, unit * 0.46, h * 0.62, 8, hex, "wood"),
      rect(unit * 0.19, floor - h * 0.62, unit * 0.28, h * 0.22, 10, { fill: "#f7ecd0" }),
      panel(unit * 0.03, floor - h * 0.8, unit * 0.6, h * 0.1, 10, second, "wood"),
      path(
        `M${-unit * 0.46} ${floor - h * 0.46}L${-unit * 0.42} ${floor - h * 0.66}L${-unit * 0.5} ${floor - h * 0.78}L${-unit * 0.2} ${floor - h * 0.78}L${-unit * 0.28} ${floor - h * 0.66}L${-unit * 0.24} ${floor - h * 0.46}Z`,
        { fill: roundLight(second) },
      ),
      wheel(-unit * 0.36, -r * 0.9, r * 0.9, "#c98d5a"),
      wheel(unit * 0.34, -r * 1.05, r * 1.05, "#c98d5a"),
      wheel(-unit * 0.02, -r * 0.8, r * 0.8, "#c98d5a"),
    ]);
    const wagon = (n: number) =>
      group([
        rect(-unit * 0.62, floor - h * 0.06, 40, 12, 4, { fill: "#5a4632" }),
        panel(-unit * 0.44, floor - h * 0.12, unit * 0.88, h * 0.13, 8, "#d7a878", "wood"),
        n === 0
          ? group(
              [-0.24, 0, 0.24].map((k) =>
                circle(unit * k, floor - h * 0.26, unit * 0.14, {
                  fill: ballLight(["#c8704a", second, "#5f8fae"][Math.round(k * 4 + 1)] ?? second),
                }),
              ),
            )
          : group([
              rect(-unit * 0.34, floor - h * 0.4, unit * 0.3, h * 0.3, 6, { fill: roundLight("#5f8fae") }),
              rect(0, floor - h * 0.34, unit * 0.3, h * 0.24, 6, { fill: roundLight("#c8704a") }),
              path(
                `M${-unit * 0.36} ${floor - h * 0.39}L${-unit * 0.19} ${floor - h * 0.54}L${-unit * 0.02} ${floor - h * 0.39}Z`,
                { fill: second },
              ),
            ]),
        panel(-unit * 0.44, floor - h * 0.22, unit * 0.88, h * 0.12, 8, n ? second : hex, "wood"),
        wheel(-unit * 0.26, -r * 0.8, r * 0.8, "#c98d5a"),
        wheel(unit * 0.26, -r * 0.8, r * 0.8, "#c98d5a"),
      ]);
    const row = group([
      move(engine, -w / 2 + unit * 0.62, 0),
      ...Array.from({ length: wagons }, (_, n) => move(wagon(n), -w / 2 + unit * (1.76 + n * 1.02), 0)),
    ]);
    if (pose !== "angle") return { art: row, stance: "stands", feet: [[0, 0, w * 0.5]] };
    const track = group([
      line(`M${-w * 0.62} 30L${w * 0.62} 30`, "#b98a58", 22),
      line(`M${-w * 0.62} -8L${w * 0.62} -8`, "#c99d67", 16),
      ...Array.from({ length: 11 }, (_, n) =>
        line(`M${-w * 0.58 + n * w * 0.116} -10L${-w * 0.58 + n * w * 0.116 + 14} 34`, "#d7b07c", 20),
      ),
    ]);
    return {
      art: group([
        track,
        mirror(row),
        line(
          `M${w * 0.3} ${-h * 0.9}C${w * 0.38} ${-h * 1.1} ${w * 0.28} ${-h * 1.2} ${w * 0.4} ${-h * 1.3}`,
          alpha("#ffffff", 0.7),
          30,
        ),
      ]),
      stance: "stands",
      feet: [[0, 30, w * 0.62]],
    };
  },
};

/** A car or lorry driving the other way; the lorry has loaded up. */
function fromTheOtherSide(seen: Piece, w: number, h: number, loaded: boolean): Piece {
  const load = [
    ["#5f8fae", 0.1, 0.5],
    ["#c8704a", -0.08, 0.5],
    ["#dfa23c", -0.26, 0.5],
    ["#a9b797", 0.01, 0.86],
    ["#e8bfb0", -0.17, 0.86],
  ] as const;
  const cargo = load.map(([tone, x, y]) =>
    panel(-w * (x + 0.17), -h * (y + 0.36), w * 0.17, h * 0.36, 8, tone, "wood"),
  );
  return { ...seen, art: group([loaded && group(cargo), mirror(seen.art)]) };
}

function car(w: number, h: number, hex: string, second: string, lorry: boolean): Piece {
  const r = h * 0.24;
  const body = lorry
    ? `M${-w / 2} ${-r}L${-w / 2} ${-h}L${-w * 0.2} ${-h}L${-w * 0.16} ${-h * 0.5}L${w / 2} ${-h * 0.5}L${w / 2} ${-r}Z`
    : `M${-w / 2} ${-r}C${-w * 0.52} ${-h * 0.56} ${-w * 0.44} ${-h * 0.6} ${-w * 0.3} ${-h * 0.62}C${-w * 0.2} ${-h * 1.04} ${w * 0.2} ${-h * 1.06} ${w * 0.28} ${-h * 0.64}C${w * 0.46} ${-h * 0.62} ${w * 0.52} ${-h * 0.5} ${w / 2} ${-r}Z`;
  const windows = lorry
    ? rect(-w * 0.42, -h * 0.88, w * 0.16, h * 0.28, 10, { fill: "#f7ecd0" })
    : group([
        path(
          `M${-w * 0.22} ${-h * 0.63}C${-w * 0.16} ${-h * 0.88} ${-w * 0.08} ${-h * 0.9} ${-w * 0.02} ${-h * 0.9}L${-w * 0.02} ${-h * 0.63}Z`,
          { fill: "#e9f0ee" },
        ),
        path(
          `M${w * 0.03} ${-h * 0.9}C${w * 0.12} ${-h * 0.9} ${w * 0.18} ${-h * 0.84} ${w * 0.21} ${-h * 0.63}L${w * 0.03} ${-h * 0.63}Z`,
          { fill: "#d5e0de" },
        ),
      ]);
  return {
    stance: "stands",
    feet: [[0, 0, w * 0.46]],
    focus: [-w * 0.3, -h * 0.3],
    art: group([
      path(body, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.4)],
            [0.4, hex],
            [1, shade(hex, 0.28)],
          ],
          70,
        ),
      }),
      windows,
      path(`M${-w * 0.5} ${-h * 0.42}L${w * 0.5} ${-h * 0.42}L${w * 0.5} ${-h * 0.34}L${-w * 0.5} ${-h * 0.34}Z`, {
        fill: second,
      }),
      !lorry &&
        line(
          `M${-w * 0.28} ${-h * 0.68}C${-w * 0.18} ${-h * 0.98} ${w * 0.08} ${-h} ${w * 0.16} ${-h * 0.9}`,
          alpha("#ffffff", 0.5),
          8,
        ),
      circle(-w * 0.47, -h * 0.5, 15, { fill: "#f7e2a2" }),
      circle(w * 0.02, -h * 0.42, h * 0.13, { fill: "#f7ecd0" }),
      text(w * 0.02, -h * 0.36, h * 0.17, "7", shade(hex, 0.2)),
      wheel(-w * 0.28, -r, r, "#c98d5a"),
      wheel(w * 0.28, -r, r, "#c98d5a"),
    ]),
  };
}
