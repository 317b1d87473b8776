import type { Drawing } from "../../drawing-kinds.ts";
import { tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { hollowLight, linearGradient, metalLight, metalPlane, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { planOf } from "../plans.ts";
import { type Art, circle, ellipse, group, line, mirror, move, path, rect, turn } from "../svg.ts";
import { grainTexture } from "../textures.ts";
import { disc, mouth, type Profile, ring, rod, TILT, turned } from "../turned.ts";

const WOODS = ["oak", "ash", "beech", "walnut", "cocoa", "cork", "chestnut"];

/** A long handle to the right from (x, y), rising a little. */
function longHandle(x: number, y: number, length: number, thick: number, hex: string, wood: boolean, slope = -9): Art {
  const grip = rect(x + length * 0.26, y - thick / 2, length * 0.74, thick, thick / 2, {
    fill: linearGradient(
      [
        [0, tint(hex, 0.35)],
        [0.4, hex],
        [1, shade(hex, 0.3)],
      ],
      90,
    ),
  });
  return turn(
    group([
      rect(x - 14, y - thick * 0.3, length * 0.36, thick * 0.6, 5, { fill: metalPlane("#b4b7b8", 90) }),
      grip,
      wood &&
        rect(x + length * 0.26, y - thick / 2, length * 0.74, thick, thick / 2, { fill: grainTexture(hex, "handle") }),
      ellipse(x + length * 0.93, y, thick * 0.16, thick * 0.16, { fill: shade(hex, 0.6) }),
    ]),
    slope,
    x,
    y,
  );
}

export const pan: Kind<"pan"> = {
  heightCm: ({ height }) => height / 19,
  poses: ["above"],
  draw({ wall, handle, width: w, height: h, accent }, { hex, pose }) {
    const r = w / 2;
    const grip = hexOf(accent);
    const wood = WOODS.includes(accent);
    const length = handle === "short" ? w * 0.36 : w * 0.74;
    const thick = handle === "short" ? w * 0.085 : w * 0.066;
    if (pose === "above") {
      const plan = planOf(
        r,
        { hex, surface: "matte" },
        "pan",
        handle === "loops" ? [loopsPlan(r, hex)] : [longHandle(r - 6, 0, length, thick * 1.15, grip, wood, 0)],
      );
      return { ...plan, art: turn(plan.art, 38) };
    }
    const profiles: Record<typeof wall, Profile> = {
      straight: [
        [r, -h, "corner"],
        [r * 0.98, -h * 0.1],
        [r * 0.92, 0],
      ],
      sloped: [
        [r, -h, "corner"],
        [r * 0.86, -h * 0.2],
        [r * 0.76, 0],
      ],
      round: [
        [r, -h, "corner"],
        [r * 0.84, -h * 0.44],
        [r * 0.52, -h * 0.08],
        [r * 0.34, 0],
      ],
    };
    return {
      stance: "stands",
      feet: [[0, 0, (profiles[wall].at(-1)?.[0] ?? r) * 0.98]],
      focus: [r * 0.7, -h],
      art: group([
        handle !== "loops" && longHandle(r * 0.94, -h * 0.78, length, thick, grip, wood),
        handle === "loops" && group([sideLoop(r, -h * 0.7, hex), mirror(sideLoop(r, -h * 0.7, hex))]),
        mouth(r, -h, tint(hex, 0.12), 0.03, hex),
        turned(profiles[wall], { hex, surface: "matte" }),
        line(
          `M${-r * 0.95} ${-h * 0.86}C${-r * 0.9} ${-h * 0.5} ${-r * 0.84} ${-h * 0.3} ${-r * 0.78} ${-h * 0.16}`,
          alpha("#ffffff", 0.22),
          9,
        ),
      ]),
    };
  },
};

const sideLoop = (r: number, y: number, hex: string): Art =>
  tube(`M${r * 0.96} ${y - 14}C${r * 1.22} ${y - 20} ${r * 1.22} ${y + 34} ${r * 0.95} ${y + 26}`, 20, hex);

const loopsPlan = (r: number, hex: string): Art => {
  const loop = tube(
    `M${r * 0.96} ${-r * 0.22}C${r * 1.26} ${-r * 0.24} ${r * 1.26} ${r * 0.24} ${r * 0.96} ${r * 0.22}`,
    24,
    hex,
  );
  return group([loop, turn(loop, 180)]);
};

export const pot: Kind<"pot"> = {
  heightCm: ({ height }) => height / 22,
  poses: ["above"],
  draw({ handles, lid, surface, width: w, height: h, accent }, { hex, pose }) {
    const r = w / 2;
    const second = hexOf(accent);
    const handleHex = surface === "metal" ? hex : shade(hex, 0.05);
    if (pose === "above") {
      const extra =
        handles === "long" ? longHandle(r - 8, 0, w * 0.56, w * 0.08, hex, false, 0) : loopsPlan(r, handleHex);
      const plan = planOf(
        r,
        { hex: surface === "metal" ? "#c3c7c9" : hex, surface },
        surface === "metal" ? "water" : "stew",
        [extra],
      );
      return { ...plan, art: turn(plan.art, handles === "long" ? 40 : 18) };
    }
    const body: Profile = [
      [r, -h * 0.82, "corner"],
      [r, -h * 0.3],
      [r * 0.96, -h * 0.08],
      [r * 0.84, 0],
    ];
    const bodyTop = lid ? -h * 0.76 : -h;
    const profile: Profile = body.map(([pr, y, c]): Profile[number] => [pr, y === -h * 0.82 ? bodyTop : y, c]);
    const cover =
      lid &&
      group([
        turned(
          [
            [r * 0.12, -h * 0.94],
            [r * 0.7, -h * 0.88],
            [r * 0.98, -h * 0.79, "corner"],
            [r * 1.01, -h * 0.755],
          ],
          { hex, surface: surface === "banded" ? "glazed" : surface },
        ),
        turned(
          [
            [r * 0.13, -h, "corner"],
            [r * 0.13, -h * 0.96],
            [r * 0.06, -h * 0.92],
          ],
          { hex: second, surface: "metal" },
        ),
        ellipse(0, -h, r * 0.13, r * 0.03, { fill: tint(second, 0.45) }),
      ]);
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.86]],
      focus: [-r * 0.4, -h * 0.7],
      art: group([
        handles === "loops" && group([sideLoop(r, -h * 0.6, handleHex), mirror(sideLoop(r, -h * 0.6, handleHex))]),
        handles === "long" && longHandle(r * 0.96, -h * 0.8, w * 0.68, w * 0.075, hex, false),
        handles === "bail" &&
          tube(`M${-r} ${bodyTop + 30}C${-r} ${-h * 1.7} ${r} ${-h * 1.7} ${r} ${bodyTop + 30}`, 12, second),
        !lid && mouth(r, -h, hex, 0.04, hex),
        turned(profile, { hex, surface, accent: second }),
        cover,
      ]),
    };
  },
};

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
