import type { Drawing } from "../../drawing-kinds.ts";
import { alpha, shade, tint } from "../colour.ts";
import { hollowLight, linearGradient, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { planOf } from "../plans.ts";
import { type Art, ellipse, group, line, path, rect, turn } from "../svg.ts";
import { mouth, type Profile, turned } from "../turned.ts";

export const dish: Kind<"dish"> = {
  heightCm: ({ height }) => height / 26,
  poses: ["above"],
  draw({ shape, handles, surface, ridges, width: w, height: h }, { hex, pose }) {
    if (pose === "above") return dishPlan(shape, handles, ridges, w, hex);
    const r = w / 2;
    const tilt = shape === "rectangle" ? 0 : 0.2;
    const ears =
      handles &&
      group(
        [-1, 1].map((side) =>
          path(
            `M${side * r * 0.93} ${-h * 0.94}L${side * r * 1.16} ${-h * 0.9}Q${side * r * 1.2} ${-h * 0.72} ${side * r * 1.06} ${-h * 0.68}L${side * r * 0.9} ${-h * 0.66}Z`,
            { fill: roundLight(shade(hex, 0.05)) },
          ),
        ),
      );
    if (shape === "rectangle") {
      const depth = w * 0.17;
      return {
        stance: "stands",
        feet: [[0, 0, r * 0.9]],
        art: group([
          ears,
          path(`M${-r * 0.9} ${-h - depth}L${r * 0.9} ${-h - depth}L${r} ${-h}L${-r} ${-h}Z`, {
            fill: linearGradient(
              [
                [0, tint(hex, 0.2)],
                [1, tint(hex, 0.35)],
              ],
              90,
            ),
          }),
          path(
            `M${-r * 0.85} ${-h - depth * 0.88}L${r * 0.85} ${-h - depth * 0.88}L${r * 0.93} ${-h - 8}L${-r * 0.93} ${-h - 8}Z`,
            { fill: hollowLight(hex) },
          ),
          gratin(r, -h - depth * 0.66, depth * 0.62),
          path(
            `M${-r} ${-h}L${r} ${-h}L${r * 0.94} ${-h * 0.12}Q${r * 0.92} 0 ${r * 0.84} 0L${-r * 0.84} 0Q${-r * 0.92} 0 ${-r * 0.94} ${-h * 0.12}Z`,
            { fill: roundLight(hex, 0.4) },
          ),
          line(`M${-r * 0.97} ${-h + 3}L${r * 0.97} ${-h + 3}`, alpha(tint(hex, 0.7), 0.8), 6),
          line(`M${-r * 0.86} ${-h * 0.72}L${-r * 0.84} ${-h * 0.3}`, alpha("#ffffff", 0.5), 12),
        ]),
      };
    }
    const profile: Profile = [
      [r, -h, "corner"],
      [r * 0.9, -h * 0.3],
      [r * 0.8, 0],
    ];
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.8]],
      art: group([
        ears,
        mouth(r, -h, hex, 0.05, tint(hex, 0.12), tilt),
        ridges &&
          group(
            [-0.5, -0.25, 0, 0.25, 0.5].map((k) =>
              line(`M${r * k - 26} ${-h + r * 0.1}L${r * k + 26} ${-h - r * 0.09}`, alpha(tint(hex, 0.5), 0.9), 10),
            ),
          ),
        ridges &&
          group([
            rect(-r * 0.42, -h - h * 0.5, r * 0.84, h * 0.62, 26, {
              fill: linearGradient(
                [
                  [0, "#fbf3d8"],
                  [0.5, "#f1dfae"],
                  [1, "#d5bd86"],
                ],
                70,
              ),
            }),
          ]),
        surface === "ribbed" &&
          ellipse(0, -h + 4, r * 0.84, r * 0.84 * tilt * 0.8, {
            fill: linearGradient(
              [
                [0, "#c98b3f"],
                [1, "#e8bf74"],
              ],
              30,
            ),
          }),
        surface === "ribbed" && lattice(r * 0.8, -h + 4, r * 0.8 * tilt * 0.8),
        turned(profile, { hex, surface }, tilt * 0.8),
        path(
          `M${-r} ${-h}C${-r} ${-h + r * tilt * 0.55} ${-r * 0.55} ${-h + r * tilt} 0 ${-h + r * tilt}C${r * 0.55} ${-h + r * tilt} ${r} ${-h + r * tilt * 0.55} ${r} ${-h}`,
          { stroke: alpha(tint(hex, 0.5), 0.95), width: surface === "ribbed" ? 12 : 8, cap: "round" },
        ),
      ]),
    };
  },
};

const gratin = (r: number, y: number, height: number): Art =>
  group([
    path(`M${-r * 0.86} ${y + height}L${-r * 0.82} ${y}L${r * 0.82} ${y}L${r * 0.86} ${y + height}Z`, {
      fill: linearGradient(
        [
          [0, "#d99a45"],
          [0.5, "#edc77a"],
          [1, "#c98436"],
        ],
        20,
      ),
    }),
    ...Array.from({ length: 14 }, (_, n) =>
      ellipse(-r * 0.74 + (n / 13) * r * 1.48, y + height * (0.3 + ((n * 5) % 4) * 0.14), 18, 5, {
        fill: alpha("#8a4c1c", 0.45),
      }),
    ),
  ]);

const lattice = (r: number, y: number, ry: number): Art =>
  group(
    [-0.6, -0.2, 0.2, 0.6].flatMap((k) => [
      line(
        `M${r * k - 70} ${y - ry * 0.7 * (1 - Math.abs(k) * 0.5)}L${r * k + 70} ${y + ry * 0.8 * (1 - Math.abs(k) * 0.5)}`,
        "#f0d094",
        13,
      ),
      line(
        `M${r * k + 70} ${y - ry * 0.7 * (1 - Math.abs(k) * 0.5)}L${r * k - 70} ${y + ry * 0.8 * (1 - Math.abs(k) * 0.5)}`,
        "#e2b96e",
        13,
      ),
    ]),
  );

function dishPlan(
  shape: Drawing<"dish">["shape"],
  handles: boolean,
  ridges: boolean,
  w: number,
  hex: string,
): ReturnType<Kind<"dish">["draw"]> {
  if (shape === "round") return planOf(w / 2, { hex, surface: "matte" }, "stew");
  const h = w * (shape === "oval" ? 0.68 : 0.6);
  const radius = shape === "oval" ? h / 2 : 46;
  const well = linearGradient(
    [
      [0, shade(hex, 0.36)],
      [0.4, shade(hex, 0.12)],
      [1, tint(hex, 0.25)],
    ],
    50,
  );
  return {
    stance: "lies",
    art: turn(
      group([
        handles &&
          group(
            [-1, 1].map((side) => rect(side * w * 0.54 - 46, -h * 0.2, 92, h * 0.4, 34, { fill: roundLight(hex) })),
          ),
        rect(-w / 2, -h / 2, w, h, radius, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.45)],
              [1, shade(hex, 0.14)],
            ],
            50,
          ),
        }),
        rect(-w / 2 + 24, -h / 2 + 24, w - 48, h - 48, radius - 16, { fill: well }),
        !ridges &&
          rect(-w / 2 + 46, -h / 2 + 46, w - 92, h - 92, radius - 24, {
            fill: linearGradient(
              [
                [0, "#e6b765"],
                [0.5, "#f2d490"],
                [1, "#c98a3c"],
              ],
              40,
            ),
          }),
        !ridges &&
          group(
            Array.from({ length: 22 }, (_, n) =>
              ellipse((((n * 83) % 100) - 50) * w * 0.0078, (((n * 47) % 100) - 50) * h * 0.0068, 22, 13, {
                fill: alpha(n % 3 ? "#a55f22" : "#7f9a3e", 0.5),
              }),
            ),
          ),
        ridges &&
          group(
            [-0.3, -0.15, 0, 0.15, 0.3].map((k) =>
              group([
                rect(w * k - 11, -h * 0.3, 22, h * 0.6, 11, { fill: tint(hex, 0.3) }),
                line(`M${w * k + 12} ${-h * 0.28}L${w * k + 12} ${h * 0.28}`, alpha(shade(hex, 0.5), 0.3), 5),
              ]),
            ),
          ),
      ]),
      -16,
    ),
  };
}
